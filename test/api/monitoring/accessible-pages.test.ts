/** The pages of monitoring in a real browser: accessible, and never wider than the screen, on a desk and on a phone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { newKey, type CouncilWithApi } from '../council-with-api.js';
import { json, pages, startQuarter } from './quarter-under-test.js';

const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
];

describe('the pages of monitoring in a browser', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startQuarter('2025-11-03', 'collecting');
    await api.ask('performance', 'POST', `${json}/reports`, undefined, newKey());
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function signedIn(name: string, screen: (typeof SCREENS)[number]): Promise<Page> {
    const page = await browser.newPage({ viewport: screen });
    await signIn(page, base, name, '/monitoring');
    return page;
  }

  it.each(SCREENS)('are well on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Helen Marsh', screen);
    for (const path of ['/monitoring', pages, `${pages}/update`, `${pages}/update?all=yes`, `${pages}/reports/1`, '/people']) {
      expect([path, (await page.goto(base + path))?.status()]).toEqual([path, 200]);
      await expectWell(page);
    }
    await page.close();
  });

  it.each(SCREENS)('are well when something has to be put right, on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Maya Thornton', screen);
    await page.goto(`${base}${pages}/update`);
    await page.getByLabel('Quarter 2 figure for ComS_24').fill('103%');
    await page.getByLabel('Quarter 2 figure for ComS_014', { exact: true }).fill('a dozen');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByRole('link', { name: 'ComS_014: ' }).click();
    expect(await page.evaluate('document.activeElement.value')).toBe('a dozen');
    await expectWell(page);
    await page.getByLabel('Quarter 2 figure for ComS_014', { exact: true }).fill('12');
    await page.close();
  });
});
