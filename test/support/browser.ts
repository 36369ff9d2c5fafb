/** A real Chromium for tests of pages, and the check that a page is accessible. */
import axe from 'axe-core';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

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
  return chromium.launch({ executablePath: await findBrowser(), args: flags, headless: true });
}

async function findBrowser(): Promise<string> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given;
  const found = systemBrowsers.find((path) => existsSync(path));
  if (found) return found;
  // The package unpacks the system libraries that Chromium needs only where it believes to be in this place.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
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
