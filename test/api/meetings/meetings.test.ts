/** The calendar of meetings: what moving one would change is what it then changes, for programs and on the pages. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Meeting } from '../../../libs/database/entities/council.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { expectAccessible, expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const meetings = '/api/v1/meetings';

interface Change {
  title: string;
  before: string;
  after: string;
}

describe('the calendar of meetings', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const idOf = async (body: string, date: string): Promise<string> =>
    (await api.council.orm.em.fork().findOneOrFail(Meeting, { body, date })).id;
  const dates = async (): Promise<Record<string, unknown>> => ({
    ...(await api.council.orm.em.fork().findOneOrFail(Cycle, { year: '2026-27' })).dates,
  });

  it('lists every meeting with the days that follow from it', async () => {
    const { status, body } = await api.ask('officer', 'GET', meetings);
    expect(status).toBe(200);
    expect(body['meetings']).toContainEqual(
      expect.objectContaining({
        ...{ body: 'overview-and-scrutiny', name: 'Overview and Scrutiny Committee', date: '2026-01-20', moves: [] },
        ...{ considers: ['Business plans 2026/27'], finalReportDue: '2026-01-05', agendaPublished: '2026-01-12' },
      }),
    );
  });

  it('shows what a move would change and then changes just that', async () => {
    const id = await idOf('gmt', '2025-12-02');
    const before = await dates();
    const preview = await api.ask('clerk', 'GET', `${meetings}/${id}/move-preview?to=2025-12-09`);
    expect(preview).toMatchObject({ status: 200, body: { firstOfAprilHolds: true, clashes: [] } });
    expect(await dates()).toEqual(before);
    const key = newKey();
    const moved = await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2025-12-09', reason: 'The room is taken' }, key);
    expect(moved).toMatchObject({ status: 200, body: { number: 1 } });
    const again = await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2025-12-09', reason: 'The room is taken' }, key);
    expect([again.status, again.body]).toEqual([moved.status, moved.body]);
    const after = await dates();
    const changes = preview.body['changes'] as unknown as Change[];
    expect(changes.map(({ title }) => title)).toEqual(['Drafts are due', 'General Management Team meets']);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed.map((name) => [before[name], after[name]])).toEqual(changes.map((change) => [change.before, change.after]));
  });

  it('tells what then clashes, and that 1 April would not hold', async () => {
    const id = await idOf('overview-and-scrutiny', '2026-01-20');
    const late = await api.ask('clerk', 'GET', `${meetings}/${id}/move-preview?to=2026-03-26`);
    expect(late.body['firstOfAprilHolds']).toBe(false);
    const whys = (late.body['clashes'] as unknown as { what: string; why: string }[]).map(({ what, why }) => `${what}: ${why}`);
    expect(whys).toContainEqual(expect.stringContaining('before the committee has considered them'));
    expect(whys).toContainEqual(expect.stringContaining('Cabinet meets before Overview and Scrutiny Committee'));
    const holiday = await api.ask('clerk', 'GET', `${meetings}/${id}/move-preview?to=2026-05-04`);
    expect(holiday.body['clashes']).toContainEqual(expect.objectContaining({ why: expect.stringContaining('bank holiday') as unknown }));
  });

  it('is moved by clerks only, to days that can be', async () => {
    const id = await idOf('overview-and-scrutiny', '2026-01-20');
    const move = (person: 'leader' | 'clerk', to: string) => api.ask(person, 'POST', `${meetings}/${id}/moves`, { to }, newKey());
    expect((await move('leader', '2026-01-27')).status).toBe(403);
    expect(await move('clerk', '2025-10-01')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/date' }] } });
    expect((await move('clerk', '2026-02-30')).status).toBe(422);
    expect((await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2026-01-27' })).status).toBe(422);
  });

  describe('as calendars to subscribe to', () => {
    const feed = async (url: string): Promise<{ status: number; text: string }> => {
      const answer = await api.app.inject({ method: 'GET', url });
      return { status: answer.statusCode, text: answer.body.replaceAll('\r\n ', '') };
    };
    const entryOf = (text: string, uid: string): string => text.split('BEGIN:VEVENT').find((entry) => entry.includes(uid)) ?? '';

    it('has each committee’s meetings for anyone, and moves the same entry when a meeting moves', async () => {
      const id = await idOf('council', '2026-03-04');
      const before = entryOf((await feed('/broxtowe/calendars/council.ics')).text, `meeting-${id}@`);
      expect(before).toMatch(/SEQUENCE:0[\s\S]*DTSTART;VALUE=DATE:20260304/);
      await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2026-03-05' }, newKey());
      const after = entryOf((await feed('/broxtowe/calendars/council.ics')).text, `meeting-${id}@`);
      expect(after).toMatch(/SEQUENCE:1[\s\S]*DTSTART;VALUE=DATE:20260305/);
    });

    it('has a person’s own tasks, at an address that nobody guesses', async () => {
      const { page } = await (await api.browse('leader')).open('/meetings');
      const own =
        page
          .querySelectorAll('a')
          .find((link) => link.textContent === 'Your own dates')
          ?.getAttribute('href') ?? '';
      const { status, text } = await feed(own);
      expect(status).toBe(200);
      expect(text).toContain('SUMMARY:Write and submit the Community Safety Business Plan');
      expect((await feed(own.replace(/.{5}\.ics$/, 'AAAAA.ics'))).status).toBe(404);
    });

    it.each(['/broxtowe/calendars/gmt.ics', '/broxtowe/calendars/none.ics', '/nowhere/calendars/cabinet.ics'])(
      'has none at %s',
      async (url) => {
        expect((await feed(url)).status).toBe(404);
      },
    );
  });

  describe('in a browser', () => {
    let browser: Browser;
    let base: string;
    beforeAll(async () => {
      base = await api.address();
      browser = await launchBrowser();
    });
    afterAll(() => browser.close());

    it.each([1280, 390])('is moved by its clerk with what changes shown first, on a screen of %d pixels', async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await signIn(page, base, 'Tom Ashworth', '/meetings');
      await expectAccessible(page);
      await page.getByRole('link', { name: /Move the meeting of Overview and Scrutiny Committee/ }).click();
      await page.getByRole('button', { name: 'See what changes' }).click();
      await expectAccessible(page);
      await page.getByLabel('Day').fill('31');
      await page.getByLabel('Month').fill('2');
      await page.getByLabel('Year').fill('2026');
      await page.getByRole('button', { name: 'See what changes' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('must be a real date');
      await page.getByLabel('Day').fill(width > 500 ? '27' : '28');
      await page.getByLabel('Month').fill('1');
      await page.getByRole('button', { name: 'See what changes' }).click();
      await expectAccessible(page);
      expect(await page.getByRole('table').textContent()).toContain('Agenda is published');
      await page.getByRole('button', { name: 'Move the meeting' }).click();
      await page.getByText('The meeting has been moved').waitFor();
      await expectWell(page);
      await page.close();
    });
  });
});
