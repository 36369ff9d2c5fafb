/** Editing cells in place, in a real browser: what is saved without being asked, and what happens when somebody else was quicker. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, launchBrowser } from '../../support/browser.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const plan = '/plans/2026-27/community-safety';
const target = 'Target 2026/27, ComS_011';

describe('the draft in a browser with scripts', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    await api.app.listen(0, '127.0.0.1');
    browser = await launchBrowser();
    page = await browser.newPage({ baseURL: await api.app.getUrl() });
    await page.goto(`/sign-in?next=${plan}/draft`);
    await page.check(`input[value="${await api.council.personId('leader')}"]`);
    await page.locator('main button').click();
    await page.waitForURL(`**${plan}/draft`);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const saved = (): Promise<void> => page.locator('[data-saved]', { hasText: /^Saved \d\d:\d\d$/ }).waitFor();

  /** Changes the same cell, or another, from somewhere else. */
  async function changeElsewhere(row: string, text: string): Promise<void> {
    const { headers } = await api.ask('leader', 'GET', `/api/v1${plan}/draft`);
    const change = { cells: { 'target 2026/27': text } };
    await api.ask('leader', 'PATCH', `/api/v1${plan}/draft/rows/${row}`, change, { 'if-match': String(headers['etag']) });
  }

  it('saves a cell when it is left, says so, and shows the query that it raises', async () => {
    await page.getByLabel(target).fill('103%');
    await page.getByLabel(target).blur();
    await saved();
    await page.locator('#row-csi-ComS_011 .plancycle-query--error').waitFor();
    await page.reload();
    expect(await page.getByLabel(target).inputValue()).toBe('103%');
    await expectAccessible(page);
  });

  it('saves over a change of another row without asking', async () => {
    await changeElsewhere('csi-ComS_012', '90');
    await page.getByLabel(target).fill('1,790');
    await page.getByLabel(target).blur();
    await saved();
    expect(JSON.stringify((await api.ask('leader', 'GET', `/api/v1${plan}/draft`)).body)).toContain('"1,790"');
  });

  it('shows both texts when somebody else changed the cell, and lets one choose', async () => {
    await changeElsewhere('csi-ComS_011', '1,700');
    await page.getByLabel(target).fill('1,600');
    await page.getByLabel(target).blur();
    await page.getByText('Somebody else saved: “1,700”').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save mine' }).click();
    await saved();
    expect(JSON.stringify((await api.ask('leader', 'GET', `/api/v1${plan}/draft`)).body)).toContain('"1,600"');
  });
});
