// The sign-in page, as anybody sees it first.
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

test('the sign-in page is fit to be seen at both widths', async () => {
  const visitor = await browser.open(program);
  await visitor.page.goto('/');
  assert.equal(new URL(visitor.page.url()).pathname, '/sign-in');
  await visitor.look('sign-in');
  await visitor.done();
});
