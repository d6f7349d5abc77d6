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

// The keys of lists and of one check, as the line of help on the page says; never while somebody types. A key leads to
// a button or a row, and only Enter presses it.
const aim = selector => {
  const found = document.querySelector(selector);
  if (!found) return;
  const field = found.tagName === 'FORM' ? found.querySelector('input:not([type=hidden]),select,textarea') : found;
  if (field) field.focus();
};
const walk = (rows, step) => {
  const here = rows.findIndex(row => row.contains(document.activeElement));
  const at = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1);
  const link = rows[at] ? rows[at].querySelector('th a') : null;
  if (link) link.focus();
};
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest('input:not([type=checkbox]):not([type=radio]),select,textarea')) return;
  const rows = Array.from(document.querySelectorAll('[data-rows] tbody tr'));
  const radio = event.target.type === 'radio';
  const down = event.key === 'j' || (event.key === 'ArrowDown' && !radio);
  const up = event.key === 'k' || (event.key === 'ArrowUp' && !radio);
  if (rows.length > 0 && (down || up)) {
    walk(rows, down ? 1 : -1);
    event.preventDefault();
  } else if (event.key === ' ' && event.target.tagName === 'A') {
    const row = rows.find(one => one.contains(event.target));
    const box = row ? row.querySelector('input[type=checkbox]') : null;
    if (box) { box.click(); event.preventDefault(); }
  } else if (event.key === 'u') {
    const back = document.querySelector('a[data-key="u"]');
    if (back) back.click();
  } else if (/^[1-9]$/.test(event.key) && document.querySelector('[data-key="' + event.key + '"]')) {
    aim('[data-key="' + event.key + '"]');
    event.preventDefault();
  }
});
