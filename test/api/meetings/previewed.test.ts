/** What is recorded is what was shown: a preview that something else has overtaken is shown anew; and the record keeps both names. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Council, Meeting, MeetingMove } from '../../../libs/database/entities/council.js';
import { Absence, Person } from '../../../libs/database/entities/people.js';
import { people } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';

const meetings = '/api/v1/meetings';
const CHANGED = 'Something has changed since: this is what follows now. Nothing has been recorded yet.';

describe('a change that was previewed', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const idOf = async (body: string, date: string): Promise<string> =>
    (await api.council.orm.em.fork().findOneOrFail(Meeting, { body, date })).id;
  const preview = async (id: string, query: string): Promise<JsonAnswer> =>
    api.ask('clerk', 'GET', `${meetings}/${id}/move-preview?${query}`);
  const move = (id: string, body: object): Promise<JsonAnswer> => api.ask('clerk', 'POST', `${meetings}/${id}/moves`, body, newKey());
  const moves = (): Promise<number> => api.council.orm.em.fork().count(MeetingMove, {});
  const textOf = (page: { querySelector(selector: string): { text: string } | null }): string => page.querySelector('main')?.text ?? '';

  it('is made as it was seen, or refused where another meeting was moved meanwhile', async () => {
    const id = await idOf('overview-and-scrutiny', '2026-01-20');
    const seen = await preview(id, 'to=2026-01-27');
    expect(seen.body['previewHash']).toMatch(/^[0-9a-f]{64}$/);
    expect((await preview(id, 'to=2026-01-27')).body['previewHash']).toBe(seen.body['previewHash']);
    // Cabinet moves before the committee's new day: nobody has seen that clash.
    const cabinet = await idOf('cabinet', '2026-02-03');
    expect((await move(cabinet, { to: '2026-01-26' })).status).toBe(200);
    const stale = await move(id, { to: '2026-01-27', previewHash: seen.body['previewHash'] });
    expect(stale).toMatchObject({
      status: 412,
      body: {
        errors: [{ pointer: '/previewHash' }],
        detail: expect.stringContaining('Something has changed since the preview') as unknown,
      },
    });
    expect(await moves()).toBe(1);
    const now = await preview(id, 'to=2026-01-27');
    expect(now.body['previewHash']).not.toBe(seen.body['previewHash']);
    const key = newKey();
    const body = { to: '2026-01-27', previewHash: now.body['previewHash'] };
    const made = await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, body, key);
    expect(made).toMatchObject({ status: 200, body: { number: 2 } });
    // Sent again it gets its answer, though the preview would be another by now.
    expect((await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, body, key)).body).toEqual(made.body);
  });

  it('names an extraordinary meeting that there is not yet, and is made without a preview as before', async () => {
    const id = await idOf('council', '2026-03-04');
    const seen = await preview(id, 'kind=cancelled&date=2026-03-09');
    const cancelled = { kind: 'cancelled', business: { date: '2026-03-09' }, previewHash: seen.body['previewHash'] };
    expect((await move(id, cancelled)).status).toBe(200);
    expect((await move(await idOf('council', '2026-03-09'), { to: '2026-03-10' })).status).toBe(200);
    expect(await move(await idOf('council', '2026-03-10'), { to: '2026-03-09', previewHash: 'abc' })).toMatchObject({ status: 422 });
  });

  it('is shown anew on its page, with what was written still there, and made when that is confirmed', async () => {
    const tom = await api.browse('clerk');
    const id = await idOf('overview-and-scrutiny', '2026-01-27');
    const { page } = await tom.open(`/meetings/${id}/move?to-day=29&to-month=1&to-year=2026`);
    const em = api.council.orm.em.fork();
    const council = await em.findOneOrFail(Council, { id: 'broxtowe' });
    const { settings } = council;
    council.settings = {
      ...settings,
      timetable: { ...settings.timetable, finalReportBeforeAgenda: settings.timetable.finalReportBeforeAgenda + 1 },
    };
    await em.flush();
    const before = await moves();
    const again = await tom.sendForm(page, `/meetings/${id}/move`, { reason: 'The room is taken' });
    expect([again.status, again.page.querySelector('.govuk-error-summary__list')?.text.trim()]).toEqual([412, CHANGED]);
    expect(again.page.querySelector('#reason')?.text.trim()).toBe('The room is taken');
    expect(textOf(again.page)).toContain('Thursday 29 January 2026');
    expect(await moves()).toBe(before);
    const made = await tom.sendForm(again.page, `/meetings/${id}/move`, {});
    expect([made.status, made.location]).toEqual([303, '/meetings']);
    expect(textOf((await tom.open('/meetings')).page)).toContain('Everyone whose dates change gets one e-mail.');
    expect(await api.council.orm.em.fork().findOneOrFail(MeetingMove, { number: before + 1 })).toMatchObject({
      reason: 'The room is taken',
    });
  });

  it('keeps the day and the reason where it cannot be made any more', async () => {
    const tom = await api.browse('clerk');
    const id = await idOf('overview-and-scrutiny', '2026-01-29');
    const { page } = await tom.open(`/meetings/${id}/move?to-day=30&to-month=1&to-year=2026`);
    const taken = await api.ask('clerk', 'POST', meetings, { body: 'overview-and-scrutiny', date: '2026-01-30' }, newKey());
    expect(taken.status).toBe(201);
    const refused = await tom.sendForm(page, `/meetings/${id}/move`, { reason: 'The room is taken' });
    expect([refused.status, refused.page.querySelector('#to-day')?.getAttribute('value')]).toEqual([422, '30']);
    expect(refused.page.querySelector('input[name=reason]')?.getAttribute('value')).toBe('The room is taken');
  });

  it.each([
    ['/move', '?to-day=26&to-month=2&to-year=2026', 'Thursday 26 February 2026'],
    ['/call-off/cancelled', '?business=extraordinary&on-day=27&on-month=2&on-year=2026', 'Friday 27 February 2026'],
  ])('is shown again at %s where only its reason has to be put right', async (way, query, day) => {
    const tom = await api.browse('clerk');
    const path = `/meetings/${await idOf('overview-and-scrutiny', '2026-01-29')}${way}`;
    const { page } = await tom.open(`${path}${query}`);
    expect(page.querySelector('#reason-hint')?.text).toContain('up to 1,000 characters');
    const before = await moves();
    const reason = 'The room is taken. '.repeat(60);
    const again = await tom.sendForm(page, path, { reason });
    const told = 'The reason must be 1,000 characters or fewer';
    const links = again.page.querySelectorAll('.govuk-error-summary a').map((one) => [one.getAttribute('href'), one.text.trim()]);
    expect([again.status, links]).toEqual([422, [['#reason', told]]]);
    expect(again.page.querySelector('#reason-error')?.text).toContain(told);
    expect(again.page.querySelector('textarea#reason')?.textContent.trim()).toBe(reason.trim());
    expect(textOf(again.page)).toContain(day);
    expect(await moves()).toBe(before);
  });

  it('says that nobody gets an e-mail where nobody’s dates change', async () => {
    expect((await api.ask('clerk', 'POST', meetings, { body: 'council', date: '2026-07-01' }, newKey())).status).toBe(201);
    const tom = await api.browse('clerk');
    const path = `/meetings/${await idOf('council', '2026-07-01')}/move`;
    const { page } = await tom.open(`${path}?to-day=2&to-month=7&to-year=2026`);
    expect((await tom.sendForm(page, path, {})).status).toBe(303);
    const told = textOf((await tom.open('/meetings')).page);
    expect(told).toContain('The meeting has been moved. Nobody’s dates change, so nobody gets an e-mail.');
  });

  it('says by whom and for whom a meeting was moved', async () => {
    const em = api.council.orm.em.fork();
    const [clerk, officer] = [await api.council.personId('clerk'), await api.council.personId('officer')];
    const away = { firstDay: '2025-11-01', lastDay: '2025-11-10', standInId: officer, handovers: [], recordedBy: clerk };
    await em.insert(Absence, { ...away, id: crypto.randomUUID(), councilId: 'broxtowe', personId: clerk, recordedAt: new Date() });
    const id = await idOf('cabinet', '2026-03-03');
    expect((await api.ask('officer', 'POST', `${meetings}/${id}/moves`, { to: '2026-03-05' }, newKey())).status).toBe(200);
    const both = `Moved from 3 March 2026 to 5 March 2026 by ${people.officer} for ${people.clerk} on`;
    const maya = await api.browse('leader');
    expect(textOf((await maya.open(`/meetings/${id}`)).page)).toContain(both);
    expect(textOf((await maya.open('/meetings')).page)).toContain(both);
    expect(textOf((await maya.open('/meetings')).page)).toContain(`by ${people.clerk} on`);
    const { body } = await api.ask('leader', 'GET', meetings);
    const listed = (body['meetings'] as unknown as { id: string; moves: { by: string }[] }[]).find((one) => one.id === id);
    expect(listed?.moves.map(({ by }) => by)).toEqual([`${people.officer} for ${people.clerk}`]);
    await em.nativeDelete(Absence, {});
  });
});

describe('other previews', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const summary = (page: { querySelector(selector: string): { text: string } | null }): string | undefined =>
    page.querySelector('.govuk-error-summary__list')?.text.trim();

  it('of a new meeting is shown anew where something speaks against its day that was not shown', async () => {
    const tom = await api.browse('clerk');
    const day = { 'on-day': '11', 'on-month': '2', 'on-year': '2026' };
    const fields = { body: 'cabinet', ...day, time: '', place: '', address: '', kind: 'ordinary' };
    const { page } = await tom.open(`/meetings/add?${new URLSearchParams(fields).toString()}`);
    expect(page.querySelector('.govuk-warning-text')).toBeNull();
    const again = await tom.sendForm(page, '/meetings/add', { 'on-day': '14' });
    expect([again.status, summary(again.page)]).toEqual([412, CHANGED]);
    expect(again.page.querySelector('.govuk-warning-text')?.text).toContain('a weekend');
    expect(await api.council.orm.em.fork().count(Meeting, { date: '2026-02-14' })).toBe(0);
    expect((await tom.sendForm(again.page, '/meetings/add', {})).status).toBe(303);
  });

  it('of a calendar is shown anew where a meeting of it was added meanwhile', async () => {
    const content = 'Committee,Date\nCabinet,09/06/2026\nCouncil,10/06/2026\n';
    const imports = `${meetings}/imports`;
    const dry = await api.ask('clerk', 'POST', `${imports}?dryRun=true`, { content });
    expect((await api.ask('clerk', 'POST', meetings, { body: 'council', date: '2026-06-10' }, newKey())).status).toBe(201);
    const sent = { content, previewHash: dry.body['previewHash'] };
    expect(await api.ask('clerk', 'POST', imports, sent)).toMatchObject({ status: 412, body: { errors: [{ pointer: '/previewHash' }] } });
    expect(await api.council.orm.em.fork().count(Meeting, { date: '2026-06-09' })).toBe(0);
    const now = await api.ask('clerk', 'POST', `${imports}?dryRun=true`, { content });
    expect((await api.ask('clerk', 'POST', imports, { content, previewHash: now.body['previewHash'] })).status).toBe(200);
    expect(await api.council.orm.em.fork().count(Meeting, { date: '2026-06-09' })).toBe(1);
  });

  it('of an absence is shown anew where the stand-in turns out to be away', async () => {
    const [leader, officer] = [await api.council.personId('leader'), await api.council.personId('officer')];
    const maya = await api.browse('leader');
    const { page } = await maya.open('/absence');
    const days = {
      'first-day': '10',
      'first-month': '11',
      'first-year': '2025',
      'last-day': '14',
      'last-month': '11',
      'last-year': '2025',
    };
    const checked = await maya.sendForm(page, '/absence', { ...days, standIn: officer, reason: 'An operation', step: 'check' });
    const seen = await api.ask('leader', 'POST', '/api/v1/absences/preview', {
      firstDay: '2025-11-10',
      lastDay: '2025-11-14',
      standInId: officer,
    });
    const away = { firstDay: '2025-11-12', lastDay: '2025-11-12', standInId: null };
    expect((await api.ask('officer', 'POST', '/api/v1/absences', away, newKey())).status).toBe(201);
    const body = { firstDay: '2025-11-10', lastDay: '2025-11-14', standInId: officer, previewHash: seen.body['previewHash'] };
    expect(await api.ask('leader', 'POST', '/api/v1/absences', body, newKey())).toMatchObject({ status: 412 });
    const again = await maya.sendForm(checked.page, '/absence', { step: 'record' });
    expect([again.status, summary(again.page)]).toEqual([412, CHANGED]);
    expect(again.page.querySelector('main')?.text).toMatch(/An operation[\s\S]*from 12 November 2025/);
    expect(await api.council.orm.em.fork().count(Absence, { personId: leader })).toBe(0);
    expect((await maya.sendForm(again.page, '/absence', { step: 'record' })).status).toBe(303);
    expect(await api.council.orm.em.fork().findOneOrFail(Absence, { personId: leader })).toMatchObject({ reason: 'An operation' });
  });

  it('of somebody’s leaving is shown anew where who follows leaves too', async () => {
    const helen = await api.browse('performance');
    const [gmt, other] = [await api.council.personId('gmt'), await api.council.personId('otherGmt')];
    const path = `/people/${gmt}/leaving`;
    const { page } = await helen.open(path);
    const matters = page.querySelectorAll('select').filter((one) => one.getAttribute('name')?.startsWith('handovers-')).length;
    expect(matters).toBeGreaterThan(0);
    const handovers = Object.fromEntries(Array.from({ length: matters }, (_, index) => [`handovers-${index}`, other]));
    const day = { 'first-day': '1', 'first-month': '12', 'first-year': '2025' };
    const checked = await helen.sendForm(page, path, { ...day, ...handovers, step: 'check' });
    expect(checked.status).toBe(200);
    await api.council.orm.em.fork().insert(Absence, {
      ...{ id: crypto.randomUUID(), councilId: 'broxtowe', personId: other, firstDay: '2025-12-01', lastDay: '2025-12-05' },
      ...{ handovers: [], recordedBy: other, recordedAt: new Date() },
    });
    const again = await helen.sendForm(checked.page, path, { step: 'record' });
    expect([again.status, summary(again.page)]).toEqual([412, CHANGED]);
    expect((await api.council.orm.em.fork().findOneOrFail(Person, gmt)).leftOn).toBeNull();
    expect((await helen.sendForm(again.page, path, { step: 'record' })).status).toBe(303);
  });
});
