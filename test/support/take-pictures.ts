/** `npm run pictures`: takes the README's pictures from the running product, each of one page as one person sees it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../../libs/config/paths.js';
import { launchBrowser } from './browser.js';
import { startProduct, type Product } from './product.js';
import { people, until, type PersonInTest } from './running-council.js';

interface Picture {
  /** The name of the file below docs/pictures. */
  name: string;
  person: PersonInTest;
  path: string;
  /** What of a long page is to be seen, as a selector. */
  showing?: string;
  /** For a page whose point lies further down. */
  height?: number;
}

const PICTURES: Picture[] = [
  { name: 'draft', person: 'leader', path: '/plans/2026-27/community-safety/draft', showing: '.plancycle-table' },
  { name: 'board', person: 'performance', path: '/cycle', height: 1320 },
];

/** Wide enough for a plan's tables, high enough for a first impression. */
const SIZE = { width: 1280, height: 800 };

/** @throws Error if the page is not there for that person */
async function take(browser: Browser, product: Product, { name, person, path, showing, height = SIZE.height }: Picture): Promise<void> {
  const context = await browser.newContext({
    baseURL: product.baseUrl,
    viewport: { ...SIZE, height },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(people[person]).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  const answer = await page.goto(path);
  if (!answer?.ok()) throw new Error(`${path} answers ${answer?.status()} to ${people[person]}, so there is no picture of it.`);
  if (showing) await page.evaluate(`document.querySelector(${JSON.stringify(showing)}).scrollIntoView()`);
  await page.screenshot({ path: join(projectRoot, 'docs/pictures', `${name}.png`) });
  await context.close();
}

mkdirSync(join(projectRoot, 'docs/pictures'), { recursive: true });
const product = await startProduct('2025-11-03');
const browser = await launchBrowser();
let missing = 0;
try {
  // The cycle and the quarter are opened by their workflows, a moment after the start.
  await until(async () => (await product.orm.em.fork().getConnection().execute('select 1 from quarter')).length > 0);
  for (const picture of PICTURES) {
    await take(browser, product, picture).then(
      () => process.stdout.write(`docs/pictures/${picture.name}.png\n`),
      (error: unknown) => {
        missing += 1;
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      },
    );
  }
} finally {
  await browser.close();
  await product.stop();
}
process.exit(missing === 0 ? 0 : 1);
