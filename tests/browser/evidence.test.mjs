// Evidence put to a case: a photograph that is refused and one that is taken, looked at, withdrawn.
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

/** A picture that nobody took, as a telephone would send it. */
async function photograph(page) {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1600, 1200];
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#d8cfc0';
    pen.fillRect(0, 0, 1600, 1200);
    pen.fillStyle = '#3a4a52';
    pen.fillRect(500, 300, 600, 900);
    return canvas.toDataURL('image/jpeg', 0.8);
  });
  return { name: '入户照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1], 'base64') };
}

async function firstCase(page) {
  await page.goto('/children?whereabouts=dropped_out');
  return page.getByRole('link', { name: '一人一案' }).and(page.locator('table a')).first().getAttribute('href');
}

for (const script of [true, false]) {
  test(`a photograph is refused, taken, seen and withdrawn ${script ? 'with' : 'without'} script`, async () => {
    const visitor = await browser.open(program, { script });
    const { page } = visitor;
    await visitor.signIn('tanjingban');
    const path = await firstCase(page);
    await page.goto(`${path}/evidence`);
    await page.getByLabel('材料种类').selectOption({ label: '复学承诺书' });
    await page.getByLabel('说明').fill('家长签字');
    await page.getByLabel('照片或扫描件').setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html></html>') });
    await page.getByRole('button', { name: '上传' }).click();
    await page.getByRole('alert').getByText('“照片.jpg”：这个文件不是照片，而是网页。').waitFor();
    assert.equal(await page.getByLabel('说明').inputValue(), '家长签字');
    if (script) await visitor.look('evidence-refused');

    await page.getByLabel('照片或扫描件').setInputFiles(await photograph(page));
    await page.getByRole('button', { name: '上传' }).click();
    await page.getByText('已上传，并记入本案。').waitFor();
    const proof = page.locator('.proof', { hasText: '家长签字' }).first();
    const shown = await proof.locator('img').evaluate(async picture => {
      await picture.decode();
      return [picture.naturalWidth, picture.naturalHeight];
    });
    assert.deepEqual(shown, [320, 240]);
    if (script) await visitor.look('evidence');
    const answer = await page.request.get(await proof.getByRole('link', { name: '下载原件' }).getAttribute('href'));
    assert.match(answer.headers()['content-disposition'], /^attachment; filename\*=UTF-8''%E5%85%A5/);

    await proof.locator('summary').click();
    await proof.getByLabel('撤回原因').fill('拍错了人');
    await proof.getByRole('button', { name: '撤回这份材料' }).click();
    await page.getByText('已撤回。材料仍保留在案，不再作为证据。').waitFor();
    await visitor.done();
  });
}
