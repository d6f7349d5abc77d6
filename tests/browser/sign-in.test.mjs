// The sign-in page as anybody sees it first, and the home page of every role behind it.
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

test('every role of the demo signs in and finds its home page fit to be seen', async t => {
  assert.ok(program.accounts.length >= 12, 'an account for every role');
  for (const { role, login } of program.accounts) {
    await t.test(`${role} ${login}`, async () => {
      const visitor = await browser.open(program);
      await visitor.signIn(login);
      await visitor.look(`home-${login}`);
      await visitor.done();
    });
  }
});

test('without script the sign-in works as well, and a wrong password keeps what was typed', async () => {
  const visitor = await browser.open(program, { width: 'phone', script: false });
  const { county, login } = program.account('乡镇经办');
  await visitor.page.goto('/sign-in');
  await visitor.page.getByLabel('区县').selectOption(String(county));
  await visitor.page.getByLabel('账号').fill(login);
  await visitor.page.getByLabel('密码').fill('not the password');
  await visitor.page.getByRole('button', { name: '登录' }).click();
  assert.equal(await visitor.page.getByLabel('账号').inputValue(), login);
  assert.equal(await visitor.page.getByLabel('密码').inputValue(), '');
  await visitor.signIn('乡镇经办');
  assert.equal(new URL(visitor.page.url()).pathname, '/');
  await visitor.done();
});
