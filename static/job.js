// 办理进度：每秒问一次，办完就打开结果；网络断了接着问。
const card = document.querySelector('[data-job]');
const bar = card.querySelector('progress');
const says = card.querySelector('[data-says]');

const ask = async () => {
  try {
    const answer = await fetch(card.dataset.job, { credentials: 'same-origin', redirect: 'error' });
    if (answer.ok) {
      const told = await answer.json();
      if (told.ended) {
        location.replace(told.location || location.href);
        return;
      }
      if (says.textContent !== told.says) says.textContent = told.says;
      if (told.total > 0) {
        bar.max = told.total;
        bar.value = told.done;
      }
    }
  } catch (error) {
    // 下一秒再问。
  }
  setTimeout(ask, 1000);
};
setTimeout(ask, 1000);
