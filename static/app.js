// Small comforts; every page works without them.

// The error summary takes the focus, as a person who reads with the ears expects.
const summary = document.querySelector('[data-focus]');
if (summary) summary.focus();

document.addEventListener('click', event => {
  const button = event.target.closest ? event.target.closest('[data-print]') : null;
  if (button) window.print();
});

// A form is sent once; a second press while it is on its way does nothing.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === 'post') {
    form.dataset.sent = 'yes';
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  }
});

// What scrolls sideways can be reached by keyboard while it does.
const reachable = () => {
  for (const box of document.querySelectorAll('.scroll')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
};
reachable();
addEventListener('resize', reachable);

// The pictures chosen are hidden behind their button: it says how many there are.
document.addEventListener('change', event => {
  const { id, files } = event.target;
  const words = files ? document.querySelector(`.shot[for="${id}"] small`) : null;
  if (words) words.textContent = files.length ? `已选 ${files.length} 张，点结果时一起保存` : '看得出学生本人';
});

// A button that takes a while says so beside itself.
document.addEventListener('submit', event => {
  const button = event.target.querySelector('[data-wait]');
  const says = event.target.querySelector('[role=status]');
  if (!button || !says) return;
  const before = says.textContent;
  const picked = event.target.querySelectorAll('input[type=checkbox]:checked').length;
  says.textContent = (picked ? `${picked} 份：` : '') + button.dataset.wait;
  setTimeout(() => { says.textContent = before; }, 8000);
});
