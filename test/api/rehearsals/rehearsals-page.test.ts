/** The pages of rehearsals with a real one behind them: asked for from the form, followed to its end, looked through, and from a meeting's preview. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Meeting, MeetingMove } from '../../../libs/database/entities/council.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Rehearsal } from '../../../libs/database/entities/rehearsal.js';
import { Message } from '../../../libs/database/entities/tasks.js';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
];

describe('rehearsals', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  /** The one that the first test asks for, which the others look at. */
  let id: string;

  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2026-01-05' });
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function signedIn(name: string, screen: (typeof SCREENS)[number], path: string): Promise<Page> {
    const page = await browser.newPage({ viewport: screen });
    await signIn(page, base, name, path);
    return page;
  }

  async function stateOf(): Promise<string> {
    return (await api.ask('performance', 'GET', `/api/v1/rehearsals/${id}?events=no`)).body['state'] as unknown as string;
  }

  it('are played from the preview of a meeting’s move, followed on their page, and change nothing real', async () => {
    const em = (): typeof api.council.orm.em => api.council.orm.em.fork();
    const meeting = await em().findOneOrFail(Meeting, { body: 'overview-and-scrutiny', date: '2026-01-20' });
    const page = await signedIn('Tom Ashworth', SCREENS[0]!, `/meetings/${meeting.id}/move?to-day=27&to-month=1&to-year=2026`);
    await expectWell(page);
    const rehearse = page.getByRole('button', { name: 'Rehearse this change first' });
    await page.getByLabel('Why is it moved? (optional)').fill('x'.repeat(1_001));
    await rehearse.click();
    await page.getByText('The reason must be 1,000 characters or fewer. Go back to the preview').waitFor();
    await page.goBack();
    await page.getByLabel('Why is it moved? (optional)').fill('The room is let');
    await rehearse.click();
    await page.getByRole('heading', { name: 'Rehearsal of 2026/27 with a meeting changed' }).waitFor();
    id = new URL(page.url()).pathname.split('/').at(-1)!;
    await expectWell(page);
    await picture(page, 'rehearsal-running-1280');
    await page
      .getByText('The meeting of Overview and Scrutiny Committee on Tuesday 20 January 2026 is moved to Tuesday 27 January 2026.')
      .waitFor();
    await page
      .getByText(/It has come to \d+ \w+ 202\d/)
      .first()
      .waitFor({ timeout: 90_000 });
    expect(Number(await page.getByRole('progressbar').getAttribute('value'))).toBeLessThan(100);
    await picture(page, 'rehearsal-under-way-1280');
    await page.getByRole('heading', { name: 'What happens' }).waitFor({ timeout: 150_000 });
    const done = await em().findOneOrFail(Rehearsal, { id }, { populate: ['events'] });
    expect([done.state, done.year, done.change?.to]).toEqual(['done', '2026-27', '2026-01-27']);
    expect(done.events!.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['decision', 'email', 'reminder', 'publication']));
    // What the real council itself does on its own day goes on meanwhile.
    expect(await em().count(Message, { createdAt: { $gte: new Date('2026-01-06') } })).toBe(0);
    expect(await em().count(MeetingMove)).toBe(0);
    expect((await api.council.plan()).at).toBe('drafting');
    expect((await em().findOneOrFail(Meeting, meeting.id)).date).toBe('2026-01-20');
    const trail = await em().find(AuditEntry, { act: 'rehearse' });
    expect(trail.map(({ subject, details }) => [subject, details['scenario']])).toEqual([['year 2026-27', 'on-time']]);
    await page.getByRole('button', { name: 'Now make the change' }).click();
    expect(await page.getByLabel('Why is it moved? (optional)').inputValue()).toBe('The room is let');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What moving the meeting changes');
    await page.close();
  });

  it.each(SCREENS)('are a timeline that is well on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Helen Marsh', screen, `/rehearsals/${id}`);
    await expectWell(page);
    await picture(page, `rehearsal-done-${screen.width}`);
    expect(await page.getByRole('button', { name: 'Now make the change' }).count()).toBe(0);
    const row = page.getByRole('region', { name: 'When each plan is through' }).getByRole('row').nth(1);
    expect(await row.getByRole('cell').allTextContents()).toEqual(
      ['8 January 2026', '15 January 2026', '27 January 2026', '10 March 2026', '24 March 2026', /In time/].map((text) =>
        expect.stringMatching(text),
      ),
    );
    await page.getByText('The numbers of the picture').click();
    await expectWell(page);
    await page.getByLabel('Kind', { exact: true }).selectOption('Reminders');
    await page.getByLabel('Person').selectOption('Tom Ashworth');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('person') === 'Tom Ashworth');
    const lines = await page.locator('.plancycle-events li').allTextContents();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/Reminder.*Tom Ashworth/s);
    await expectWell(page);
    await page.getByLabel('Kind', { exact: true }).selectOption('Publications');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Nothing of this kind happens.').waitFor();
    await expectWell(page);
    await page.close();
  });

  it.each(SCREENS)('are asked for on a page that is well on a screen of $width pixels', async (screen) => {
    const page = await signedIn('Helen Marsh', screen, '/cycle');
    await page.getByRole('link', { name: 'Rehearse the rest of the year' }).click();
    expect(await page.getByLabel('2026/27', { exact: true }).isChecked()).toBe(true);
    await expectWell(page);
    await picture(page, `rehearsals-${screen.width}`);
    await page.getByLabel('Another year, below').check();
    await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
    await expectOnlyError(page, 'Enter the year, like 2028/29');
    await expectWell(page);
    await page.getByLabel('The other year').fill('2019/20');
    await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
    await expectOnlyError(page, 'The year 2019/20 is over. Choose 2025/26 or a later one');
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('otherYear');
    await page.close();
  });

  it('are kept as files', async () => {
    const helen = await api.browse('performance');
    const csv = await api.app.inject({ url: `/rehearsals/${id}/download/csv`, cookies: helen.cookies });
    expect(csv.headers['content-disposition']).toBe('attachment; filename="rehearsal-2026-27.csv"');
    const lines = csv.body.split('\r\n');
    expect(lines[0]).toBe('\uFEFFDate,Time,Kind,Plan,Step,Who,What');
    const json = await api.app.inject({ url: `/rehearsals/${id}/download/json`, cookies: helen.cookies });
    expect(json.json<{ events: unknown[] }>().events).toHaveLength(lines.length - 2);
    expect((await helen.open(`/rehearsals/${id}/download/pdf`)).status).toBe(404);
  });

  it('tell programs what happened, and are there only for those whom the policy names', async () => {
    const { body } = await api.ask('performance', 'GET', `/api/v1/rehearsals/${id}`);
    expect(body).toMatchObject({ state: 'done', percent: 100, askedBy: 'Tom Ashworth', change: { from: '2026-01-20', to: '2026-01-27' } });
    expect(body['events']).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'decision', plan: 'community-safety' })]));
    expect(await stateOf()).toBe('done');
    expect((await api.ask('leader', 'GET', `/api/v1/rehearsals/${id}`)).status).toBe(403);
    expect((await api.ask('gmt', 'POST', '/api/v1/rehearsals', { year: '2026-27' }, newKey())).status).toBe(403);
    expect((await api.ask('performance', 'GET', `/api/v1/rehearsals/${randomUUID()}`)).status).toBe(404);
    expect((await api.ask('performance', 'POST', '/api/v1/rehearsals', { scenario: 'on-time' }, newKey())).status).toBe(422);
    const meeting = await api.council.orm.em.fork().findOneOrFail(Meeting, { body: 'overview-and-scrutiny', date: '2026-01-20' });
    const change = { meetingId: meeting.id, to: '2026-01-28' };
    expect((await api.ask('performance', 'POST', '/api/v1/rehearsals', { change }, newKey())).status).toBe(403);
    expect((await api.ask('clerk', 'POST', '/api/v1/rehearsals', { change: { ...change, to: '2025-12-01' } }, newKey())).status).toBe(422);
  });
});

/** The page that a click leads to is waited for before its errors are counted. */
async function expectOnlyError(page: Page, sentence: string): Promise<void> {
  const errors = page.getByRole('alert').getByRole('link');
  await errors.filter({ hasText: sentence }).waitFor();
  expect(await errors.allTextContents()).toEqual([sentence]);
}

/** For the eye: a folder in this variable gets a picture of each page. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PLANCYCLE_PICTURES'];
  if (folder)
    await page.screenshot({
      path: `${folder}/${name}.png`,
      fullPage: true,
      clip: { x: 0, y: 0, width: page.viewportSize()!.width, height: 2600 },
    });
}
