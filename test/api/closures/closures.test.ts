/** Closures and polling days by page and by program: what is shown before, what then is, and who may. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Council } from '../../../libs/database/entities/council.js';
import { RoleGrant } from '../../../libs/database/entities/people.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Notice } from '../../../libs/database/entities/tasks.js';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';

const api_ = '/api/v1/closures';

interface Preview {
  what: string;
  changes: { of: string; title: string; before: string; after: string; isOpen: boolean }[];
  clashes: { what: string; why: string }[];
  firstOfAprilHolds: boolean | null;
  previewHash: string;
}

describe('the closures and polling days of a council', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const days = async (): Promise<Record<string, unknown>> => (await api.ask('leader', 'GET', api_)).body;
  const preview = async (change: object): Promise<Preview> => {
    const answer = await api.ask('clerk', 'POST', `${api_}/preview`, change);
    expect(answer.status).toBe(200);
    return answer.body as unknown as Preview;
  };
  const change = (wanted: object, key = newKey(), person: 'clerk' | 'performance' | 'leader' = 'clerk'): Promise<JsonAnswer> =>
    api.ask(person, 'POST', `${api_}/changes`, wanted, key);
  const draftDue = async (): Promise<string> => (await api.council.orm.em.fork().findOneOrFail(Cycle, { year: '2026-27' })).dates.draftDue;
  const filled = (name: string, date: string): string =>
    date
      .split('-')
      .map((part, index) => `${name}-${['year', 'month', 'day'][index]}=${Number(part)}`)
      .join('&');

  it('are none in the demonstration, and the next ordinary day of election is suggested, not added', async () => {
    expect(await days()).toEqual({ closures: [], pollingDays: [], ordinaryElectionDay: '2026-05-07' });
    const clerk = await api.browse('clerk');
    const { page } = await clerk.open('/closures');
    expect(page.querySelector('main')?.textContent).toMatch(/None besides bank holidays[\s\S]*None on record[\s\S]*Thursday 7 May 2026/);
    const suggested = (await clerk.open('/closures/add-poll?date=2026-05-07&suggested=yes')).page;
    expect(suggested.querySelector('.govuk-error-summary')).toBeNull();
    const typed = ['day', 'month', 'year'].map((part) => suggested.querySelector(`#date-${part}`)?.getAttribute('value'));
    expect(typed).toEqual(['7', '5', '2026']);
    expect((await days())['pollingDays']).toEqual([]);
  });

  it('that hold up the publication are told as the pre-election clash, before the polling day is added', async () => {
    const poll = { act: 'add-poll', date: '2026-04-16', name: 'By-election in Beeston' };
    const told = await preview(poll);
    expect(told).toMatchObject({ what: 'Thursday 16 April 2026 is a polling day: By-election in Beeston.', changes: [] });
    expect(told.clashes).toEqual([
      {
        what: 'Publication on Tuesday 24 March 2026',
        why: expect.stringContaining('The pre-election period begins on Tuesday 10 March 2026') as unknown,
      },
    ]);
    const helen = await api.browse('performance');
    const { page } = await helen.open(`/closures/add-poll?${filled('date', poll.date)}&name=By-election+in+Beeston`);
    expect(page.querySelector('main')?.textContent).toContain('The Monitoring Officer decides whether plans go out without publicity.');
    expect((await days())['pollingDays']).toEqual([]);
    expect((await helen.sendForm(page, '/closures/add-poll', {})).status).toBe(303);
    const done = (await helen.open('/closures')).page.querySelector('.govuk-notification-banner')?.text;
    expect(done).toContain('The polling day has been added. Nobody’s dates change, so nobody gets an e-mail.');
    expect((await days())['pollingDays']).toEqual([{ date: poll.date, name: poll.name }]);
  });

  it('are shown with what they change, and change just that; sent twice it counts once', async () => {
    const closure = { act: 'close', from: '2025-11-24', to: '2025-11-28', reason: 'The offices move' };
    const told = await preview(closure);
    expect(told.changes).toContainEqual({
      ...{ of: 'Business plans 2026/27', title: 'Drafts are due', before: '2025-11-18', after: '2025-11-11', isOpen: true },
    });
    expect(await draftDue()).toBe('2025-11-18');
    const clerk = await api.browse('clerk');
    const check = (await clerk.open(`/closures/close?${filled('from', closure.from)}&${filled('to', closure.to)}&reason=The+offices+move`))
      .page;
    expect(check.querySelector('main')?.textContent).toContain('Tuesday 11 November 2025');
    for (let click = 1; click <= 2; click++)
      expect(await clerk.sendForm(check, '/closures/close', {})).toMatchObject({ status: 303, location: '/closures' });
    const done = (await clerk.open('/closures')).page.querySelector('.govuk-notification-banner')?.text;
    expect(done).toContain('The closure has been added. Everyone whose dates change gets one e-mail.');
    expect(await draftDue()).toBe('2025-11-11');
    expect((await days())['closures']).toEqual([{ from: closure.from, to: closure.to, reason: closure.reason }]);
    const em = api.council.orm.em.fork();
    expect(await em.count(AuditEntry, { act: 'add closure' })).toBe(1);
    expect(await em.count(Notice, { kind: 'calendar-changed', recipient: 'maya.thornton@broxtowe.example' })).toBe(1);
    // Whoever looks at deadlines afterwards sees them by the new calendar.
    const warned = await api.ask('clerk', 'POST', '/api/v1/meetings', { body: 'cabinet', date: '2025-11-26' }, newKey());
    expect(JSON.stringify(warned.body['warnings'])).toContain('a day on which the council is closed');
  });

  it('are not changed where something else would follow by now than was shown', async () => {
    const closure = { act: 'close', from: '2026-01-05', to: '2026-01-05', reason: 'Stocktaking' };
    const { previewHash } = await preview(closure);
    const clerk = await api.browse('clerk');
    const check = (await clerk.open(`/closures/close?${filled('from', closure.from)}&reason=Stocktaking`)).page;
    expect((await change({ act: 'close', from: '2026-01-06', to: '2026-01-06', reason: 'Works' })).status).toBe(200);
    expect(await change({ ...closure, previewHash })).toMatchObject({ status: 412, body: { errors: [{ pointer: '/previewHash' }] } });
    const again = await clerk.sendForm(check, '/closures/close', {});
    expect(again.status).toBe(412);
    expect(again.page.querySelector('.govuk-error-summary')?.textContent).toContain('Something has changed since');
    expect((await days())['closures']).not.toContainEqual(expect.objectContaining({ from: closure.from }));
    expect((await clerk.sendForm(again.page, '/closures/close', {})).status).toBe(303);
    expect((await days())['closures']).toContainEqual({ from: closure.from, to: closure.to, reason: closure.reason });
    for (const day of ['2026-01-05', '2026-01-06']) await change({ act: 'open-again', from: day, to: day });
  });

  it('on the day of a meeting are told as a clash', async () => {
    const { clashes } = await preview({ act: 'close', from: '2026-02-03', to: '2026-02-03', reason: 'Works' });
    expect(clashes).toContainEqual({
      what: 'Cabinet on Tuesday 3 February 2026',
      why: 'The council is closed then. Move the meeting, or leave that day open.',
    });
  });

  it('are removed in the same way, and every date is where it was', async () => {
    const clerk = await api.browse('clerk');
    const link = (await clerk.open('/closures')).page.querySelector('a[href^="/closures/open-again"]')?.getAttribute('href');
    const check = (await clerk.open(link!.replaceAll('&amp;', '&'))).page;
    expect(check.querySelector('main')?.textContent).toContain(
      'is not closed from Monday 24 November 2025 to Friday 28 November 2025 after all',
    );
    expect(await clerk.sendForm(check, '/closures/open-again', {})).toMatchObject({ status: 303 });
    expect((await days())['closures']).toEqual([]);
    expect(await draftDue()).toBe('2025-11-18');
  });

  it.each([
    ['close', `${filled('from', '2025-11-01')}&reason=x`, '#from-day', 'has passed'],
    ['close', `${filled('from', '2025-12-01')}&${filled('to', '2025-11-28')}&reason=x`, '#to-day', 'must be the first day or later'],
    ['close', `${filled('from', '2025-12-01')}`, '#reason', 'Say why'],
    ['close', 'from-day=1&reason=x', '#from-month', 'The first day must include a month and a year'],
    ['add-poll', `${filled('date', '2026-06-04')}`, '#name', 'Say what is elected'],
    ['remove-poll', 'date=2026-06-04', '#date-day', 'is no polling day'],
    ['remove-poll', 'date=tomorrow', '#date-day', 'Write the day'],
  ])('are refused as %s?%s', async (act, query, field, words) => {
    const { status, page } = await (await api.browse('clerk')).open(`/closures/${act}?${query}`);
    const links = page.querySelectorAll('.govuk-error-summary a').map((link) => [link.getAttribute('href'), link.textContent.trim()]);
    expect([status, links]).toEqual([422, [[field, expect.stringContaining(words)]]]);
  });

  const allWords = 'Say what is elected, such as “County Council”';
  it.each([
    ['close', 'from-day=', { '#from-day': 'Enter the first day', '#reason': 'Say why the council is closed' }],
    [
      'close',
      `${filled('from', '2025-12-01')}&${filled('to', '2025-11-28')}`,
      { '#to-day': 'The last day must be the first day or later', '#reason': 'Say why the council is closed' },
    ],
    [
      'close',
      filled('from', '2025-11-01'),
      { '#from-day': '1 November 2025 has passed. Choose a day from today on', '#reason': 'Say why the council is closed' },
    ],
    ['add-poll', 'date-day=3', { '#date-month': 'The polling day must include a month and a year', '#name': allWords }],
  ])('are told all that is wrong at once, in the order of the page: %s?%s', async (act, query, expected) => {
    const { status, page } = await (await api.browse('clerk')).open(`/closures/${act}?${query}`);
    const links = page.querySelectorAll('.govuk-error-summary a').map((link) => [link.getAttribute('href'), link.textContent.trim()]);
    expect([status, links]).toEqual([422, Object.entries(expected)]);
    expect(page.querySelectorAll('.govuk-error-message')).toHaveLength(2);
  });

  it('are refused to programs field by field, and count once for each key', async () => {
    const unnamed = await change({ act: 'add-poll', date: '2026-06-04', name: ' ' });
    expect(unnamed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/name' }] } });
    expect((await change({ act: 'burn-down' })).status).toBe(422);
    expect((await api.ask('clerk', 'POST', `${api_}/changes`, { act: 'remove-poll', date: '2026-04-16' })).status).toBe(422);
    const key = newKey();
    const poll = { act: 'add-poll', date: '2026-06-04', name: 'County Council' };
    const first = await change(poll, key);
    expect(await change(poll, key)).toMatchObject({ status: 200, body: first.body });
    expect((await change({ ...poll, date: '2026-06-11' }, key)).status).toBe(422);
  });

  it('are seen by everybody, and changed by the performance team and clerks of all committees only', async () => {
    const poll = { act: 'add-poll', date: '2026-07-02', name: 'Parliament' };
    expect((await change(poll, newKey(), 'leader')).status).toBe(403);
    const leader = await api.browse('leader');
    expect((await leader.open('/closures')).page.querySelector('main a[href="/closures/close"]')).toBeNull();
    expect((await leader.open('/closures/close')).status).toBe(403);
    expect((await (await api.browse('clerk')).open('/closures/burn-down')).status).toBe(404);
    const em = api.council.orm.em.fork();
    await em.nativeUpdate(RoleGrant, { role: 'committee-clerk' }, { scope: 'cabinet' });
    try {
      expect((await change(poll)).status).toBe(403);
      expect((await (await api.browse('clerk')).open('/closures')).page.querySelector('main a[href="/closures/close"]')).toBeNull();
    } finally {
      await em.nativeUpdate(RoleGrant, { role: 'committee-clerk' }, { scope: null });
    }
    expect((await em.findOneOrFail(Council, 'broxtowe')).settings.timetable.pollingDays).toEqual(['2026-04-16', '2026-06-04']);
  });

  it.each([1280, 390])('are on pages that are accessible, on a screen of %d pixels', async (width) => {
    const base = await api.address();
    const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    await signIn(page, base, 'Tom Ashworth', '/meetings');
    await page.getByRole('link', { name: 'Closures and polling days' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Add a closure' }).click();
    await page.getByRole('button', { name: 'See what changes' }).click();
    await page.getByRole('alert').getByRole('link').first().click();
    expect(await page.evaluate('document.activeElement.id')).toBe('from-day');
    await expectWell(page);
    await page.getByRole('group', { name: 'The first day' }).getByLabel('Day').fill('24');
    await page.getByRole('group', { name: 'The first day' }).getByLabel('Month').fill('11');
    await page.getByRole('group', { name: 'The first day' }).getByLabel('Year').fill('2025');
    await page.getByLabel('Why is the council closed?').fill('The offices move');
    await page.getByRole('button', { name: 'See what changes' }).click();
    await page.getByRole('heading', { name: 'Dates that change' }).waitFor();
    await expectWell(page);
    await page.close();
  });
});
