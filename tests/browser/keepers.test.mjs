// The three keepers and those who answer: users, units, charges, calendar, policy, accounts and audit, at both widths.
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

test('the keeper of users makes a cadre, who signs in with the password that was shown once', async () => {
  const visitor = await browser.open(program);
  const { page } = visitor;
  await visitor.signIn('系统管理员');
  await page.goto('/users');
  await visitor.look('users');
  await page.getByRole('link', { name: '新增用户' }).click();
  await page.getByLabel('姓名').fill('周成3');
  await page.getByRole('button', { name: '新增用户' }).click();
  await page.getByRole('alert').waitFor();
  await visitor.look('user-new-wrong');
  await page.getByLabel('姓名').fill('周成林');
  await page.getByLabel('角色').selectOption('village');
  await page.getByLabel('单位').fill('左岚乡齐心村');
  await page.getByLabel('职务').fill('支部书记');
  await page.getByRole('button', { name: '新增用户' }).click();
  const first = await page.locator('.secret').textContent();
  const login = await page.locator('dd b').first().textContent();
  await visitor.look('first-password');
  await page.getByRole('link', { name: '打开这个用户' }).click();
  await page.getByText('加任一个岗位').click();
  await visitor.look('user');

  const cadre = await browser.open(program, { width: 'phone' });
  await cadre.page.goto('/sign-in');
  await cadre.page.getByLabel('账号').fill(login);
  await cadre.page.getByLabel('密码').fill(first);
  await cadre.page.getByRole('button', { name: '登录' }).click();
  await cadre.page.getByLabel('初始密码').fill(first);
  await cadre.page.getByLabel('新密码', { exact: true }).fill('Qixin-2026-cun!');
  await cadre.page.getByLabel('再输入一次新密码').fill('Qixin-2026-cun!');
  await cadre.page.getByRole('button', { name: '保存新密码' }).click();
  await cadre.page.getByText('密码已修改').waitFor();
  await cadre.done();
  await visitor.done();
});

test('a sheet of users is checked row by row before anybody is made', async () => {
  const visitor = await browser.open(program);
  const { page } = visitor;
  await visitor.signIn('系统管理员');
  await page.goto('/users/sheet');
  await visitor.look('users-sheet');
  const sheet = rows => ({ name: '用户.csv', mimeType: 'text/csv', buffer: Buffer.from(`姓名,角色,单位\n${rows}`) });
  await page.getByLabel('表格文件').setInputFiles(sheet('冉光明,村长,左岚乡\n'));
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.getByText('有 1 行需要改正').waitFor();
  await visitor.look('users-sheet-wrong');
  await page.getByRole('link', { name: '重新上传' }).click();
  await page.getByLabel('表格文件').setInputFiles(sheet('冉光明,乡镇经办,左岚乡\n'));
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.getByRole('button', { name: '新增这 1 人' }).click();
  await page.getByRole('heading', { name: '已新增 1 人' }).waitFor();
  await visitor.look('users-receipt');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载回执' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  await visitor.done();
});

test('units, catchments, calendar and policy are fit to be seen', async () => {
  const visitor = await browser.open(program);
  const { page } = visitor;
  await visitor.signIn('系统管理员');
  await page.goto('/units');
  await visitor.look('units');
  await page.getByRole('link', { name: '左岚乡', exact: true }).click();
  await page.getByText('新增村').click();
  await visitor.look('unit');
  for (const [path, name] of [['/units/catchments', 'catchments'], ['/calendar', 'calendar'], ['/policy', 'policy']]) {
    await page.goto(path);
    await visitor.look(name);
  }
  await visitor.done();
});

test('a township fills the gaps among those who answer', async () => {
  const visitor = await browser.open(program);
  const { page } = visitor;
  await visitor.signIn('乡镇经办');
  await page.goto('/charges');
  await visitor.look('charges');
  await page.getByRole('link', { name: '指定' }).first().click();
  await visitor.look('charge');
  await page.getByLabel('姓名').fill('冉光辉');
  await page.getByRole('button', { name: '指定' }).click();
  await page.getByText('责任人已指定').waitFor();
  await visitor.done();
});

test('the keepers of accounts and of the audit watch without seeing a child', async () => {
  const security = await browser.open(program);
  await security.signIn('安全管理员');
  await security.page.goto('/accounts?show=all');
  await security.look('accounts');
  await security.done();

  const audit = await browser.open(program);
  await audit.signIn('审计管理员');
  await audit.page.goto('/audit');
  await audit.look('audit');
  await audit.page.goto('/audit?what=looks');
  await audit.look('audit-looks');
  await audit.page.goto('/audit');
  await audit.page.getByRole('button', { name: '验证记录' }).click();
  await audit.page.getByText('记录完整').waitFor();
  await audit.look('audit-verified');
  await audit.done();
});
