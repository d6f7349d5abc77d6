// 去向平衡表 on paper: the whole county on one A4 landscape page, no row and no column lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startProgram } from './harness.mjs';

let program, browser;
before(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** The pages of a PDF that chromium made, and the width and height of the first in millimetres. */
function measured(pdf) {
  const text = pdf.toString('latin1');
  const box = text.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/);
  const mm = points => Math.round(Number(points) / 72 * 25.4);
  return { pages: text.match(/\/Type\s*\/Page\b(?!s)/g).length, width: mm(box[1]), height: mm(box[2]) };
}

for (const [role, word] of [['县级经办', '全县合计'], ['乡镇经办', '全乡镇合计']]) {
  test(`the balance table of ${role} prints on one landscape page with every row`, async () => {
    const visitor = await browser.open(program);
    const { page } = visitor;
    await visitor.signIn(role);
    await page.goto('/balance');
    await visitor.look(`balance-${role}`);
    const rows = await page.locator('.balance tbody tr').count();
    assert.ok(word === '全县合计' ? rows >= 25 : rows > 1, `${rows} rows`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.deepEqual(measured(pdf), { pages: 1, width: 297, height: 210 });
    // What is laid out for paper is as wide as the paper between its margins, and its last line stands above its end.
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.floor((297 - 24) / 25.4 * 96), height: Math.floor((210 - 20) / 25.4 * 96) });
    const table = await page.locator('.balance').evaluate(table => ({
      over: table.scrollWidth - table.parentElement.clientWidth,
      shown: [...table.querySelectorAll('tr')].every(row => row.getBoundingClientRect().height > 0),
      last: table.querySelector('tfoot th').textContent,
      end: document.querySelector('.only-print').getBoundingClientRect().bottom + scrollY,
    }));
    assert.ok(table.over <= 0 && table.shown, JSON.stringify(table));
    assert.equal(table.last, word);
    assert.ok(table.end <= (210 - 20) / 25.4 * 96, `ends at ${table.end} pixels`);
    await page.emulateMedia({ media: null });
    await visitor.done();
  });
}
