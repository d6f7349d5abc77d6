// The main job, told once from the rosters to the balance sheet: every chapter is somebody at a screen, in order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startProgram } from './harness.mjs';
import { file, idNumber, photograph, roster } from './story.mjs';

const stays = { name: '甘远航', number: idNumber('20130507', 811), head: '甘世平' };
const returns = { name: '甘雨桐', number: idNumber('20160612', 812), head: '甘世平' };
const enrolled = { name: '甘子墨', number: idNumber('20150309', 813), head: '甘世安' };
const wrong = { name: '甘小满', number: `${idNumber('20160203', 814).slice(0, 17)}*`, head: '甘世安' };

let program, browser;
before(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** One after another: when one fails, those after it have nothing to stand on. */
let broken = false;
function chapter(name, tell) {
  test(name, async context => {
    if (broken) return context.skip('an earlier chapter failed');
    broken = true;
    await tell();
    broken = false;
  });
}

/** Opens a screen for somebody, lets them work, and closes it with nothing to complain about. */
async function as(role, options, work) {
  const visitor = await browser.open(program, options);
  await visitor.signIn(role);
  await work(visitor.page, visitor);
  await visitor.done();
}

/** The checks and cases of our children, found as anybody finds them: by name. */
async function find(page, name) {
  await page.getByLabel('查找', { exact: true }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link').last().click();
}

/** Takes up a task of the day; after the program was started on a later day they come within a moment. */
async function task(page, child, verb) {
  const link = page.getByRole('listitem').filter({ hasText: child.name }).getByRole('link', { name: verb }).first();
  for (const until = Date.now() + 15_000; !(await link.count()) && Date.now() < until;) {
    await page.waitForTimeout(250);
    await page.goto('/');
  }
  await link.click();
}

/** Records the contact that is due, from the day's tasks. */
async function cared(role, answer, note, told = '回访已记下。') {
  await as(role, {}, async page => {
    await task(page, returns, '回访');
    await page.getByRole('radio', { name: answer, exact: true }).check();
    await page.getByLabel('情况', { exact: true }).fill(note);
    await page.getByRole('button', { name: '记回访' }).click();
    await page.getByText(told, { exact: true }).waitFor();
  });
}

/** What the print button opens, as bytes. */
async function printed(page) {
  const form = page.locator('form[action$="/print"]');
  const fields = Object.fromEntries(await form.locator('input[type=hidden]').evaluateAll(all => all.map(one => [one.name, one.value])));
  const answer = await page.request.post(await form.getAttribute('action'), { form: fields, headers: { origin: new URL(page.url()).origin } });
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  return answer.body();
}

const household = roster('户籍花名册.csv', '左岚乡户籍适龄儿童少年花名册',
  ['序号', '姓名', '性别', '民族', '出生日期', '公民身份号码', '户主姓名', '与户主关系', '户籍地址', '联系电话'], [
    [1, stays.name, '男', '汉族', '2013.5.7', stays.number, stays.head, '孙子', '重庆市城口县左岚乡齐心村3组', '13800138001'],
    [2, returns.name, '女', '汉族', '2016-06-12', returns.number, returns.head, '孙女', '重庆市城口县左岚乡齐心村3组', '13800138001'],
    [3, enrolled.name, '男', '汉族', '2015年3月9日', enrolled.number, enrolled.head, '子', '重庆市城口县左岚乡齐心村5组', '13800138002'],
    [4, wrong.name, '女', '汉族', '2016/2/3', wrong.number, wrong.head, '女', '重庆市城口县左岚乡齐心村5组', '13800138002'],
  ]);
const rolls = roster('学籍花名册.csv', '左岚乡中心小学学籍花名册',
  ['学校名称', '年级', '班级', '姓名', '性别', '出生日期', '身份证件号', '全国学籍号', '学生状态'], [
    ['左岚乡中心小学', '五年级', '1班', enrolled.name, '男', '20150309', enrolled.number, `G${enrolled.number}`, '在读'],
  ]);

async function bring(page, kind, sheet, heading = '确认后才会写入') {
  await page.goto('/imports');
  await page.getByLabel(kind).check();
  await page.getByLabel('表格文件').setInputFiles(sheet);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.getByRole('heading', { name: heading }).waitFor();
}

async function take(page) {
  await page.getByRole('button', { name: '确认导入' }).click();
  await page.getByRole('heading', { name: '已导入' }).waitFor();
}


chapter('the county brings the rosters: progress, preview, the faulty row goes back, the rest is taken', async () => {
  await as('县级经办', {}, async (page, visitor) => {
    await bring(page, '户籍', household);
    await visitor.look('journey-preview');
    await page.getByText('身份证号码里有数字以外的字符').waitFor();
    const [faulty] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载退回的 1 行' }).click()]);
    assert.match(faulty.suggestedFilename(), /\.xlsx$/);
    await take(page);
    await page.getByText('新增 3 人').waitFor();
    await visitor.look('journey-taken');

    // What went back and was not mended goes back again, with the same words.
    await bring(page, '户籍', await faulty.path(), '没有可以导入的行');
    await page.getByText('身份证号码里有数字以外的字符').waitFor();

    await bring(page, '学籍', rolls);
    await take(page);
    await page.goto('/imports');
    await page.getByRole('button', { name: '户籍与学籍比对' }).click();
    await page.getByText('比对完成：新列待核查 2 人').waitFor();
    await visitor.look('journey-checks');
  });
});

chapter('the township sends the two missing children to their village', async () => {
  await as('乡镇经办', {}, async (page, visitor) => {
    await page.getByRole('link', { name: '待核查' }).click();
    await page.getByRole('link', { name: stays.name }).click();
    await visitor.look('journey-check');
    await page.getByRole('button', { name: '派村核查' }).click();
    await page.getByText('已派发 1 人').waitFor();
    await page.getByRole('row', { name: returns.name }).getByRole('checkbox').check();
    await page.getByRole('button', { name: '派勾选的人到村核查' }).click();
    await page.getByText('已派发 1 人').waitFor();
  });
});

chapter('the village answers on the spot, with a photograph', async () => {
  await as('村（社区）干部', { width: 'phone' }, async (page, visitor) => {
    await visitor.look('journey-village-today');
    for (const child of [stays, returns]) {
      await page.goto('/');
      await task(page, child, '现场核查');
      await page.getByLabel('在家未就读（辍学）').check();
      await page.getByLabel('说明').fill('与祖父在家，五月起没有上学');
      await page.getByLabel('证明材料').setInputFiles(await photograph(page, '入户.jpg', 40));
      await page.getByRole('button', { name: '保存核查结果' }).click();
      await page.getByText('核查结果已保存，等乡镇认定去向。').waitFor();
    }
    await visitor.look('journey-answered');
  });
});

chapter('the township makes them cases on both lines, with a plan', async () => {
  await as('乡镇经办', {}, async (page, visitor) => {
    for (const child of [stays, returns]) {
      await page.goto('/checks?state=answered');
      await page.getByRole('link', { name: child.name }).click();
      await page.getByRole('button', { name: '确认辍学，列为劝返对象' }).click();
      await page.waitForURL(/cases/);
      child.case = new URL(page.url()).pathname;
    }
    await visitor.look('journey-case-new');
    await page.getByRole('heading', { name: '政府线' }).waitFor();
    await page.getByRole('heading', { name: '教育线' }).waitFor();
    await page.goto(`${stays.case}/plan`);
    await page.getByLabel('主要原因').selectOption({ label: '厌学' });
    await page.getByLabel('监护人怎么说').fill('管不住');
    await page.getByLabel('帮扶措施').fill('每周家访一次；免住宿费');
    await page.getByLabel('帮扶责任人').fill('李文静');
    await page.getByRole('button', { name: '保存方案' }).click();
    await page.locator('#plan').getByText('每周家访一次').waitFor();
    await visitor.look('journey-case-planned');
  });
});

chapter('three joint visits are logged on a telephone and the other unit says it was there', async () => {
  await program.goOn('2026-10-22T16:00:00+08:00');
  await as('村（社区）干部', { width: 'phone' }, async (page, visitor) => {
    for (const [turn, when] of ['2026年10月16日 10:20', '2026年10月19日 17:40', ''].entries()) {
      await page.goto('/');
      await task(page, stays, '记劝返');
      if (turn === 0) await visitor.look('journey-visit-new');
      // The first time nobody is named yet: the list stands open and says why. Later it opens with those of the last time.
      if (turn === 0) await page.getByText('这样记下的不计入').waitFor();
      else await page.locator('#who summary').click();
      await page.getByRole('checkbox', { name: '谭晓燕' }).check();
      await page.locator('#photo').setInputFiles(await photograph(page, `劝返${turn}.jpg`, 80 + turn * 60));
      await page.getByText('补充详情').click();
      await page.getByLabel('劝返时间').fill(when);
      await page.getByLabel('说了什么').fill('讲了义务教育法，问了不上学的原因');
      await page.getByRole('button', { name: '拒绝返校' }).click();
      await page.waitForURL(/visits|cases\/[^/]*(\?|$)/);
      if (turn === 2) await visitor.look('journey-visit-saved');
    }
  });
  await as('乡镇经办', {}, async (page, visitor) => {
    await visitor.look('journey-township-today');
    for (let turn = 0; turn < 3; turn += 1) {
      await page.goto(stays.case);
      const waiting = page.locator('#visits').getByRole('row').filter({ hasText: '确认' }).first();
      await waiting.getByRole('link').first().click();
      await page.getByRole('button', { name: '我参加了' }).click();
      await page.waitForLoadState();
    }
    await page.goto(stays.case);
    await visitor.look('journey-case-visited');
    await page.getByText('共 3 次，计入 3 次').waitFor();
  });
});

chapter('the township drafts the notice, its head issues and prints it, and its service is recorded', async () => {
  await as('乡镇经办', {}, async (page, visitor) => {
    await page.goto(stays.case);
    await page.locator('#next').getByRole('link', { name: '开具限期复学通知书' }).click();
    await visitor.look('journey-paper-new');
    await page.getByLabel('受送达的监护人').fill(stays.head);
    await page.getByLabel('报到学校').fill('沿河乡初级中学');
    await page.getByLabel('联系人').fill('谭晓燕');
    await page.getByLabel('联系电话').fill('023-59200000');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('草稿已保存，等待签发。').waitFor();
    stays.paper = new URL(page.url()).pathname;
    await visitor.look('journey-paper-draft');
  });
  await as('乡镇分管领导', {}, async (page, visitor) => {
    await task(page, stays, '签发');
    await page.waitForLoadState();
    if (!page.url().includes('/issue')) await page.getByRole('link', { name: '核对并签发' }).click();
    await page.getByLabel('发文字号').fill('左岚府复通〔2026〕21号');
    await visitor.look('journey-paper-issue');
    await page.getByRole('button', { name: '签发限期复学通知书' }).click();
    await page.getByText('已签发，可以打印、送达。').waitFor();
    await visitor.look('journey-paper-issued');
    const pdf = await printed(page);
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  });
  await as('乡镇经办', {}, async (page, visitor) => {
    await task(page, stays, '登记送达');
    await page.getByRole('link', { name: '直接送达' }).click();
    await page.locator('#on').fill('2026-10-22');
    await page.getByLabel('收到时间').fill('15:20');
    await page.locator('#recipient').fill(stays.head);
    await page.getByLabel('与学生的关系').fill('祖父');
    await page.getByLabel('送达地点').fill('家中');
    await page.getByLabel('另一名送达人').fill('蒲国安');
    await page.locator('#proof').setInputFiles(await photograph(page, '送达回证.jpg', 200));
    await visitor.look('journey-service');
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByText('送达已登记。').waitFor();
    await visitor.look('journey-paper-served');
    await page.goto(stays.case);
    await visitor.look('journey-case-served');
  });
});

chapter('the days run out and it is verified that the child is not back', async () => {
  await program.goOn('2026-10-30T09:00:00+08:00');
  await as('乡镇经办', {}, async (page, visitor) => {
    await task(page, stays, '期满核实');
    await page.getByLabel('没有返校').check();
    await page.getByLabel('看到的情况').fill('仍在家，未到校');
    await visitor.look('journey-expiry');
    await page.getByRole('button', { name: '登记核实' }).click();
    await page.getByText('期满核实已登记。').waitFor();
    await page.locator('#next').getByRole('link', { name: /移交|提请/ }).first().click();
    await page.getByLabel('说明').fill('三次联合劝返，期满未返校');
    await visitor.look('journey-propose');
    await page.getByRole('button', { name: '提请' }).click();
    await page.getByText('已提请，等待另一人审批。').waitFor();
    await visitor.look('journey-case-proposed');
  });
});

chapter('another person approves what was proposed, with the consent of the county group', async () => {
  await as('县级审批', {}, async (page, visitor) => {
    await visitor.look('journey-approver-today');
    await task(page, stays, '审批');
    await visitor.look('journey-decide');
    await page.getByLabel('同意', { exact: true }).check();
    await page.getByLabel('县领导小组核实同意的资料').setInputFiles(await photograph(page, '会议纪要.jpg', 300));
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByText('已同意。').waitFor();
    await visitor.look('journey-case-agreed');
  });
});

chapter('the other child comes back: commitment, the school without script, struck off', async () => {
  await as('乡镇经办', {}, async (page, visitor) => {
    await page.goto(`${returns.case}/evidence`);
    await page.getByLabel('材料种类').selectOption({ label: '复学承诺书' });
    await page.getByLabel('照片或扫描件').setInputFiles(await photograph(page, '复学承诺书.jpg', 120));
    await page.getByRole('button', { name: '上传' }).click();
    await page.getByText('已上传，并记入本案。').waitFor();
  });
  await as('校长', { script: false }, async page => {
    await find(page, returns.name);
    await page.locator('#next').getByRole('link', { name: '确认到校' }).click();
    await page.getByLabel('年级').selectOption({ label: '五年级' });
    await page.getByLabel('班级').fill('1班');
    await page.getByLabel('帮扶教师').fill('李文静');
    await page.getByRole('button', { name: '确认到校' }).click();
    await page.getByText('已确认到校。').waitFor();
  });
  await as('乡镇经办', {}, async (page, visitor) => {
    await task(page, returns, '销号');
    await visitor.look('journey-strike');
    await page.getByRole('button', { name: '销号' }).click();
    await page.getByText('已销号。').waitFor();
    await visitor.look('journey-case-struck');
  });
});

chapter('after 30, 60 and 90 days somebody looks; gone again, the case is open again', async () => {
  await program.goOn('2026-11-30T10:00:00+08:00');
  await cared('校长', '在校上课', '每天到校');
  await program.goOn('2026-12-30T10:00:00+08:00');
  await cared('乡镇经办', '在校上课', '每天到校');
  await program.goOn('2027-01-29T10:00:00+08:00');
  await cared('校长', '不在校', '元旦后没有到校，在家', '回访已记下。学生不在校，由乡镇重新列入。');
  await as('乡镇经办', {}, async (page, visitor) => {
    await task(page, returns, '重新列入');
    await page.getByLabel('原因', { exact: true }).fill('元旦后没有到校');
    await visitor.look('journey-reopen');
    await page.getByRole('button', { name: '重新列入' }).click();
    await page.getByText('已重新列入劝返。').waitFor();
    await visitor.look('journey-case-reopened');
  });
});

chapter('the balance sheet holds them all, and every number opens as many names', async () => {
  await as('县级经办', {}, async (page, visitor) => {
    await page.getByRole('link', { name: '去向平衡表' }).click();
    await visitor.look('journey-balance');
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '左岚乡' }) });
    const figures = await row.getByRole('link').evaluateAll(all => all.map(one => [Number(one.textContent.replaceAll(',', '')), one.getAttribute('href')]));
    assert.ok(figures.length >= 4, 'several classes are there');
    const names = new Map();
    for (const [n, href] of figures) {
      await page.goto(href);
      const rows = [];
      for (;;) {
        rows.push(...await page.locator('main tbody tr').allTextContents());
        const next = page.getByRole('link', { name: '下一页' });
        if (!(await next.count())) break;
        await next.click();
      }
      assert.equal(rows.length, n, href);
      names.set(href, rows);
    }
    const under = (word, child) => [...names].some(([href, rows]) => href.includes(word) && rows.some(text => text.includes(child.name)));
    for (const [word, child] of [['suspended', stays], ['dropped_out', returns], ['at_school', enrolled]]) assert.ok(under(word, child), `${child.name} ${word}`);
  });
});
