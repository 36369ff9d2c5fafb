/** What clashes in the calendar: listed for people and programs, pointed to on the board, and told of what a calendar would bring. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../../libs/database/entities/council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const meetings = '/api/v1/meetings';

interface Told {
  kind: string;
  what: string;
  why: string;
  meetings: string[];
}

describe('the clashes of the calendar', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const idOf = async (body: string, date: string): Promise<string> =>
    (await api.council.orm.em.fork().findOneOrFail(Meeting, { body, date })).id;
  const told = async (): Promise<Told[]> => (await api.ask('officer', 'GET', meetings)).body['clashes'] as unknown as Told[];
  const add = (body: string, date: string) => api.ask('clerk', 'POST', meetings, { body, date }, newKey());
  const textOf = async (url: string): Promise<string> => {
    const { page } = await (await api.browse('officer')).open(url);
    return page.querySelector('main')!.text.replaceAll(/\s+/g, ' ');
  };

  it('are none in a calendar that works, and that is said calmly', async () => {
    expect((await add('overview-and-scrutiny', '2026-03-10')).status).toBe(201);
    expect(await told()).toEqual([]);
    expect(await textOf('/meetings')).toContain('Nothing clashes in the meetings of the years whose plans or quarters are under way.');
    expect(await textOf('/cycle')).not.toContain('in the calendar');
  });

  it('are what the preview told before the change was made, with the meetings that they are about', async () => {
    const [committee, cabinet] = [await idOf('overview-and-scrutiny', '2026-01-20'), await idOf('cabinet', '2026-02-03')];
    const preview = await api.ask('clerk', 'GET', `${meetings}/${committee}/move-preview?to=2026-03-05`);
    const previewed = (preview.body['clashes'] as unknown as Told[]).map(({ what, why }) => `${what}. ${why}`);
    expect(previewed.length).toBeGreaterThan(0);
    expect((await api.ask('clerk', 'POST', `${meetings}/${committee}/moves`, { to: '2026-03-05' }, newKey())).status).toBe(200);
    const now = await told();
    expect(now.map(({ what, why }) => `${what}. ${why}`).sort()).toEqual([...previewed].sort());
    expect(now).toContainEqual(
      expect.objectContaining({ kind: 'out-of-order', meetings: expect.arrayContaining([committee, cabinet]) as unknown }),
    );
    const { page } = await (await api.browse('officer')).open('/meetings');
    const list = page.querySelector('.plancycle-clashes');
    expect(list?.querySelectorAll('li')).toHaveLength(now.length);
    for (const { what, why } of now) expect(list?.text).toContain(`${what}. ${why}`);
    expect(list?.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual(
      expect.arrayContaining([`/meetings/${committee}`, `/meetings/${cabinet}`]),
    );
    const board = (await (await api.browse('officer')).open('/cycle')).page;
    const pointer = board.querySelectorAll('main a').find((link) => link.getAttribute('href') === '/meetings#clashes');
    expect(pointer?.text).toBe(`${now.length} clashes in the calendar`);
    expect((await api.ask('clerk', 'POST', `${meetings}/${committee}/moves`, { to: '2026-01-20' }, newKey())).status).toBe(200);
    expect(await told()).toEqual([]);
  });

  it('that a calendar, or a new meeting, would bring are told before it does', async () => {
    const content = 'Committee,Date\nCouncil,07/03/2026\n';
    const dry = await api.ask('clerk', 'POST', `${meetings}/imports?dryRun=true`, { content });
    const found = (dry.body['clashes'] as unknown as Told[]).map(({ what, why }) => `${what}. ${why}`);
    expect(found).toContainEqual(expect.stringMatching(/^Council on Saturday 7 March 2026. That is a weekend/));
    const imported = await api.ask('clerk', 'POST', `${meetings}/imports`, { content });
    expect(imported.body['clashes']).toEqual(dry.body['clashes']);
    expect((await told()).map(({ what, why }) => `${what}. ${why}`)).toEqual(found);
    expect((await api.ask('clerk', 'POST', `${meetings}/imports?dryRun=true`, { content })).body['clashes']).toEqual([]);
    await api.council.orm.em.fork().nativeDelete(Meeting, { date: '2026-03-07' });
  });

  it('among meetings that are over are told no more', async () => {
    const em = api.council.orm.em.fork();
    await em.insert(Meeting, { id: crypto.randomUUID(), councilId: 'broxtowe', body: 'cabinet', date: '2025-10-04', considers: [] });
    expect(await told()).toEqual([]);
    await em.insert(Meeting, { id: crypto.randomUUID(), councilId: 'broxtowe', body: 'cabinet', date: '2026-01-03', considers: [] });
    expect(await told()).toMatchObject([{ kind: 'day-off', what: 'Cabinet on Saturday 3 January 2026' }]);
  });

  it('of a year of which only quarters are under way are those of its quarters and of the list alone', async () => {
    const em = api.council.orm.em.fork();
    await em.nativeUpdate(Cycle, { year: '2026-27' }, { status: 'ended' });
    await em.nativeUpdate(Meeting, { body: 'overview-and-scrutiny' }, { state: 'cancelled', considers: [] });
    expect(await told()).toEqual([]);
    const { dates } = await em.findOneOrFail(Cycle, { year: '2026-27' });
    const days = { opens: '2025-10-01', due: '2025-10-17', preparedForGmt: '2025-11-04', gmtMeeting: dates.gmtMeeting };
    const papers = { finalReportDue: '2025-11-17', agendaPublished: '2025-11-24', cabinetMeeting: '2025-12-02' };
    await em.insert(Quarter, {
      ...{ id: crypto.randomUUID(), councilId: 'broxtowe', year: '2025-26', quarter: 2, status: 'collecting' },
      openedAt: new Date(),
      dates: { year: '2025/26', quarter: 2, ...days, ...papers },
    });
    expect((await told()).map(({ kind }) => kind)).toEqual(['day-off']);
    expect(await textOf('/cycle')).not.toContain('in the calendar');
  });
});
