/** The clerk's pages of meetings in a browser: adding, calling off, the agenda, the council's calendar, and a long list. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Meeting } from '../../../libs/database/entities/council.js';
import { UploadedCalendar } from '../../../libs/database/entities/uploads.js';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

describe.each([1280, 390])('meetings on a screen of %d pixels', (width) => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2026-01-15' });
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function signedIn(name: string): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    await signIn(page, base, name, '/meetings');
    return page;
  }

  async function fillDay(page: Page, day: string, month: string, year: string): Promise<void> {
    await page.getByLabel('Day').fill(day);
    await page.getByLabel('Month').fill(month);
    await page.getByLabel('Year').fill(year);
  }

  it('are added after what speaks against the day is shown', async () => {
    const page = await signedIn('Tom Ashworth');
    await page.getByRole('button', { name: 'Add a meeting' }).click();
    await expectWell(page);
    await page.getByLabel('Time').fill('late');
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(
      /Choose who meets[\s\S]*Enter the day of the meeting[\s\S]*Write the time like/,
    );
    await expectWell(page);
    await page.getByLabel('Cabinet').check();
    await fillDay(page, '18', '1', '2026');
    await page.getByLabel('Time').fill('6.30 pm');
    await page.getByLabel('Place').fill('Council Chamber');
    await page.getByLabel('Extraordinary').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expectWell(page);
    expect(await page.locator('main').textContent()).toMatch(/a weekend[\s\S]*Its agenda would have to be published by/);
    await page.getByRole('button', { name: 'Add the meeting' }).click();
    await page.getByText('The meeting has been added').waitFor();
    await expectWell(page);
    expect(await api.council.orm.em.fork().findOneOrFail(Meeting, { body: 'cabinet', date: '2026-01-18' })).toMatchObject({
      ...{ time: '18:30', place: 'Council Chamber', extraordinary: true, considers: [] },
    });
    await page.getByRole('link', { name: 'Change time, place or address' }).click();
    await page.getByLabel('Address of its page').fill('democracy');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Copy the full address');
    await expectWell(page);
    await page.getByLabel('Address of its page').fill('https://democracy.broxtowe.example/ieListDocuments.aspx?CId=229&MId=5400');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: /ieListDocuments/ }).waitFor();
    await expectWell(page);
  });

  it('have their agenda recorded as published, and say when that is late', async () => {
    const page = await signedIn('Tom Ashworth');
    expect(await page.getByRole('row', { name: /20 January 2026.*Overview and Scrutiny/ }).textContent()).toContain('Late');
    await page.getByRole('link', { name: /Tuesday 20 January 2026/ }).click();
    await expectWell(page);
    expect(await page.locator('main').textContent()).toContain('It was due on Monday 12 January 2026');
    await page.getByLabel('Day').fill('30');
    await page.getByRole('button', { name: 'Record that the agenda is published' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('is still to come');
    await expectWell(page);
    await page.getByLabel('Day').fill('14');
    await page.getByRole('button', { name: 'Record that the agenda is published' }).click();
    await page.getByText('The agenda is recorded as published').waitFor();
    expect(await page.locator('main').textContent()).toContain('Wednesday 14 January 2026, late');
  });

  it('are called off with another one considering their business, and what that changes shown first', async () => {
    const page = await signedIn('Tom Ashworth');
    await page.getByRole('link', { name: /Tuesday 20 January 2026/ }).click();
    await page.getByRole('link', { name: 'Cancel it' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'See what changes' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Enter the day of the extraordinary meeting');
    await expectWell(page);
    await fillDay(page, '26', '3', '2026');
    await page.getByRole('button', { name: 'See what changes' }).click();
    await expectWell(page);
    expect(await page.locator('main').textContent()).toContain('The plans could not be published before 1 April');
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await fillDay(page, '17', '2', '2026');
    await page.getByRole('button', { name: 'See what changes' }).click();
    expect(await page.getByRole('table').textContent()).toContain('Overview and Scrutiny Committee meets');
    await page.getByLabel('What was the reason?').fill('Snow');
    await page.getByRole('button', { name: 'Cancel the meeting' }).click();
    await page.getByText('The meeting is cancelled.').waitFor();
    await expectWell(page);
    expect(await page.getByRole('row', { name: /^Tuesday 17 February 2026/ }).textContent()).toContain(
      'Instead of the meeting on 20 January 2026',
    );
    await page.getByRole('link', { name: /Tuesday 20 January 2026/ }).click();
    expect(await page.locator('main').textContent()).toMatch(/17 February 2026 considers its business: Snow/);
    expect(await page.getByRole('link', { name: /Move it|Cancel it/ }).count()).toBe(0);
    await expectWell(page);
  });

  it('that are over are recorded as held, or as inquorate with the business at a later one', async () => {
    const page = await signedIn('Tom Ashworth');
    await page.getByRole('columnheader', { name: 'What next' }).first().waitFor();
    await page.getByRole('link', { name: /Was it held\? The meeting of Cabinet on 2 December 2025/ }).click();
    await page.getByRole('button', { name: 'Record that it was held' }).click();
    await page.getByText('The meeting is recorded as held').waitFor();
    await page.getByRole('link', { name: /inquorate/ }).click();
    await page.getByRole('button', { name: 'See what changes' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Choose which meeting considers it instead');
    await page.getByLabel('Tuesday 3 February 2026').check();
    await page.getByRole('button', { name: 'See what changes' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Record that it was inquorate' }).click();
    await page.getByText('It is recorded that the meeting was inquorate').waitFor();
  });

  it('come in with the council’s calendar, which is shown before it is taken over', async () => {
    const page = await signedIn('Tom Ashworth');
    await page.getByRole('button', { name: 'Bring in the council’s calendar' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Read the calendar' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Choose the file');
    const send = async (text: string, name = 'calendar.csv'): Promise<void> => {
      await page.getByLabel('The calendar').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: 'Read the calendar' }).click();
    };
    await send('a,b\n1,2\n');
    expect(await page.getByRole('alert').textContent()).toContain('This is no list of meetings');
    await send(' '.repeat(2_200_000));
    expect(await page.getByRole('alert').textContent()).toContain('larger than 2 MB');
    await expectWell(page);
    const csv = `Committee,MId,Date,Time,Location\nCabinet,1,03/02/2026,18:00,${'A very long name of a hall '.repeat(5)}\nCouncil,2,09/04/2026,19:00,\nCouncil,3,14/05/2026,19:00,\nLicensing,4,01/02/2026,,\n`;
    await send(csv);
    await expectWell(page);
    expect(await page.locator('main').textContent()).toMatch(/2 new, 1 with another time, place or address[\s\S]*Licensing \(1 meeting\)/);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('The calendar has been taken over: 2 meetings added, 1 meeting changed.').waitFor();
    expect(await api.council.orm.em.fork().count(UploadedCalendar)).toBe(0);
    await page.goto(`${base}/meetings/import`);
    await send(csv.replace('09/04/2026', '16/04/2026'));
    expect(await page.locator('main').textContent()).toContain('Council, Thursday 9 April 2026: there on Thursday 16 April 2026');
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('what it says otherwise stands beside each meeting').waitFor();
    await expectWell(page);
    await page.getByRole('link', { name: /See what moving it there changes for the meeting of Council on 9 April 2026/ }).click();
    expect(await page.locator('main').textContent()).toContain('From Thursday 9 April 2026 to Thursday 16 April 2026');
    await page.goto(`${base}/meetings/import`);
    await send(csv.replace('09/04/2026', '16/04/2026'));
    expect(await page.getByRole('button', { name: 'Take over' }).count()).toBe(0);
    await page.goto(`${base}/meetings/import`);
    await send(`${csv.replace('Council,3', 'Postponed - Council,3')}Extraordinary Council,5,21/05/2026,,\n`);
    expect(await page.locator('main').textContent()).toMatch(
      /Postponed there[\s\S]*Council, Thursday 14 May 2026[\s\S]*Council \(extraordinary\)/,
    );
    await expectWell(page);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('It is postponed in the council’s calendar.').waitFor();
    await expectWell(page);
    await page.getByRole('link', { name: /^Move it for the meeting of Council on 14 May 2026/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Move the meeting of Council' }).waitFor();
    await page.goto(`${base}/meetings/import`);
    await send('BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Cabinet\nDTSTART:2026-02-31\n', 'calendar.ics');
    expect(await page.getByRole('alert').textContent()).toContain('The entry “Cabinet” of the calendar, from line 2 on, is not complete');
  });

  it('are a long list that can be one committee’s, empty too, and that others only read', async () => {
    const em = api.council.orm.em.fork();
    for (let number = 0; number < 100; number += 1)
      em.create(Meeting, {
        ...{ id: randomUUID(), councilId: 'broxtowe', body: number % 2 ? 'cabinet' : 'council', considers: [] },
        date: new Date(Date.UTC(2027, 0, 1 + number * 3)).toISOString().slice(0, 10),
      });
    await em.flush();
    const page = await signedIn('Maya Thornton');
    expect(await page.getByRole('row').count()).toBeGreaterThan(100);
    expect(await page.getByRole('link', { name: /^Move the meeting/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Add a meeting' }).count()).toBe(0);
    await expectWell(page);
    await page.getByRole('navigation', { name: 'Whose meetings' }).getByRole('link', { name: 'General Management Team' }).click();
    expect(new URL(page.url()).search).toBe('?body=gmt');
    expect(await page.getByRole('row', { name: /Cabinet|Council/ }).count()).toBe(0);
    await em.nativeUpdate(Meeting, { body: 'gmt', date: { $gt: '2026-01-15' } }, { body: 'council-tax-panel' });
    await page.reload();
    expect(await page.locator('main').textContent()).toContain('No meeting of General Management Team is coming.');
    await expectWell(page);
    await page.goto(`${base}/meetings/${randomUUID()}`);
    expect(await page.locator('main').textContent()).toContain('There is no such meeting');
  });
});
