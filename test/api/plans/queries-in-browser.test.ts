/** The page of queries and the pages of spellings in a real browser: accessible on a desk and on a phone, and done by the keyboard alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expectAccessible, expectWell, launchBrowser } from '../../support/browser.js';
import type { PersonInTest } from '../../support/running-council.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const plan = '/plans/2026-27/community-safety';
const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
];

describe('the queries in a browser', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    const change = async (row: string, text: string): Promise<void> => {
      const { headers } = await api.ask('leader', 'GET', `/api/v1${plan}/draft`);
      const cells = { 'target 2026/27': text };
      await api.ask('leader', 'PATCH', `/api/v1${plan}/draft/rows/${row}`, { cells }, { 'if-match': String(headers['etag']) });
    };
    await change('csi-ComS_011', '103%');
    await change('csi-ComS_012', '120%');
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function signedIn(person: PersonInTest, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext({ baseURL: base, ...options })).newPage();
    await page.goto('/sign-in?next=/plans');
    await page.check(`input[value="${await api.council.personId(person)}"]`);
    await page.locator('main button').click();
    await page.waitForURL('**/plans');
    return page;
  }

  it('are accepted by the keyboard alone, without scripts; the link of a query leads to its cell', async () => {
    const page = await signedIn('leader', { javaScriptEnabled: false });
    await page.goto(`${plan}/queries`);
    await page.locator('#group-stops input[name="query"]').first().focus();
    await page.keyboard.press('Space');
    await page.locator('#reason').focus();
    await page.keyboard.type('Counted twice, agreed with finance.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The query has been accepted.').waitFor();
    expect(await page.locator('#group-stops h2').innerText()).toBe('These stop the submission (1)');
    const link = page.locator('#group-stops .govuk-checkboxes__hint a').first();
    const cell = (await link.getAttribute('href'))!.split('#')[1]!;
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${plan}/draft#${cell}`);
    expect(await page.locator(':target').getAttribute('data-cell')).toBe('target 2026/27');
    await page.context().close();
  });

  it.each(SCREENS)('are well for the leader on a screen of $width pixels, right or wrong', async (viewport) => {
    const page = await signedIn('leader', { viewport });
    await page.goto(`${plan}/queries`);
    await expectWell(page);
    await page.getByRole('button', { name: 'Accept with reason' }).click();
    await page.getByRole('link', { name: 'Give the reason why' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('reason');
    await expectWell(page);
    await page.goto(`${plan}/draft`);
    await expectAccessible(page);
    await page.goto('/tasks');
    await page.locator('main a').first().click();
    await page.locator('#stopping').waitFor();
    await expectWell(page);
    await page.context().close();
  });

  it.each(SCREENS)('are well for those who keep the register on a screen of $width pixels', async (viewport) => {
    const page = await signedIn('performance', { viewport });
    await page.goto(`${plan}/queries`);
    await expectWell(page);
    await page.getByRole('link', { name: 'Add this spelling' }).first().click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectWell(page);
    await page.getByLabel('What the plan writes').fill(`Officer for ${viewport.width} things`);
    await page.getByLabel('Communities and Crime Manager').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Add this spelling' }).click();
    await page.getByText('is known as “Communities and Crime Manager” now.').waitFor();
    for (const path of ['/people', '/help/queries#no-owner']) {
      await page.goto(path);
      await expectWell(page);
    }
    await page.context().close();
  });
});
