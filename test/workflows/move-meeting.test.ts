/** A moved meeting: every date that follows from it moves with it, running timers too, and each person is told once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting, MeetingMove } from '../../libs/database/entities/council.js';
import { Person } from '../../libs/database/entities/people.js';
import { Cycle } from '../../libs/database/entities/plans.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { requestKey } from '../../libs/database/request-answers.js';
import type { RecordedMove } from '../../workflows/activity-contract.js';
import { meetingMoveWorkflowId, quarterWorkflowId } from '../../workflows/workflow-ids.js';
import { startQuarters } from '../../libs/temporal/start-workflows.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { councilId, runCouncil, until, year, type PersonInTest, type RunningCouncil } from '../support/running-council.js';

describe('a moved meeting', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
    await council.take('leader', { step: 'submit', reason: 'Checked with the police' });
    await council.take('gmt', { step: 'agree' });
  });
  afterAll(() => council.stop());

  const meetingOf = (body: string, date: string): Promise<Meeting> =>
    council.orm.em.fork().findOneOrFail(Meeting, { councilId, body, date });
  const datesNow = async (): Promise<Cycle['dates']> => (await council.orm.em.fork().findOneOrFail(Cycle, { councilId, year })).dates;

  async function move(meetingId: string, to: string, person: PersonInTest = 'clerk', idempotencyKey = randomUUID()): Promise<RecordedMove> {
    const personId = await council.personId(person);
    const key = requestKey(councilId, personId, idempotencyKey, { meetingId, to });
    return council.temporal.workflow.execute<(request: object) => Promise<RecordedMove>>('moveMeeting', {
      workflowId: meetingMoveWorkflowId(councilId, key.key),
      taskQueue: council.taskQueue,
      args: [{ councilId, meetingId, to, personId, ...key }],
    });
  }

  const deadlinesOfPlan = async (): Promise<(string | null | undefined)[]> => {
    const tasks = await council.orm.em
      .fork()
      .find(Task, { planId: (await council.plan()).id, closedAt: null }, { orderBy: { kind: 'asc' } });
    return tasks.map(({ dueOn }) => dueOn);
  };

  it('takes its deadlines, the task that waits for it and no other date with it', async () => {
    const before = await datesNow();
    const meeting = await meetingOf('overview-and-scrutiny', '2026-01-20');
    const { number, plans, quarters } = await move(meeting.id, '2026-01-27');
    expect({ number, plans, quarters }).toEqual({ number: 1, plans: [{ year, slug: 'community-safety' }], quarters: [] });
    expect(await datesNow()).toEqual({
      ...before,
      finalReportDue: '2026-01-12',
      agendaPublished: '2026-01-19',
      committeeMeeting: '2026-01-27',
    });
    expect(await deadlinesOfPlan()).toEqual(['2026-01-27']);
  });

  it('tells each person whose dates change once, and keeps what was told before', async () => {
    const em = council.orm.em.fork();
    const told = await em.find(Notice, { councilId, kind: 'dates-moved' });
    const names = (await em.find(Person, { email: { $in: told.map(({ recipient }) => recipient) } })).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Maya Thornton', 'Tom Ashworth', 'Helen Marsh']));
    expect(new Set(told.map(({ recipient }) => recipient)).size).toBe(told.length);
    expect(await em.count(Notice, { councilId, kind: 'committee-task' })).toBeGreaterThan(0);
  });

  it('counts once, however often the same request comes', async () => {
    const meeting = await meetingOf('overview-and-scrutiny', '2026-01-27');
    const key = randomUUID();
    const first = await move(meeting.id, '2026-01-29', 'clerk', key);
    expect(await move(meeting.id, '2026-01-29', 'clerk', key)).toEqual(first);
    expect(await council.orm.em.fork().count(MeetingMove, { meetingId: meeting.id })).toBe(2);
  });

  it('leaves what the workflow waits for equal to the table', async () => {
    const meeting = await meetingOf('overview-and-scrutiny', '2026-01-29');
    await move(meeting.id, '2026-02-03');
    expect(await council.waitsFor()).toMatchObject([{ kind: 'stage', at: 'overview-and-scrutiny' }]);
    expect(await deadlinesOfPlan()).toEqual(['2026-02-03']);
  });

  it.each([
    ['by somebody who keeps no meetings', 'leader', '2026-01-28', 'Only the clerk of this committee'],
    ['to a day that has passed', 'clerk', '2025-10-01', 'has passed'],
    ['to a day that does not exist', 'clerk', '2026-02-30', 'is not a date'],
    ['to where it is', 'clerk', '2026-02-03', 'already'],
  ] as const)('is refused %s, and nothing changes', async (_, person, to, words) => {
    const before = await datesNow();
    const meeting = await meetingOf('overview-and-scrutiny', '2026-02-03');
    await expect(move(meeting.id, to, person)).rejects.toMatchObject({ cause: { message: expect.stringContaining(words) as unknown } });
    expect(await datesNow()).toEqual(before);
  });

  it('that is cancelled leaves its business to an extraordinary one: the dates, the task and each person follow, once', async () => {
    const meeting = await meetingOf('overview-and-scrutiny', '2026-02-03');
    const personId = await council.personId('clerk');
    const asked = { meetingId: meeting.id, kind: 'cancelled', business: { date: '2026-02-10' }, reason: 'The chamber is flooded' };
    const key = requestKey(councilId, personId, randomUUID(), asked);
    const request = { councilId, personId, ...asked, ...key };
    const run = (workflowId: string) =>
      council.temporal.workflow.execute<(request: object) => Promise<RecordedMove>>('moveMeeting', {
        ...{ workflowId, taskQueue: council.taskQueue, args: [request] },
      });
    const recorded = await run(meetingMoveWorkflowId(councilId, key.key));
    expect(await run(`${meetingMoveWorkflowId(councilId, key.key)}-again`)).toEqual(recorded);
    const em = council.orm.em.fork();
    expect(await em.findOneOrFail(Meeting, meeting.id)).toMatchObject({ state: 'cancelled', date: '2026-02-03', considers: [] });
    const instead = await meetingOf('overview-and-scrutiny', '2026-02-10');
    expect(instead).toMatchObject({ extraordinary: true, state: 'planned', considers: meeting.considers });
    expect(await em.find(MeetingMove, { meetingId: meeting.id, kind: 'cancelled' })).toMatchObject([
      { fromDate: '2026-02-03', toDate: '2026-02-10', toMeetingId: instead.id, business: meeting.considers },
    ]);
    expect(await datesNow()).toMatchObject({ committeeMeeting: '2026-02-10', agendaPublished: '2026-02-02' });
    expect(await deadlinesOfPlan()).toEqual(['2026-02-10']);
    const told = await em.find(Notice, { councilId, kind: 'meeting-called-off' });
    expect(told.map(({ recipient }) => recipient)).toContain('maya.thornton@broxtowe.example');
    expect(new Set(told.map(({ recipient }) => recipient)).size).toBe(told.length);
    expect(told[0]?.facts).toMatchObject({
      how: 'does not take place',
      from: '2026-02-03',
      to: '2026-02-10',
      reason: 'The chamber is flooded',
    });
  });

  it('moves the dates of a quarter that is open, and tells its running process', async () => {
    await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
    const period = () => council.orm.em.fork().findOne(Quarter, { councilId, year: '2025-26', quarter: 2 });
    await until(async () => (await period()) !== null);
    const cabinet = await meetingOf('cabinet', '2025-12-02');
    expect((await move(cabinet.id, '2025-12-09')).quarters).toEqual([{ year: '2025-26', quarter: 2 }]);
    expect((await period())?.dates).toMatchObject({ cabinetMeeting: '2025-12-09', finalReportDue: '2025-11-24', gmtMeeting: '2025-11-11' });
    const { events } = await council.temporal.workflow.getHandle(quarterWorkflowId(councilId, '2025-26', 2)).fetchHistory();
    expect(events?.some(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === 'timetableMoved')).toBe(true);
  });
});
