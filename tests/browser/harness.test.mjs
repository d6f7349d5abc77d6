// The harness itself: it passes a good page under our content policy and refuses a bad one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { startBrowser } from './harness.mjs';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'";
const page = body => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>页</title></head><body><main><h1>页</h1>${body}</main></body></html>`;
const pages = {
  '/good': page('<p>一切都好</p>'),
  '/unnamed': page('<input name="x">'),
  '/wide': page('<pre>' + '宽'.repeat(400) + '</pre>'),
  '/inline': page('<script>document.title = "坏"</script>'),
};

let server, browser, program;
before(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
    response.end(pages[request.url]);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  program = { origin: `http://127.0.0.1:${server.address().port}` };
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
});

test('a good page passes at both widths', async () => {
  const visitor = await browser.open(program);
  await visitor.page.goto('/good');
  await visitor.look('harness-good');
  await visitor.done();
});

test('a field without a name is refused', async () => {
  const visitor = await browser.open(program);
  await visitor.page.goto('/unnamed');
  await assert.rejects(visitor.look('harness-unnamed'), /label/);
});

test('a page wider than the screen is refused', async () => {
  const visitor = await browser.open(program, { width: 'phone' });
  await visitor.page.goto('/wide');
  await assert.rejects(visitor.look('harness-wide'), /too wide/);
});

test('a script in the page is blocked and reported', async () => {
  const visitor = await browser.open(program);
  await visitor.page.goto('/inline');
  assert.equal(await visitor.page.title(), '页');
  await assert.rejects(visitor.done(), /complained/);
});
