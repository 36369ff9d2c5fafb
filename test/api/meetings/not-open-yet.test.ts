/** A meeting that is changed before the quarter or the cycle that it matters to has opened: what will follow is told all the same. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../../libs/database/entities/council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { Notice, Task } from '../../../libs/database/entities/tasks.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const meetings = '/api/v1/meetings';
const quarter3 = 'Quarter 3 of 2025/26 (October to December 2025)';

interface Preview {
  changes: { of: string; title: string; before: string | null; after: string | null; isOpen: boolean }[];
  withoutDates: { of: string; missing: string[] }[];
  clashes: { what: string; why: string }[];
  firstOfAprilHolds: boolean | null;
  councilTaxDayHolds: boolean | null;
}

describe('a meeting of what is not open yet', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const idOf = async (body: string, date: string): Promise<string> =>
    (await api.council.orm.em.fork().findOneOrFail(Meeting, { body, date })).id;
  const preview = async (body: string, date: string, to: string): Promise<Preview> => {
    const answer = await api.ask('clerk', 'GET', `${meetings}/${await idOf(body, date)}/move-preview?to=${to}`);
    expect(answer.status).toBe(200);
    return answer.body as unknown as Preview;
  };
  const page = async (body: string, date: string, to: [number, number, number]): Promise<string> => {
    const [day, month, year] = to;
    const path = `/meetings/${await idOf(body, date)}/move?to-day=${day}&to-month=${month}&to-year=${year}`;
    return (await (await api.browse('clerk')).open(path)).page.querySelector('main')!.textContent.replace(/\s+/g, ' ');
  };
  const add = (...dates: [string, string][]): Promise<unknown> =>
    api.council.orm.em.fork().insertMany(
      Meeting,
      dates.map(([body, date]) => ({ id: randomUUID(), councilId: 'broxtowe', body, date, considers: [], state: 'planned' as const })),
    );

  it('shows the dates with which the quarter will open, on the page as well', async () => {
    const found = await preview('cabinet', '2026-03-03', '2026-03-10');
    const ofQuarter = { of: quarter3, isOpen: false };
    expect(found.changes).toEqual([
      { ...ofQuarter, title: 'Final report deadline', before: '2026-02-16', after: '2026-02-23' },
      { ...ofQuarter, title: 'Agenda is published', before: '2026-02-23', after: '2026-03-02' },
      { ...ofQuarter, title: 'Cabinet considers the report', before: '2026-03-03', after: '2026-03-10' },
    ]);
    const text = await page('cabinet', '2026-03-03', [10, 3, 2026]);
    expect(text).toContain(`${quarter3} Not open yet`);
    expect(text).toContain('nobody gets an e-mail about it');
    expect(text).not.toContain('no deadline of the plans or the quarterly reports follows');
  });

  it('tells that GMT would see the report only after its final text is due', async () => {
    const { changes, clashes } = await preview('gmt', '2026-02-10', '2026-03-04');
    expect(changes.map(({ title, after }) => [title, after])).toEqual([
      ['Report is prepared for GMT', '2026-02-25'],
      ['GMT sees the report', '2026-03-04'],
    ]);
    expect(clashes).toEqual([
      {
        what: 'General Management Team on Wednesday 4 March 2026 sees the report on quarter 3 of 2025/26 too late for Cabinet on Tuesday 3 March 2026',
        why: 'The final report is due on Monday 16 February 2026, and what comes of the review could not stand in it. Move one of them.',
      },
    ]);
  });

  it('tells what is still to be done by a day that would have passed, and asks for it before GMT meets', async () => {
    const { clashes } = await preview('gmt', '2025-12-02', '2025-11-05');
    expect(clashes).toContainEqual({
      what: 'Drafts of the plans of 2026/27 would have been due on Wednesday 22 October 2025',
      why: 'That day has passed, and not every draft is in. Whoever has one is asked for it before General Management Team meets. Choose a later day, or tell them.',
    });
  });

  it('opens with just those dates, and nobody gets an e-mail about the move', async () => {
    const id = await idOf('cabinet', '2026-03-03');
    expect((await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2026-03-10' }, newKey())).status).toBe(200);
    const em = api.council.orm.em.fork();
    expect(await em.count(Notice, { kind: 'dates-moved' })).toBe(0);
    expect(await em.count(Quarter, { year: '2025-26', quarter: 3 })).toBe(0);
  });

  it('gives a draft that is late by the move a day before GMT meets, the same on every page', async () => {
    const id = await idOf('gmt', '2025-12-02');
    expect((await api.ask('clerk', 'POST', `${meetings}/${id}/moves`, { to: '2025-11-05' }, newKey())).status).toBe(200);
    const [task] = await api.council.orm.em.fork().find(Task, { kind: 'draft', closedAt: null });
    expect(task?.dueOn).toBe('2025-11-04');
  });

  describe('with no cycle open', () => {
    beforeAll(async () => {
      await api.council.orm.em.fork().nativeUpdate(Cycle, { year: '2026-27' }, { status: 'ended' });
      await add(['overview-and-scrutiny', '2027-01-19'], ['cabinet', '2027-02-02']);
    });

    it('says nothing of 1 April where no year’s plans have dates', async () => {
      const found = await preview('cabinet', '2026-07-21', '2026-07-28');
      expect(found).toMatchObject({ firstOfAprilHolds: null, councilTaxDayHolds: null, clashes: [] });
      const text = await page('cabinet', '2026-07-21', [28, 7, 2026]);
      expect(text).toContain('Nothing new clashes.');
      expect(text).not.toContain('1 April');
    });

    it('names the meeting that is missing before the next year’s plans have dates', async () => {
      const found = await preview('overview-and-scrutiny', '2027-01-19', '2027-01-26');
      const { changes, withoutDates } = found;
      expect({ changes, withoutDates }).toEqual({
        changes: [],
        withoutDates: [{ of: 'Business plans 2027/28', missing: ['General Management Team'] }],
      });
      expect(await page('overview-and-scrutiny', '2027-01-19', [26, 1, 2027])).toContain(
        'Business plans 2027/28: no meeting of General Management Team for it yet',
      );
    });

    it('tells that the plans could not be decided in time, though their cycle opens only in September', async () => {
      await add(['gmt', '2026-12-01']);
      const late = await preview('overview-and-scrutiny', '2027-01-19', '2027-04-20');
      expect(late.firstOfAprilHolds).toBe(false);
      expect(late.changes).toContainEqual({
        ...{ of: 'Business plans 2027/28', title: 'Overview and Scrutiny Committee meets', isOpen: false },
        ...{ before: '2027-01-19', after: null },
      });
      expect(late.withoutDates).toEqual([{ of: 'Business plans 2027/28', missing: ['Overview and Scrutiny Committee'] }]);
      expect(late.clashes.map(({ what }) => what)).toContain(
        'No meeting of Overview and Scrutiny Committee considers the plans of 2027/28',
      );
      const text = await page('overview-and-scrutiny', '2027-01-19', [20, 4, 2027]);
      expect(text).toContain('The plans could not be published before 1 April');
      expect(text).not.toContain('can still be published');
      expect(await preview('overview-and-scrutiny', '2027-01-19', '2027-01-26')).toMatchObject({
        firstOfAprilHolds: true,
        withoutDates: [],
      });
    });
  });
});
