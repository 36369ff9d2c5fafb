/** The next year's cycle opens by itself on its day; without its meetings it says so, and opens as soon as they are there. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setBusiness } from '../../activities/set-business.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { Meeting } from '../../libs/database/entities/council.js';
import { Cycle } from '../../libs/database/entities/plans.js';
import { startCycle } from '../../libs/temporal/start-workflows.js';
import { cycleScheduleId, cycleWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, people, runCouncil, until, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

const year = '2027-28';

async function addMeetings(council: RunningCouncil, meetings: readonly [body: string, date: string][]): Promise<void> {
  const em = council.orm.em.fork();
  for (const [body, date] of meetings) em.persist(em.create(Meeting, { id: randomUUID(), councilId, body, date, considers: [] }));
  await em.flush();
}

describe('the cycle after the one that is open', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
  });
  afterAll(() => council.stop());

  it('is arranged for 1 September, or the next working day, in the council’s time', async () => {
    const { clock } = await councilAtWork(council.orm.em.fork(), councilId, Date.now);
    await until(
      async () =>
        (await council.temporal.schedule
          .getHandle(cycleScheduleId(councilId, year))
          .describe()
          .catch(() => null)) !== null,
    );
    const { info } = await council.temporal.schedule.getHandle(cycleScheduleId(councilId, year)).describe();
    expect(info.nextActionTimes.map((instant) => clock.toCouncilTime(instant).toISOString().slice(0, 16))).toEqual(['2026-09-01T07:00']);
  });

  it('is started under its own id by what the Schedule starts, once however often that comes', async () => {
    await addMeetings(council, [
      ['gmt', '2026-12-01'],
      ['overview-and-scrutiny', '2027-01-19'],
    ]);
    const schedule = council.temporal.schedule.getHandle(cycleScheduleId(councilId, year));
    await schedule.trigger();
    await until(async () => (await council.orm.em.fork().count(Cycle, { councilId, year })) === 1);
    await schedule.trigger();
    const { status } = await council.temporal.workflow.getHandle(cycleWorkflowId(councilId, year)).describe();
    // No plan of the year before has been published, so there is nothing to follow and the cycle may be over.
    expect(['RUNNING', 'COMPLETED']).toContain(status.name);
    expect(await council.orm.em.fork().count(Cycle, { councilId, year })).toBe(1);
  });

  it('has its plans on the agendas that the rule names', async () => {
    const meetings = await council.orm.em.fork().find(Meeting, { councilId, date: { $gte: '2026-12-01' } }, { orderBy: { date: 'asc' } });
    expect(meetings.map(({ body, considers }) => [body, considers])).toEqual([
      ['gmt', [{ what: 'plans', year: '2027/28' }]],
      ['overview-and-scrutiny', [{ what: 'plans', year: '2027/28' }]],
    ]);
  });
});

describe('a cycle without its meetings', () => {
  let clock: SkippedClock;
  beforeAll(async () => {
    clock = await startSkippedClock();
  });
  afterAll(() => clock.stop());

  it('is told once to the performance manager and the clerk, and opens on the day after they are there', async () => {
    const { council } = clock;
    await startCycle(council.temporal, council.taskQueue, { councilId, year });
    await until(async () => (await clock.told('cycle-not-set-up')).length === 2);
    expect((await clock.told('cycle-not-set-up')).sort()).toEqual([people.performance, people.clerk].map((name) => ['2025-11-03', name]));
    await clock.skipTo('2025-11-06');
    expect(await clock.told('cycle-not-set-up')).toHaveLength(2);
    await addMeetings(council, [
      ['gmt', '2026-12-01'],
      ['overview-and-scrutiny', '2027-01-19'],
    ]);
    await clock.skipTo('2025-11-08');
    await until(async () => (await council.orm.em.fork().count(Cycle, { councilId, year })) === 1);
  });
});

describe('a year’s business', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
  });
  afterAll(() => council.stop());

  const agendas = async (): Promise<string[]> => {
    const meetings = await council.orm.em.fork().find(Meeting, { councilId }, { orderBy: { date: 'asc', body: 'asc' } });
    return meetings
      .filter(({ considers }) => considers.some((item) => item.what === 'plans' && item.year === '2027/28'))
      .map(({ body, date }) => `${body} ${date}`);
  };
  const set = async (): Promise<void> =>
    council.orm.em.fork().transactional(async (em) => {
      await setBusiness(em, await councilAtWork(em, councilId, Date.now), { what: 'plans', year: '2027/28' });
    });

  it('is put on no agenda while a meeting that it cannot do without is missing', async () => {
    await addMeetings(council, [['gmt', '2026-11-24']]);
    await expect(set()).rejects.toThrow('No meeting of Overview and Scrutiny Committee considers the plans of 2027/28.');
    expect(await agendas()).toEqual([]);
  });

  it('finds its meetings once they are there, and stays where it is put', async () => {
    await addMeetings(council, [
      ['gmt', '2026-12-01'],
      ['overview-and-scrutiny', '2027-01-19'],
      ['cabinet', '2027-02-02'],
    ]);
    await set();
    const found = ['gmt 2026-12-01', 'overview-and-scrutiny 2027-01-19', 'cabinet 2027-02-02'];
    expect(await agendas()).toEqual(found);
    await addMeetings(council, [['overview-and-scrutiny', '2027-01-12']]);
    await set();
    expect(await agendas()).toEqual(found);
  });
});
