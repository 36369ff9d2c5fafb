/** The pages of absences and of people who leave in a real browser: accessible, and never wider than the screen. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
];

describe('the pages of who is away', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  let leader: string;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    leader = await api.council.personId('leader');
    const standInId = await api.council.personId('officer');
    const away = { firstDay: '2025-11-03', lastDay: '2025-11-07', standInId, reason: 'A long text about why '.repeat(20) };
    await api.ask('leader', 'POST', '/api/v1/absences', away, newKey());
    await api.ask('clerk', 'POST', '/api/v1/absences', { firstDay: '2025-11-10', lastDay: '2025-11-12', standInId: null }, newKey());
    const gmt = await api.ask('gmt', 'POST', '/api/v1/absences', { ...away, standInId: null }, newKey());
    await api.ask('gmt', 'POST', `/api/v1/absences/${gmt.body['id'] as unknown as string}/end`);
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function signedIn(name: string, screen: (typeof SCREENS)[number]): Promise<Page> {
    const page = await browser.newPage({ viewport: screen });
    await signIn(page, base, name, '/tasks');
    return page;
  }

  it.each(SCREENS)('are well for those who manage people, on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Helen Marsh', screen);
    for (const path of ['/people', '/people/absences', `/people/absences/add?person=${leader}`, `/people/${leader}/leaving`, '/tasks']) {
      expect([path, (await page.goto(base + path))?.status()]).toEqual([path, 200]);
      await expectWell(page);
    }
    await page.goto(`${base}/people/${leader}/leaving`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').getByRole('link').first().click();
    expect(await page.evaluate('document.activeElement.id')).toBe('first-day');
    await expectWell(page);
    await page.getByLabel('Day').fill('1');
    await page.getByLabel('Month').fill('12');
    await page.getByLabel('Year').fill('2025');
    for (const select of await page.getByLabel('Who follows?').all()) await select.selectOption('nobody');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check before you record it' }).waitFor();
    await expectWell(page);
    await page.goto(`${base}/people#posts`);
    await page.getByRole('link', { name: 'Holder and deputy of ASB Enforcement Officers: change' }).click();
    await expectWell(page);
    await page.getByLabel('Mailbox of the team').fill('none');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').getByRole('link').first().click();
    expect(await page.evaluate('document.activeElement.id')).toBe('teamMailbox');
    await expectWell(page);
    await page.getByLabel('Mailbox of the team').fill(`${'a-long-name-'.repeat(5)}@broxtowe.example`);
    await page
      .getByLabel('Who is the deputy?')
      .selectOption({ label: 'Leah Grant, Senior Communities Officer Violence and Domestic Abuse' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check before you change it' }).waitFor();
    await expectWell(page);
    await page.close();
  });

  it.each(SCREENS)('are well for one’s own, on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Maya Thornton', screen);
    await expectWell(page);
    await page.getByRole('link', { name: 'Say when you are away, and who stands in' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectWell(page);
    for (const [group, day] of [
      ['First day away', '10'],
      ['Last day away', '12'],
    ] as const) {
      await page.getByRole('group', { name: group }).getByLabel('Day').fill(day);
      await page.getByRole('group', { name: group }).getByLabel('Month').fill('11');
      await page.getByRole('group', { name: group }).getByLabel('Year').fill('2025');
    }
    await page.getByLabel('Who stands in?').selectOption({ label: 'Priya Nair, Communities and Crime Manager' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check before you record it' }).waitFor();
    await expectWell(page);
    await page.getByRole('button', { name: 'Change' }).click();
    expect(await page.getByRole('group', { name: 'First day away' }).getByLabel('Day').inputValue()).toBe('10');
    await page.close();
  });
});
