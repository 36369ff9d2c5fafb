/** The year on the board in a browser: the demonstration’s, and one with forty meetings of a committee with a long name; on paper too. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Council, Meeting } from '../../../libs/database/entities/council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { startQuarters } from '../../../libs/temporal/start-workflows.js';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { until } from '../../support/running-council.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const LONG = 'Joint Committee for Community Safety, Environmental Sustainability, Licensing and Neighbourhood Services';

describe('the year on the board', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    const em = api.council.orm.em.fork();
    const council = await em.findOneOrFail(Council, 'broxtowe');
    council.settings = { ...council.settings, bodies: [...council.settings.bodies, { id: 'joint', name: LONG, otherNames: [] }] };
    await em.flush();
    await startQuarters(api.council.temporal, api.council.taskQueue, { councilId: 'broxtowe', year: '2025-26' });
    await until(async () => (await api.council.orm.em.fork().count(Quarter, { year: '2025-26' })) > 0);
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const open = async (width: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await signIn(page, base, 'Helen Marsh', '/cycle');
    return page;
  };

  async function expectYear(page: Page, name: string): Promise<void> {
    await expectWell(page);
    const table = page.getByRole('region', { name: 'The dates of the year' });
    const inTable = await table.locator('tbody td:first-child').allTextContents();
    const inPicture = await page.locator('.plancycle-year__mark text').allTextContents();
    expect(inTable).toEqual(inTable.map((_, index) => String(index + 1)));
    expect(inPicture.map(Number).sort((one, other) => one - other)).toEqual(inTable.map(Number));
    // For the eye: a folder in this variable gets a picture of it.
    const folder = process.env['PLANCYCLE_PICTURES'];
    if (!folder) return;
    await page.screenshot({ path: `${folder}/year-${name}.png`, fullPage: true });
    await page.locator('.plancycle-year').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${folder}/year-${name}-picture.png` });
  }

  it.each([1280, 390])('has plans, quarters and meetings in lanes, and the same in the table, at %d pixels', async (width) => {
    const page = await open(width);
    await expectYear(page, `seed-${width}`);
    expect(await page.locator('.plancycle-year__lane-title').allTextContents()).toEqual(['Plans', 'Quarters']);
    const table = page.getByRole('region', { name: 'The dates of the year' });
    expect(await table.locator('th[scope=rowgroup]').allTextContents()).toEqual([
      'Business plans 2026/27',
      ...[1, 2, 3].map((quarter) => expect.stringMatching(new RegExp(`^Quarter ${quarter} of 2025/26`)) as unknown),
    ]);
    expect(await table.getByRole('row', { name: /17 November 2025/ }).textContent()).toContain(
      '5 working days before the agenda for Cabinet on Tuesday 2 December 2025',
    );
    await table.getByRole('link', { name: 'Overview and Scrutiny Committee meets' }).click();
    await page.getByRole('heading', { name: 'Tuesday 20 January 2026' }).waitFor();
    await page.close();
  });

  it.each([1280, 390])('stays well with forty meetings of a committee with a long name, at %d pixels', async (width) => {
    const em = api.council.orm.em.fork();
    if ((await em.count(Meeting, { body: 'joint' })) === 0) {
      for (let number = 0; number < 40; number += 1)
        em.create(Meeting, {
          ...{ id: crypto.randomUUID(), councilId: 'broxtowe', body: 'joint', considers: [] },
          date: new Date(Date.UTC(2025, 8, 3 + number * 5)).toISOString().slice(0, 10),
        });
      await em.flush();
    }
    const page = await open(width);
    await expectYear(page, `long-${width}`);
    expect(await page.locator('.plancycle-year__mark--meetings').count()).toBe(40);
    expect(await page.getByRole('region', { name: 'The dates of the year' }).getByRole('link', { name: LONG }).count()).toBe(40);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.plancycle-year').isVisible()).toBe(true);
    const folder = process.env['PLANCYCLE_PICTURES'];
    if (folder) await page.screenshot({ path: `${folder}/year-print-${width}.png`, fullPage: true });
    await page.close();
  });
});
