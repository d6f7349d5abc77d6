// Every link on every kind of page, as everybody: nothing leads into a wall, nothing is too wide for a telephone, all words are Chinese.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { notSideways, startBrowser, startProgram } from './harness.mjs';

let program, browser;
before(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** Latin words that stand on Chinese pages by right. */
const latin = /^(xlsx|webp|chrome|linux)$/i;
/** How many pages of one kind are opened; the links of each are looked at. */
const each = 2;

/** An address without what makes it one of many. */
const kind = href => href.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/\d+/g, '#').replace(/=[^&#]*/g, '=');

async function everything({ page }) {
  const logins = program.accounts.map(one => one.login);
  const seen = new Map();
  const wrong = [];
  const queue = [[new URL(page.url()).pathname, 'sign-in']];
  while (queue.length) {
    const [href, from] = queue.shift();
    const count = seen.get(kind(href)) ?? 0;
    if (count >= each) continue;
    seen.set(kind(href), count + 1);
    const answer = await page.request.get(href, { maxRedirects: 5 });
    if (answer.status() !== 200) wrong.push(`${answer.status()} ${href} on ${from}`);
    if (answer.status() !== 200 || count > 0 || !answer.headers()['content-type'].includes('html')) continue;
    await page.goto(href);
    await notSideways(page, href).catch(error => wrong.push(error.message));
    const text = await page.evaluate(() => document.body.innerText);
    // Fingerprints and 核验码 are no words, whatever their letters happen to spell.
    const words = (text.replace(/\b([0-9a-f]{8,}|[0-9A-F]{4}-[0-9A-F]{4}\b)/g, '').match(/[A-Za-z]{4,}/g) ?? []).filter(word => !latin.test(word) && !logins.includes(word));
    if (words.length) wrong.push(`${[...new Set(words)].join(' ')} on ${href}`);
    const links = await page.locator('a[href^="/"]').evaluateAll(all => all.map(one => one.getAttribute('href').split('#')[0]));
    for (const link of new Set(links)) if (link) queue.push([link, href]);
  }
  return { wrong, kinds: seen.size };
}

const roles = ['村（社区）干部', '班主任', '学籍管理员', '校长', '乡镇经办', '乡镇分管领导', '县级经办', '县级审批', '督导', '系统管理员', '安全管理员', '审计管理员'];
for (const role of roles) {
  test(`every link that ${role} sees leads somewhere`, async () => {
    const visitor = await browser.open(program, { width: 'phone' });
    await visitor.signIn(role);
    const { wrong, kinds } = await everything(visitor);
    assert.ok(kinds >= 4, `only ${kinds} kinds of pages`);
    assert.deepEqual(wrong, []);
    await visitor.done();
  });
}
