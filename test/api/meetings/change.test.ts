/** Meetings that are called off, added, edited and brought in by programs: what is told, what changes, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ical, { type VEvent } from 'node-ical';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Meeting } from '../../../libs/database/entities/council.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';

const meetings = '/api/v1/meetings';

/** What the tests look at of a meeting in the API's answer. */
interface Listed {
  id: string;
  body: string;
  date: string;
  state: string;
  revision: number;
  inTheirCalendar: unknown;
}

describe('the calendar of meetings', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const list = async (): Promise<Listed[]> => (await api.ask('officer', 'GET', meetings)).body['meetings'] as unknown as Listed[];
  const one = async (body: string, date: string): Promise<Listed> =>
    (await list()).find((each) => each.body === body && each.date === date)!;
  const post = (path: string, body: unknown, key = newKey()): Promise<JsonAnswer> =>
    api.ask('clerk', 'POST', `${meetings}${path}`, body, key);
  const meetingIn = ({ body }: JsonAnswer): Listed => body['meeting'] as unknown as Listed;
  const feed = async (body: string, id: string): Promise<VEvent> => {
    const { body: text } = await api.app.inject({ method: 'GET', url: `/broxtowe/calendars/${body}.ics` });
    return Object.values(ical.sync.parseICS(text)).find(
      (item): item is VEvent => item?.type === 'VEVENT' && item.uid === `meeting-${id}@plancycle`,
    )!;
  };

  it('tells once that the agenda of a moved meeting would be late, with what its body can do about it', async () => {
    const { id } = await one('overview-and-scrutiny', '2026-01-20');
    const { body } = await api.ask('clerk', 'GET', `${meetings}/${id}/move-preview?to=2025-11-07`);
    const whys = (body['clashes'] as unknown as { why: string }[]).map(({ why }) => why);
    const ofAgenda = whys.filter((why) => why.includes('published by Thursday 30 October 2025'));
    expect(ofAgenda).toEqual([expect.stringContaining('the chair would have to take the plans as urgent')]);
  });

  it('tells it of a meeting without the plans too', async () => {
    const added = await post('', { body: 'council', date: '2026-07-01' });
    const { body } = await api.ask('clerk', 'GET', `${meetings}/${meetingIn(added).id}/move-preview?to=2025-11-07`);
    expect(JSON.stringify(body['clashes'])).toContain('Its agenda would have to be published by Thursday 30 October 2025');
  });

  describe('a meeting that is cancelled', () => {
    it('is previewed with where its business goes, and changed to just that', async () => {
      const { id } = await one('council', '2026-03-04');
      const path = `${meetings}/${id}/move-preview?kind=cancelled`;
      expect(await api.ask('clerk', 'GET', path)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/business' }] } });
      const late = await api.ask('clerk', 'GET', `${path}&date=2026-03-12`);
      expect(late.body).toMatchObject({
        ...{ councilTaxDayHolds: false, firstOfAprilHolds: true, agenda: null, consideredBy: { id: null, date: '2026-03-12' } },
        changes: [{ title: 'Council meets', before: '2026-03-04', after: '2026-03-12' }],
      });
      expect(late.body['clashes']).toContainEqual(expect.objectContaining({ why: expect.stringContaining('council tax') as unknown }));
      const before = await feed('council', id);
      const key = newKey();
      const change = { kind: 'cancelled', business: { date: '2026-03-10' }, reason: 'The election count' };
      const made = await post(`/${id}/moves`, change, key);
      expect(made).toMatchObject({ status: 200, body: { number: 1 } });
      expect(await post(`/${id}/moves`, change, key)).toMatchObject({ status: 200, body: made.body });
      expect(await one('council', '2026-03-10')).toMatchObject({
        extraordinary: true,
        state: 'planned',
        considers: ['Business plans 2026/27'],
      });
      expect(await one('council', '2026-03-04')).toMatchObject({
        ...{ state: 'cancelled', considers: [], agendaPublished: null },
        moves: [{ kind: 'cancelled', from: '2026-03-04', to: '2026-03-10', reason: 'The election count' }],
      });
      expect((await api.council.orm.em.fork().findOneOrFail(Cycle, { year: '2026-27' })).dates.councilMeeting).toBe('2026-03-10');
      const after = await feed('council', id);
      expect(after).toMatchObject({ uid: before.uid, status: 'CANCELLED', summary: 'Council meets (cancelled)' });
      expect(Number(after.sequence)).toBeGreaterThan(Number(before.sequence));
      expect(after.description).toContain('considered on Tuesday 10 March 2026');
    });

    it('is not cancelled twice, not by others, and its old day is free for the body again', async () => {
      const { id } = await one('council', '2026-03-04');
      expect(await post(`/${id}/moves`, { kind: 'cancelled' })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/kind' }] },
      });
      const refused = await api.ask('leader', 'POST', `${meetings}/${id}/moves`, { kind: 'cancelled' }, newKey());
      expect(refused.status).toBe(403);
      expect((await post('', { body: 'council', date: '2026-03-04' })).status).toBe(201);
    });

    it.each(['move', 'call-off/cancelled', 'call-off/adjourned'])('says at once that it is: no form of %s asks in vain', async (way) => {
      const cancelled = (await list()).find(
        ({ body, date, state }) => body === 'council' && date === '2026-03-04' && state === 'cancelled',
      )!;
      const { status, page } = await (await api.browse('clerk')).open(`/meetings/${cancelled.id}/${way}`);
      expect([status, page.querySelector('main form')]).toEqual([422, null]);
      const told = 'The meeting of 4 March 2026 is cancelled, so this cannot be recorded of it any more.';
      expect(page.querySelector('main')?.text).toContain(told);
      expect(page.querySelector(`main a[href="/meetings/${cancelled.id}"]`)).not.toBeNull();
      const leader = await (await api.browse('leader')).open(`/meetings/${cancelled.id}/${way}`);
      expect(leader.status).toBe(403);
    });

    it.each([
      [{ kind: 'vanished' }, '/kind'],
      [{ kind: 'cancelled', business: {} }, '/business'],
      [{ kind: 'cancelled', business: { date: '2026-02-30' } }, '/business'],
      [{ kind: 'moved' }, '/date'],
    ])('is not changed by %j', async (body, pointer) => {
      const { id } = await one('cabinet', '2026-03-03');
      const answer = await post(`/${id}/moves`, body);
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body['errors'])).toContain(pointer);
    });
  });

  describe('a new meeting', () => {
    it('is added once for each key, with what speaks against its day', async () => {
      const key = newKey();
      const wanted = { body: 'overview-and-scrutiny', date: '2025-11-08', time: '6.30pm', place: 'Town Hall', extraordinary: true };
      const added = await post('', wanted, key);
      expect(added).toMatchObject({
        status: 201,
        body: { meeting: { time: '18:30', place: 'Town Hall', extraordinary: true, considers: [], state: 'planned' } },
      });
      const whys = JSON.stringify(added.body['warnings']);
      expect(whys).toContain('weekend');
      expect(whys).toContain('Its agenda would have to be published by Friday 31 October 2025');
      expect((await post('', wanted, key)).body['meeting']).toEqual(added.body['meeting']);
      expect((await list()).filter(({ date }) => date === '2025-11-08')).toHaveLength(1);
      expect(await feed('overview-and-scrutiny', meetingIn(added).id)).toMatchObject({
        ...{ location: 'Town Hall', start: new Date('2025-11-08T18:30:00Z') },
      });
    });

    it.each([
      [{ body: 'cabinet', date: '2026-02-03' }, 'meets on Tuesday 3 February 2026 already'],
      [{ body: 'cabinet', date: '2025-10-01' }, 'has passed'],
      [{ body: 'planning', date: '2026-02-04' }, 'one of the council’s committees'],
      [{ body: 'cabinet', date: '2026-02-30' }, 'Write the day like'],
      [{ body: 'cabinet', date: '2026-02-04', time: 'late' }, 'Write the time like 18:00'],
      [{ body: 'cabinet', date: '2026-02-04', address: 'javascript:alert(1)' }, 'Give a full address'],
    ])('is refused as %j', async (wanted, words) => {
      const { status, body } = await post('', wanted);
      expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining(words)]);
    });

    it('is refused without a key, and to people who keep no meetings', async () => {
      const wanted = { body: 'cabinet', date: '2026-02-04' };
      expect((await api.ask('clerk', 'POST', meetings, wanted)).status).toBe(422);
      expect((await api.ask('leader', 'POST', meetings, wanted, newKey())).status).toBe(403);
    });
  });

  describe('what is said of a meeting', () => {
    const patch = (id: string, body: unknown, headers = {}): Promise<JsonAnswer> =>
      api.ask('clerk', 'PATCH', `${meetings}/${id}`, body, headers);

    it('is changed on record, unless somebody changed it meanwhile', async () => {
      const { id, revision } = await one('cabinet', '2026-02-03');
      const address = 'https://democracy.broxtowe.example/ieListDocuments.aspx?CId=229&MId=5347';
      const changed = await patch(id, { time: '18:00', place: 'Council Chamber', address }, { 'if-match': `"${revision}"` });
      expect(changed).toMatchObject({ status: 200, body: { time: '18:00', place: 'Council Chamber', address } });
      expect((await patch(id, { time: '19:00' }, { 'if-match': `"${revision}"` })).status).toBe(412);
      expect((await patch(id, { time: '18:00' })).body['revision']).toEqual(changed.body['revision']);
      expect((await patch(id, { place: null })).body).toMatchObject({ place: null, time: '18:00' });
      const acts = await api.council.orm.em.fork().find(AuditEntry, { act: 'edit meeting', subject: 'meeting cabinet 2026-02-03' });
      expect(acts.map(({ details }) => details)).toEqual([{ time: '18:00', place: 'Council Chamber', address }, { place: null }]);
      expect((await feed('cabinet', id)).url).toMatchObject({ val: address });
    });

    it('has its agenda published, late if it is, and published anew once it moves', async () => {
      const meeting = meetingIn(await post('', { body: 'cabinet', date: '2025-11-07' }));
      const agenda = await patch(meeting.id, { agendaPublishedOn: '2025-11-03' });
      expect(agenda.body).toMatchObject({
        state: 'agenda-published',
        agendaPublished: '2025-10-30',
        agendaPublishedOn: '2025-11-03',
        agendaIsLate: true,
      });
      const preview = await api.ask('clerk', 'GET', `${meetings}/${meeting.id}/move-preview?to=2025-11-17`);
      expect(preview.body).toMatchObject({ agenda: 'publish-anew', changes: [] });
      expect((await post(`/${meeting.id}/moves`, { to: '2025-11-17' })).status).toBe(200);
      expect(await one('cabinet', '2025-11-17')).toMatchObject({ state: 'planned', agendaPublishedOn: null });
    });

    it.each([
      ['cabinet', '2026-03-03', { agendaPublishedOn: '2025-11-04' }, 'still to come'],
      ['gmt', '2025-12-02', { agendaPublishedOn: '2025-11-03' }, 'publishes no agenda'],
      ['cabinet', '2026-03-03', { state: 'held' }, 'is only on'],
      ['cabinet', '2026-03-03', { state: 'cancelled' }, 'only ever recorded as held'],
      ['cabinet', '2026-03-03', {}, 'Say what is to be changed'],
    ])('of %s on %s is not changed by %j', async (body, date, change, words) => {
      const answer = await patch((await one(body, date)).id, change);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining(words)]);
    });

    it('says that it was held, or afterwards that it was adjourned', async () => {
      const { id } = await one('cabinet', '2025-09-02');
      expect((await patch(id, { state: 'held' })).body).toMatchObject({ state: 'held' });
      const adjourned = await post(`/${id}/moves`, { kind: 'adjourned', business: { date: '2025-11-20' } });
      expect(adjourned.status).toBe(200);
      expect(await one('cabinet', '2025-09-02')).toMatchObject({ state: 'adjourned' });
      expect((await patch(id, { state: 'held' })).status).toBe(422);
      expect(await feed('cabinet', id)).toMatchObject({ summary: 'Cabinet meets (adjourned)', start: expect.any(Date) as unknown });
    });
  });

  describe('a calendar that comes in', () => {
    const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
    const calendar = (...events: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
    const content = calendar(
      event(
        'UID:os-1',
        'SUMMARY:Overview and Scrutiny Committee',
        'DTSTART;TZID=Europe/London:20260120T180000',
        'LOCATION:Council Chamber',
      ),
      event('UID:cab-9', 'SUMMARY:Cabinet', 'DTSTART;TZID=Europe/London:20260609T180000'),
      event('UID:plan-1', 'SUMMARY:Planning Committee', 'DTSTART;TZID=Europe/London:20260204T190000'),
    );
    const send = (body: unknown, query = ''): Promise<JsonAnswer> => api.ask('clerk', 'POST', `${meetings}/imports${query}`, body);

    it('is shown on a dry run, taken over once, and then changes nothing', async () => {
      const before = await list();
      const dry = await send({ content }, '?dryRun=true');
      expect(dry).toMatchObject({
        status: 200,
        body: { dryRun: true, changes: 2, added: [{ body: 'Cabinet', date: '2026-06-09', time: '18:00' }] },
      });
      expect(await list()).toEqual(before);
      const done = await send({ content, fileName: 'calendar.ics' });
      expect(done.body).toEqual({ ...dry.body, dryRun: false });
      const after = await list();
      expect(after).toHaveLength(before.length + 1);
      expect(await one('overview-and-scrutiny', '2026-01-20')).toMatchObject({
        ...{ time: '18:00', place: 'Council Chamber', inTheirCalendar: { date: '2026-01-20', cancelled: false } },
      });
      expect((await send({ content })).body).toMatchObject({ changes: 0, added: [], changed: [] });
      expect(await list()).toEqual(after);
    });

    it('moves nothing where the days disagree, and tells it', async () => {
      const other = content.replace('20260120', '20260127');
      expect((await send({ content: other })).body['onAnotherDay']).toMatchObject([{ date: '2026-01-20', calendarDate: '2026-01-27' }]);
      const { id, inTheirCalendar } = await one('overview-and-scrutiny', '2026-01-20');
      expect(inTheirCalendar).toMatchObject({ date: '2026-01-27' });
      const { page } = await (await api.browse('clerk')).open('/meetings?body=overview-and-scrutiny');
      expect(page.textContent).toContain('The council’s calendar has it on Tuesday 27 January 2026.');
      const link = page.querySelectorAll('a').find((each) => each.textContent.startsWith('See what moving it there changes'));
      expect(link?.getAttribute('href')).toBe(`/meetings/${id}/move?to-day=27&to-month=01&to-year=2026`);
      const preview = await (await api.browse('clerk')).open(`/meetings/${id}/move?to-day=27&to-month=01&to-year=2026`);
      expect(preview.page.textContent).toContain('Tuesday 27 January 2026');
      expect((await post(`/${id}/moves`, { to: '2026-01-27' })).status).toBe(200);
      expect((await (await api.browse('clerk')).open('/meetings')).page.textContent).not.toContain('calendar has it on');
    });

    it('tells what is postponed there, and takes over that a meeting is extraordinary', async () => {
      const list = 'Committee,Date,Status\nCouncil,09/12/2026,Confirmed\nExtraordinary Council,16/12/2026,Confirmed\n';
      expect((await send({ content: list })).body).toMatchObject({
        added: [
          { date: '2026-12-09', extraordinary: false },
          { date: '2026-12-16', extraordinary: true },
        ],
      });
      expect(await one('council', '2026-12-16')).toMatchObject({ extraordinary: true });
      const again = list.replace('Council,09/12/2026,Confirmed', 'Council (Extraordinary),09/12/2026,Postponed');
      expect((await send({ content: again })).body).toMatchObject({
        postponedThere: [{ date: '2026-12-09' }],
        cancelledThere: [],
        changed: [{ date: '2026-12-09', details: [{ what: 'kind', before: 'ordinary', after: 'extraordinary' }] }],
      });
      expect(await one('council', '2026-12-09')).toMatchObject({
        ...{ state: 'planned', extraordinary: true, inTheirCalendar: { date: '2026-12-09', cancelled: true, postponed: true } },
      });
      expect((await send({ content: again })).body).toMatchObject({ changes: 0 });
      const { page } = await (await api.browse('clerk')).open('/meetings?body=council');
      expect(page.textContent).toContain('It is postponed in the council’s calendar. Move it');
    });

    it('has its remark beside a meeting that business could go to', async () => {
      const { page } = await (await api.browse('clerk')).open(`/meetings/${(await one('council', '2026-03-10')).id}/call-off/cancelled`);
      const beside = page.querySelectorAll('.govuk-radios__item').map((item) => item.text.replace(/\s+/g, ' ').trim());
      expect(beside).toContain('Wednesday 9 December 2026, extraordinary It is postponed in the council’s calendar.');
      expect(beside).toContain('Wednesday 16 December 2026, extraordinary');
    });

    it.each([
      [{ content: 'a,b\n1,2' }, 'headings'],
      [{ content: '' }, 'empty'],
      [{}, 'content'],
      [{ content: 'x'.repeat(2_000_000) }, 'headings'],
      [{ content: 'body,date\n"Cabinet,2026-02-03\n' }, 'line 2, a quotation mark is opened and not closed'],
      [{ content: calendar(event('SUMMARY:Cabinet', 'DTSTART:2026-02-31')) }, 'line 5, “DTSTART:2026-02-31”'],
      [{ content: calendar(event('SUMMARY:Cabinet', 'DTSTART:20260203', 'RRULE:FREQ=BANANA')) }, 'repeats instead of naming each day'],
    ])('is refused where it is none', async (body, words) => {
      const answer = await send(body);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining(words)]);
      expect((await api.ask('leader', 'POST', `${meetings}/imports`, body)).status).toBe(403);
    });
  });

  it('is kept body by body: a clerk of one committee changes no other', async () => {
    const em = api.council.orm.em.fork();
    await em.execute(`update "role_grant" set "scope" = 'cabinet' where "role" = 'committee-clerk'`);
    try {
      const wanted = { date: '2026-05-12' };
      expect((await post('', { ...wanted, body: 'council' })).status).toBe(403);
      expect((await post('', { ...wanted, body: 'cabinet' })).status).toBe(201);
      const { id } = await one('council', '2026-03-10');
      expect((await api.ask('clerk', 'PATCH', `${meetings}/${id}`, { time: '18:00' })).status).toBe(403);
      expect((await (await api.browse('clerk')).open(`/meetings/${id}/edit`)).status).toBe(403);
      const both = JSON.stringify([
        { body: 'Council', date: '2026-06-30' },
        { body: 'Cabinet', date: '2026-06-30' },
      ]);
      expect((await api.ask('clerk', 'POST', `${meetings}/imports`, { content: both })).body['added']).toMatchObject([{ body: 'Cabinet' }]);
      expect(await em.count(Meeting, { body: 'council', date: '2026-06-30' })).toBe(0);
    } finally {
      await em.execute(`update "role_grant" set "scope" = null where "role" = 'committee-clerk'`);
    }
  });
});
