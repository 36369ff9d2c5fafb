/** Absences as people and programs record them, and what everybody then sees: tasks, the board, the history, who may sign in. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBrokenEntry } from '../../../libs/database/audit-trail.js';
import { Absence, Person, Post } from '../../../libs/database/entities/people.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Notice } from '../../../libs/database/entities/tasks.js';
import { councilId, people, type PersonInTest } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';
import type { PlainBrowser } from '../plain-browser.js';

const absences = '/api/v1/absences';

describe('absences', () => {
  let api: CouncilWithApi;
  const ids = {} as Record<PersonInTest, string>;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    for (const person of Object.keys(people) as PersonInTest[]) ids[person] = await api.council.personId(person);
  });
  afterAll(() => api.close());

  interface TaskJson {
    title: string;
    onBehalfOf: string | null;
    isUnattended: boolean;
  }
  const tasksOf = async (person: PersonInTest): Promise<TaskJson[]> =>
    (await api.ask(person, 'GET', '/api/v1/tasks')).body['tasks'] as unknown as TaskJson[];
  const heldBy = async (): Promise<string[]> => {
    const { body } = await api.ask('officer', 'GET', '/api/v1/cycles/2026-27');
    return (body['plans'] as unknown as { heldBy: string[] }[])[0]!.heldBy;
  };
  const told = async (kind: string): Promise<unknown[]> =>
    (await api.council.orm.em.fork().find(Notice, { kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } })).map(
      ({ facts }) => facts['recipientName'],
    );
  const record = (person: PersonInTest, body: object, key = newKey()): Promise<JsonAnswer> => api.ask(person, 'POST', absences, body, key);
  const errorsOf = ({ body }: JsonAnswer): string[] =>
    (body['errors'] as unknown as { pointer: string; detail: string }[]).map(({ pointer, detail }) => `${pointer} ${detail}`);
  const textOf = async (browser: PlainBrowser, url: string): Promise<string> => (await browser.open(url)).page.querySelector('main')!.text;

  const week = { firstDay: '2025-11-03', lastDay: '2025-11-07' };

  it('show before they are recorded what goes to whom, and write nothing', async () => {
    const preview = await api.ask('leader', 'POST', `${absences}/preview`, { ...week, standInId: ids.officer });
    expect(preview).toMatchObject({
      status: 200,
      body: {
        ...{ person: people.leader, standIn: people.officer, tasks: ['Write and submit the Community Safety Business Plan 2026–2029'] },
        matters: [
          { title: 'Head of Communities and Community Safety', goesTo: people.officer },
          { title: 'Head of service (community safety)', goesTo: people.officer },
          { title: 'Priority leader (community safety)', goesTo: people.officer },
        ],
      },
    });
    expect(await api.council.orm.em.fork().count(Absence, {})).toBe(0);
  });

  it('are recorded once, however often the request comes, and are on record without their reason', async () => {
    const key = newKey();
    const body = { ...week, standInId: ids.officer, reason: 'An operation' };
    const first = await record('leader', body, key);
    expect(first.status).toBe(201);
    expect((await record('leader', body, key)).body).toEqual(first.body);
    expect((await record('leader', { ...body, lastDay: '2025-11-08' }, key)).body).toMatchObject({ title: 'Idempotency-Key used before' });
    const em = api.council.orm.em.fork();
    expect(await em.count(Absence, {})).toBe(1);
    const entries = await em.find(AuditEntry, { act: 'record absence' });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ personId: ids.leader, subject: `person ${ids.leader}`, details: { ...week, standIn: ids.officer } });
    expect(JSON.stringify(entries)).not.toContain('operation');
  });

  it('that begin today are told to who stands in at once', async () => {
    expect(await told('stand-in-begins')).toEqual([people.officer]);
    expect(JSON.stringify(await api.council.orm.em.fork().find(Notice, { kind: 'stand-in-begins' }))).not.toContain('operation');
  });

  it('give who stands in the tasks, roles and pages of the person, marked as theirs', async () => {
    expect(await tasksOf('officer')).toMatchObject([
      { title: 'Write and submit the Community Safety Business Plan 2026–2029', onBehalfOf: people.leader },
    ]);
    expect(await heldBy()).toEqual(['Priya Nair for Maya Thornton']);
    const officer = await api.browse('officer');
    expect(await textOf(officer, '/tasks')).toContain('For Maya Thornton, who is away');
    expect(await textOf(officer, '/sign-in')).toContain('Priority leader (community safety) for Maya Thornton');
    expect((await officer.open('/plans/2026-27/community-safety/draft')).status).toBe(200);
    const meetings = await officer.open('/meetings');
    const calendar = await api.app.inject(meetings.page.querySelector('main a[href^="/calendars/"]')!.getAttribute('href')!);
    expect(calendar.body.replaceAll(/\r\n /g, '')).toContain('SUMMARY:Write and submit the Community Safety Business Plan');
    const leader = await api.browse('leader');
    expect(await textOf(leader, '/tasks')).toContain('Priya Nair stands in for you');
  });

  it('are seen whole by those who manage people, and by others only where they are their own', async () => {
    expect((await api.ask('gmt', 'GET', absences)).status).toBe(403);
    expect((await api.ask('gmt', 'GET', `${absences}?own=yes`)).body).toEqual({ absences: [] });
    const list = { absences: [{ person: people.leader, standIn: people.officer, reason: 'An operation', is: 'now', ...week }] };
    expect((await api.ask('performance', 'GET', absences)).body).toMatchObject(list);
    expect((await api.ask('leader', 'GET', `${absences}?own=yes`)).body).toMatchObject(list);
  });

  it.each<[string, PersonInTest, object, number, string]>([
    ['in the days of another', 'leader', { ...week, standInId: null }, 422, 'recorded as away from 3 November 2025 to 7 November 2025'],
    ['with oneself', 'clerk', { ...week, standInId: '' }, 422, '/standInId'],
    ['with a circle', 'officer', { ...week, standInId: 'leader' }, 422, 'leads back to Priya Nair'],
    ['that end before they begin', 'clerk', { firstDay: '2025-11-07', lastDay: '2025-11-03', standInId: null }, 422, '/lastDay'],
    ['on a day that does not exist', 'clerk', { firstDay: '2025-02-30', lastDay: '2025-11-03', standInId: null }, 422, '/firstDay'],
    ['of somebody else', 'clerk', { ...week, personId: 'gmt', standInId: null }, 403, 'Only the performance team and administrators'],
    ['of somebody unknown', 'performance', { ...week, personId: 'nobody', standInId: null }, 422, '/personId'],
  ])('are refused %s', async (_, person, body, status, words) => {
    const named = Object.entries(body).map(([name, value]) => [
      name,
      name.endsWith('Id') ? (ids[value as PersonInTest] ?? value) : (value as unknown),
    ]);
    const answer = await record(person, Object.fromEntries(named) as object);
    expect(answer.status).toBe(status);
    expect(status === 422 ? errorsOf(answer).join() : JSON.stringify(answer.body)).toContain(words);
  });

  it('keep both names in the history, the decisions and the versions of a plan', async () => {
    const officer = await api.browse('officer');
    const { page } = await officer.open('/tasks');
    const task = page.querySelector('main table a')!.getAttribute('href')!;
    const open = await officer.open(task);
    expect(open.page.text).toContain('You do this for Maya Thornton. The record keeps both names.');
    expect((await officer.sendForm(open.page, task, {})).location).toBe('/plans/2026-27/community-safety');
    const plan = await textOf(officer, '/plans/2026-27/community-safety');
    expect(plan).toContain('Submitted to GMT review by Priya Nair for Maya Thornton');
    expect(plan.match(/Submitted by Priya Nair for Maya Thornton/g)).toHaveLength(1);
  });

  it('of everybody who could do it are seen: nobody on the board, with the performance team, who cannot decide', async () => {
    await record('performance', { ...week, personId: ids.otherGmt, standInId: null });
    await record('performance', { ...week, personId: ids.gmt, standInId: ids.otherGmt });
    expect(await heldBy()).toEqual(['nobody']);
    expect(await tasksOf('performance')).toMatchObject([{ title: expect.stringContaining('Review the') as unknown, isUnattended: true }]);
    expect(await told('nobody-there')).toEqual([people.performance, 'Sam Whitlock']);
    expect(await told('absence-recorded')).toEqual([people.otherGmt, people.gmt].sort());
    const performance = await api.browse('performance');
    const list = await performance.open('/tasks');
    expect(list.page.text).toContain('Nobody is there for it');
    const task = await performance.open(list.page.querySelector('main table a')!.getAttribute('href')!);
    expect(task.page.text).toContain('Nobody is there for this task');
    expect(task.page.querySelectorAll('main form')).toHaveLength(0);
    const step = { step: 'agree', versionHash: 'a'.repeat(64) };
    expect((await api.ask('performance', 'POST', '/api/v1/plans/2026-27/community-safety/steps', step, newKey())).status).not.toBe(200);
  });

  it('end early once, and everything is back with the person, who is told', async () => {
    const all = (await api.ask('performance', 'GET', absences)).body['absences'] as unknown as { id: string; person: string }[];
    const gmt = all.find(({ person }) => person === people.gmt)!;
    expect((await api.ask('clerk', 'POST', `${absences}/${gmt.id}/end`)).status).toBe(404);
    const ended = await api.ask('gmt', 'POST', `${absences}/${gmt.id}/end`);
    expect(ended).toMatchObject({ status: 200, body: { lastDay: '2025-11-02', is: 'withdrawn' } });
    expect((await api.ask('gmt', 'POST', `${absences}/${gmt.id}/end`)).body).toEqual(ended.body);
    expect(await heldBy()).toEqual([people.gmt]);
    expect(await tasksOf('performance')).toEqual([]);
    expect(await api.council.orm.em.fork().count(AuditEntry, { act: 'end absence' })).toBe(1);
  });

  it('end early, and who was told to stand in is told that it is over', async () => {
    const { firstDay } = week;
    const asked = { firstDay, lastDay: '2025-11-07', standInId: ids.clerk, reason: '' };
    const { body } = await record('performance', asked, newKey());
    await api.ask('performance', 'POST', `${absences}/${body['id'] as unknown as string}/end`);
    expect(await told('stand-in-ends')).toEqual([people.clerk]);
    const [notice] = await api.council.orm.em.fork().find(Notice, { kind: 'stand-in-ends' });
    expect(notice?.facts).toMatchObject({ personName: people.performance, expected: '2025-11-07' });
  });

  it('by page: one form, shown again with every error, checked, recorded once though sent twice, and ended', async () => {
    const clerk = await api.browse('clerk');
    const { page } = await clerk.open('/absence');
    const wrong = await clerk.sendForm(page, '/absence', { 'first-day': '31', 'first-month': '2', 'first-year': '2026', step: 'check' });
    expect(wrong.status).toBe(422);
    expect(wrong.page.querySelectorAll('.govuk-error-summary__list li').map((one) => one.text.trim())).toEqual([
      'The first day away must be a real date, such as 27 1 2026',
      'Enter the last day away',
      'Choose who stands in, or nobody',
    ]);
    const days = {
      'first-day': '10',
      'first-month': '11',
      'first-year': '2025',
      'last-day': '12',
      'last-month': '11',
      'last-year': '2025',
    };
    const self = await clerk.sendForm(page, '/absence', { ...days, standIn: ids.clerk, step: 'check' });
    expect(self.page.querySelector('#standIn-error')?.text).toContain('Tom Ashworth cannot stand in for themselves');
    const check = await clerk.sendForm(page, '/absence', { ...days, standIn: ids.performance, reason: 'Leave', step: 'check' });
    expect(check.page.querySelector('main')!.text).toContain('Tom Ashworth, from Monday 10 November 2025 to Wednesday 12 November 2025');
    const sent = await Promise.all([1, 2].map(() => clerk.sendForm(check.page, '/absence', { step: 'record' })));
    expect(sent.map(({ status, location }) => [status, location])).toEqual(Array(2).fill([303, '/absence']));
    const { page: own } = await clerk.open('/absence');
    expect(own.text).toContain('You are recorded as away from Monday 10 November 2025');
    expect(await api.council.orm.em.fork().count(Absence, { personId: ids.clerk })).toBe(1);

    const performance = await api.browse('performance');
    const list = await performance.open('/people/absences');
    const { id } = await api.council.orm.em.fork().findOneOrFail(Absence, { personId: ids.clerk });
    expect(list.page.text).toContain('Coming');
    expect((await performance.sendForm(list.page, `/people/absences/${id}/end`, {})).status).toBe(303);
    const ended = await textOf(performance, '/people/absences');
    expect(ended).toContain('The absence of Tom Ashworth is withdrawn.');
    expect(ended).toContain('From 10 November 2025: withdrawn');
  });

  it('are said to be one’s own where they are', async () => {
    const maya = await api.browse('leader');
    const { body } = await record('leader', { firstDay: '2025-12-22', lastDay: '2025-12-23', standInId: null, reason: '' }, newKey());
    const { page } = await maya.open('/absence');
    await maya.sendForm(page, `/absence/${body['id'] as unknown as string}/end`, {});
    const banner = (await maya.open('/absence')).page.querySelector('.govuk-notification-banner')?.text;
    expect(banner).toContain('Your absence is withdrawn.');
  });

  describe('of somebody who leaves', () => {
    it('ask who follows in each post and role, and say what is missing', async () => {
      const performance = await api.browse('performance');
      const address = `/people/${ids.leader}/leaving`;
      const { page } = await performance.open(address);
      expect(page.querySelectorAll('fieldset legend').map((one) => one.text.trim())).toEqual(
        expect.arrayContaining([
          'Head of Communities and Community Safety',
          'Priority leader (community safety)',
          'Head of service (community safety)',
        ]),
      );
      const days = { 'first-day': '3', 'first-month': '11', 'first-year': '2025' };
      const wrong = await performance.sendForm(page, address, { ...days, step: 'check', 'handovers-0': ids.officer });
      expect(wrong.page.querySelectorAll('.govuk-error-summary__list li').map((one) => one.text.trim())).toEqual([
        'Head of service (community safety): choose who follows, or nobody for now',
        'Priority leader (community safety): choose who follows, or nobody for now',
      ]);
      const past = await performance.sendForm(page, address, { ...days, 'first-month': '10', step: 'check' });
      expect(past.page.text).toContain('The day must be today, 3 November 2025, or later');
      const follow = { 'handovers-0': ids.officer, 'handovers-1': 'nobody', 'handovers-2': ids.officer, 'as-2': 'stand-in' };
      const check = await performance.sendForm(page, address, { ...days, ...follow, step: 'check' });
      const rows = check.page
        .querySelectorAll('main tbody tr')
        .map((row) => row.querySelectorAll('th, td').map((cell) => cell.text.trim()));
      expect(rows.map((row) => row.join(': '))).toEqual([
        'Head of Communities and Community Safety: Priya Nair, who takes it over',
        'Head of service (community safety): Nobody, so the performance team is told',
        'Priority leader (community safety): Priya Nair',
      ]);
      const together = await Promise.all([1, 2].map(() => performance.sendForm(check.page, address, { step: 'record' })));
      const later = await performance.sendForm(check.page, address, { step: 'record' });
      expect([...together, later].map(({ location }) => location)).toEqual(['/people', '/people', '/people']);
    });

    it('keep them out from that day: no sign-in, no token, no calendar, no mail', async () => {
      expect((await api.ask('leader', 'GET', '/api/v1/tasks')).status).toBe(401);
      const stranger = await api.browse(null);
      expect(await textOf(stranger, '/sign-in')).not.toMatch(/Maya Thornton\s+Head of/);
      const { page } = await stranger.open('/sign-in');
      expect((await stranger.sendForm(page, '/sign-in', { person: ids.leader })).status).toBe(422);
      const em = api.council.orm.em.fork();
      const { email, leftOn } = await em.findOneOrFail(Person, ids.leader);
      expect(leftOn).toBe('2025-11-03');
      expect(await em.count(Notice, { recipient: email })).toBe(0);
    });

    it('give a successor what is theirs now in their own name, and a stand-in theirs in both', async () => {
      const em = api.council.orm.em.fork();
      expect((await em.findOneOrFail(Post, { title: 'Head of Communities and Community Safety' })).holderId).toBe(ids.officer);
      const who = (await api.ask('performance', 'GET', '/api/v1/people')).body['people'] as unknown as {
        name: string;
        posts: string[];
        hasLeft: boolean;
      }[];
      expect(who.find(({ name }) => name === people.leader)).toMatchObject({ hasLeft: true, posts: [] });
      expect(who.find(({ name }) => name === people.officer)?.posts).toContain('Head of Communities and Community Safety');
      await api.council.take('gmt', { step: 'return', reason: 'The target is not explained.' });
      expect(await heldBy()).toEqual(['Priya Nair for Maya Thornton']);
      const handedOver = await em.find(AuditEntry, { act: { $in: ['record leaving', 'hand over'] } }, { orderBy: { number: 'asc' } });
      expect(handedOver.map(({ act }) => act)).toEqual(['record leaving', 'hand over']);
      expect(await firstBrokenEntry(em, councilId)).toBeNull();
    });

    it('keep their name in the history', async () => {
      expect(await textOf(await api.browse('gmt'), '/plans/2026-27/community-safety')).toContain('by Priya Nair for Maya Thornton');
    });

    it('on a day to come change nothing before it, and can be withdrawn', async () => {
      const toId = ids.performance;
      const clerk = await api.council.orm.em.fork().findOneOrFail(Post, { title: 'Democratic Services Officer' });
      const handovers = [
        { what: { postId: clerk.id }, toId, as: 'successor' },
        { what: { role: 'committee-clerk', scope: null }, toId, as: 'successor' },
      ];
      const leaving = `/api/v1/people/${ids.clerk}/leaving`;
      const { body } = await api.ask('performance', 'POST', leaving, { firstDay: '2025-11-10', handovers }, newKey());
      expect((await api.ask('clerk', 'GET', '/api/v1/tasks')).status).toBe(200);
      const lastDayOf = async () => (await api.council.orm.em.fork().findOneOrFail(Person, ids.clerk)).leftOn;
      expect(await lastDayOf()).toBe('2025-11-10');
      const away = await record('clerk', { firstDay: '2025-11-07', lastDay: '2025-11-11', standInId: null });
      expect(errorsOf(away)).toEqual(['/lastDay Tom Ashworth is not here any more from 10 November 2025 on']);
      const stand = await record('gmt', { firstDay: '2025-11-07', lastDay: '2025-11-11', standInId: ids.clerk });
      expect(errorsOf(stand).join()).toContain('Tom Ashworth is not here any more from 10 November 2025 on. Choose somebody else');
      const withdrawn = await api.ask('performance', 'POST', `${absences}/${body['id'] as unknown as string}/end`);
      expect(withdrawn).toMatchObject({ status: 200, body: { is: 'withdrawn' } });
      expect(await lastDayOf()).toBeNull();
    });

    it('can be given to others later; the day stays', async () => {
      const all = (await api.ask('performance', 'GET', absences)).body['absences'] as unknown as { id: string; lastDay: string | null }[];
      const own = all.find(({ lastDay }) => lastDay === null);
      expect(own).toBeDefined();
      expect((await api.ask('performance', 'POST', `${absences}/${own!.id}/end`)).status).toBe(409);
      const to = (role: string, toId: string) => ({ what: { role, scope: 'community-safety' }, toId, as: 'successor' });
      const body = { firstDay: '2025-11-03', handovers: [to('priority-leader', ids.officer), to('head-of-service', ids.officer)] };
      const again = await api.ask('performance', 'POST', `/api/v1/people/${ids.leader}/leaving`, body, newKey());
      expect(again.status).toBe(201);
      expect(await heldBy()).toEqual([people.officer]);
      const other = await api.ask(
        'performance',
        'POST',
        `/api/v1/people/${ids.leader}/leaving`,
        { firstDay: '2025-11-04', handovers: [] },
        newKey(),
      );
      expect(errorsOf(other).join()).toContain('They have not been here since 3 November 2025');
      expect((await api.ask('gmt', 'POST', `/api/v1/people/${ids.leader}/leaving`, body, newKey())).status).toBe(403);
    });
  });
});
