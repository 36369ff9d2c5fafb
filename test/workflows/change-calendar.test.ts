/** A closure: every date that is counted in working days moves, running timers and arranged openings too, and each person is told once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter } from '@temporalio/common';
import type { CalendarChange } from '../../libs/domain/calendar-change.js';
import { firstBrokenEntry } from '../../libs/database/audit-trail.js';
import { CalendarChangeMade, Council } from '../../libs/database/entities/council.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { Cycle } from '../../libs/database/entities/plans.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { startQuarters } from '../../libs/temporal/start-workflows.js';
import type { RecordedCalendarChange } from '../../workflows/activity-contract.js';
import {
  calendarChangeWorkflowId,
  cycleScheduleId,
  cycleWorkflowId,
  planWorkflowId,
  quarterWorkflowId,
} from '../../workflows/workflow-ids.js';
import { councilId, runCouncil, slug, until, year, type PersonInTest, type RunningCouncil } from '../support/running-council.js';

const week = { act: 'close', from: '2025-11-24', to: '2025-11-28', reason: 'The offices move' } as const;

describe('a closure of the council', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
    await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
    await until(async () => (await council.orm.em.fork().findOne(Quarter, { councilId, year: '2025-26', quarter: 2 })) !== null);
    const next = council.temporal.schedule.getHandle(cycleScheduleId(councilId, '2027-28'));
    await until(() =>
      next.describe().then(
        () => true,
        () => false,
      ),
    );
  });
  afterAll(() => council.stop());

  const dates = async (): Promise<Cycle['dates']> => (await council.orm.em.fork().findOneOrFail(Cycle, { councilId, year })).dates;

  async function change(wanted: CalendarChange, person: PersonInTest = 'clerk', key = randomUUID()): Promise<RecordedCalendarChange> {
    const personId = await council.personId(person);
    const request = requestKey(councilId, personId, key, wanted);
    return council.temporal.workflow.execute<(request: object) => Promise<RecordedCalendarChange>>('changeCalendar', {
      workflowId: calendarChangeWorkflowId(councilId, request.key),
      taskQueue: council.taskQueue,
      args: [{ councilId, personId, change: wanted, ...request }],
    });
  }

  /** What an activity last gave back to a workflow. */
  async function lastResultOf(workflowId: string, activity: string): Promise<unknown> {
    const { events } = await council.temporal.workflow.getHandle(workflowId).fetchHistory();
    const ids = (events ?? [])
      .filter((one) => one.activityTaskScheduledEventAttributes?.activityType?.name === activity)
      .map(({ eventId }) => String(eventId));
    const done = (events ?? []).filter((one) => ids.includes(String(one.activityTaskCompletedEventAttributes?.scheduledEventId)));
    const payload = done.at(-1)?.activityTaskCompletedEventAttributes?.result?.payloads?.[0];
    return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
  }

  it('moves the deadlines before it, the open task and the timers of all that runs', async () => {
    const before = await dates();
    const recorded = await change(week);
    expect(recorded).toEqual({
      ...{ number: 1, cycles: [year], plans: [{ year, slug }] },
      quarters: [{ year: '2025-26', quarter: 2 }],
    });
    expect(await dates()).toEqual({ ...before, draftDue: '2025-11-11' });
    const [task] = await council.orm.em.fork().find(Task, { planId: (await council.plan()).id, kind: 'draft', closedAt: null });
    expect(task?.dueOn).toBe('2025-11-11');
    const period = await council.orm.em.fork().findOneOrFail(Quarter, { councilId, year: '2025-26', quarter: 2 });
    expect(period.dates).toMatchObject({ agendaPublished: '2025-11-17', finalReportDue: '2025-11-10', cabinetMeeting: '2025-12-02' });
    const plan = planWorkflowId(councilId, year, slug);
    await until(async () => (await lastResultOf(plan, 'planWaits')) !== undefined);
    const councilTime = (await council.orm.em.fork().findOneOrFail(Council, councilId)).clockOffsetMs;
    const remindAt = ((await lastResultOf(plan, 'planWaits')) as { remindAt: string }).remindAt;
    // Five working days before the draft is due, and no longer on 11 November.
    expect(new Date(Date.parse(remindAt) + councilTime).toISOString().slice(0, 10)).toBe('2025-11-04');
    const quarter = quarterWorkflowId(councilId, '2025-26', 2);
    const prepareForCabinetAt = async () =>
      ((await lastResultOf(quarter, 'openQuarter')) as { prepareForCabinetAt: string }).prepareForCabinetAt;
    await until(async () => new Date(Date.parse(await prepareForCabinetAt()) + councilTime).toISOString().startsWith('2025-11-10'));
  });

  it('tells each person whose dates change once, with why', async () => {
    const told = await council.orm.em.fork().find(Notice, { councilId, kind: 'calendar-changed' });
    expect(told.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining(['maya.thornton@broxtowe.example', 'helen.marsh@broxtowe.example']),
    );
    expect(new Set(told.map(({ recipient }) => recipient)).size).toBe(told.length);
    const leader = told.find(({ recipient }) => recipient.startsWith('maya'));
    expect(leader?.facts).toMatchObject({
      what: 'The council is closed from Monday 24 November 2025 to Friday 28 November 2025: The offices move.',
      dates: [{ title: 'Drafts are due', before: '2025-11-18', after: '2025-11-11' }],
    });
  });

  it('is on record with who added it, and counts on with the changes of meetings', async () => {
    const em = council.orm.em.fork();
    expect(await em.find(CalendarChangeMade, { councilId })).toMatchObject([{ number: 1, change: week }]);
    const [entry] = await em.find(AuditEntry, { act: 'add closure' });
    expect(entry).toMatchObject({
      personId: await council.personId('clerk'),
      subject: 'calendar 2025-11-24',
      details: { to: '2025-11-28' },
    });
    await expect(em.execute('delete from calendar_change')).rejects.toThrow();
    expect(await firstBrokenEntry(council.orm.em.fork(), councilId)).toBeNull();
  });

  it('before 1 April brings the first alarm forward', async () => {
    expect((await dates()).guardFirstAlarm).toBe('2026-03-04');
    await change({ act: 'close', from: '2026-03-30', to: '2026-03-31', reason: 'Year-end' });
    expect((await dates()).guardFirstAlarm).toBe('2026-03-02');
    const offset = (await council.orm.em.fork().findOneOrFail(Council, councilId)).clockOffsetMs;
    const cycle = cycleWorkflowId(councilId, year);
    await until(async () => {
      const next = await lastResultOf(cycle, 'keepGuard');
      return typeof next === 'string' && new Date(Date.parse(next) + offset).toISOString().startsWith('2026-03-02');
    });
  });

  it('on the day of an opening arranges it for the next working day, and back again', async () => {
    const day = { from: '2026-09-01', to: '2026-09-01' };
    const openings = async (): Promise<Date[]> =>
      (await council.temporal.schedule.getHandle(cycleScheduleId(councilId, '2027-28')).describe()).info.nextActionTimes;
    const [before] = await openings();
    await change({ act: 'close', ...day, reason: 'Works' });
    const [later] = await openings();
    expect(later!.getTime() - before!.getTime()).toBe(86_400_000);
    await change({ act: 'open-again', ...day });
    expect(await openings()).toEqual([before]);
  });

  it('counts once, however often the same request comes, and is refused to others', async () => {
    const key = randomUUID();
    const poll = { act: 'add-poll', date: '2026-05-07', name: 'Borough Council' } as const;
    const first = await change(poll, 'performance', key);
    expect(await change(poll, 'performance', key)).toEqual(first);
    const refused = (words: string) => ({ cause: { message: expect.stringContaining(words) as unknown } });
    await expect(change({ act: 'remove-poll', date: '2026-05-07' }, 'leader')).rejects.toMatchObject(
      refused('Only clerks of all committees'),
    );
    await expect(change(poll)).rejects.toMatchObject(refused('is a polling day already'));
    expect((await council.orm.em.fork().findOneOrFail(Council, councilId)).settings.timetable.pollingDays).toEqual(['2026-05-07']);
  });
});
