// What every journey needs: a browser, signing in, looking at a page as staff see it. Journeys only tell the story:
//
//   const program = await startProgram();            // program.mjs
//   const browser = await startBrowser();
//   const visitor = await browser.open(program, { width: 'phone' });
//   await visitor.signIn('村（社区）干部');
//   await visitor.look('today-village');              // pictures at both widths, accessibility, no sideways scrolling
//   await visitor.done();                             // fails on anything the console complained about
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export { startProgram } from './program.mjs';

/** The two widths every page is judged at. */
export const widths = { phone: { width: 360, height: 740 }, desk: { width: 1366, height: 768 } };

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Debian's chromium, for one test file. */
export async function startBrowser() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  return {
    /** A person at a screen of their own. `script: false` turns JavaScript off. */
    async open(program, { width = 'desk', script = true } = {}) {
      const context = await browser.newContext({
        baseURL: program.origin, viewport: widths[width], hasTouch: width === 'phone', javaScriptEnabled: script,
        locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true,
      });
      context.setDefaultTimeout(15_000);
      // Not as a script of the page: the content policy would refuse it, and should.
      if (script) await context.addInitScript(axe);
      return visitor(program, context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

function visitor(program, context, page) {
  const complaints = [];
  page.on('pageerror', error => complaints.push(`script failed: ${error.message}`));
  page.on('console', message => {
    // The answers to a bad form (4xx) show up here as well; they are what a journey may want.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return {
    page,
    context,

    /** Signs in as the demo's account for a role (村（社区）干部, 乡镇经办 …) or of a login; ends on that role's home page. */
    async signIn(name) {
      const { login, password, county } = program.account(name);
      await page.goto('/sign-in');
      await page.getByLabel('区县').selectOption(String(county));
      await page.getByLabel('账号').fill(login);
      await page.getByLabel('密码').fill(password);
      await page.getByRole('button', { name: '登录' }).click();
      await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
    },

    /** Looks at the page at both widths: keeps a picture of each, and holds it to what every page must be. */
    async look(name) {
      const before = page.viewportSize();
      for (const [width, size] of Object.entries(widths)) {
        await page.setViewportSize(size);
        await shot(page, `${name}-${width}`);
        await notSideways(page, `${name} at ${size.width}`);
        await accessible(page, `${name} at ${size.width}`);
      }
      await page.setViewportSize(before);
    },

    /** Closes the screen; anything the browser complained about fails the test. */
    async done() {
      await context.close();
      assert.deepEqual(complaints, [], 'the browser complained');
    },
  };
}

/** Keeps a picture of the whole page in var/shots. */
export async function shot(page, name) {
  mkdirSync('var/shots', { recursive: true });
  await page.screenshot({ path: join('var/shots', `${name}.png`), fullPage: true });
}

/** The page itself never scrolls sideways; tables do so inside their own box. */
export async function notSideways(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where}: ${over} pixels too wide`);
}

/** No serious or critical finding of axe. */
export async function accessible(page, where) {
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter(one => ['serious', 'critical'].includes(one.impact));
  const told = grave.map(one => `${one.id}: ${one.help}\n  ${one.nodes.map(node => node.html.slice(0, 160)).join('\n  ')}`);
  assert.equal(grave.length, 0, `${where}:\n${told.join('\n')}`);
}
