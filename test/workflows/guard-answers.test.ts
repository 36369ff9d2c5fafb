/** Answers to the alarm of 1 April on a skipped clock: they quiet it for as long as they hold, and timers follow them. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../libs/database/entities/council.js';
import { GuardAnswer } from '../../libs/database/entities/guard.js';
import { FullPlanDraft } from '../../libs/database/entities/plans.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { requestKey } from '../../libs/database/request-answers.js';
import type { GuardAnswerRequest, RecordedGuardAnswer } from '../../workflows/activity-contract.js';
import { guardAnswerWorkflowId, meetingMoveWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, people, slug, until, year, type PersonInTest, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

const OSC = 'overview-and-scrutiny';

describe('an alarm of 1 April', () => {
  let clock: SkippedClock;
  let council: RunningCouncil;
  beforeEach(async () => {
    clock = await startSkippedClock();
    council = clock.council;
    await council.take('leader', { step: 'submit' });
    await council.take('gmt', { step: 'agree' });
  });
  afterEach(() => clock.stop());

  type Answered = Pick<GuardAnswerRequest, 'kind' | 'meetingId' | 'until' | 'reason'>;

  async function answer(person: PersonInTest, answered: Answered, idempotencyKey = randomUUID()): Promise<RecordedGuardAnswer> {
    const personId = await council.personId(person);
    const asked = { year, plans: [slug], ...answered };
    const key = requestKey(councilId, personId, idempotencyKey, asked);
    return council.temporal.workflow.execute<(request: object) => Promise<RecordedGuardAnswer>>('answerGuard', {
      workflowId: guardAnswerWorkflowId(councilId, `${key.key} ${randomUUID()}`),
      taskQueue: council.taskQueue,
      args: [{ councilId, personId, ...asked, ...key }],
    });
  }

  async function addMeeting(date: string): Promise<string> {
    const id = randomUUID();
    await council.orm.em.fork().insert(Meeting, { id, councilId, body: OSC, date, considers: [] });
    return id;
  }

  const alarms = async (): Promise<string[]> => [...new Set((await clock.told('guard-alarm')).map(([day]) => day))];
  const openAlarms = (): Promise<number> => council.orm.em.fork().count(Task, { kind: 'guard-alarm', closedAt: null });
  const decisionDue = async (): Promise<unknown> =>
    (await council.orm.em.fork().findOneOrFail(Task, { kind: 'decide', closedAt: null })).dueOn;

  it('is quiet for as long as another meeting is to come, follows it when it moves, and climbs on after its day', async () => {
    const march = await addMeeting('2026-03-16');
    await clock.skipTo('2026-03-04');
    expect(await alarms()).toEqual(['2026-03-04']);
    expect(await openAlarms()).toBe(1);
    const [notice] = await council.orm.em.fork().find(Notice, { kind: 'guard-alarm' });
    expect(notice?.facts).toMatchObject({
      plans: [
        {
          course: 'At risk',
          reason: 'Overview and Scrutiny Committee met on Tuesday 20 January, and what it decided is not recorded.',
          latestAction: 'Record by Tuesday 31 March what Overview and Scrutiny Committee decided on Tuesday 20 January',
        },
      ],
    });

    const key = randomUUID();
    const first = await answer('performance', { kind: 'other-meeting', meetingId: march }, key);
    expect(first).toEqual({ until: '2026-03-16', plans: [{ year, slug }] });
    expect(await answer('performance', { kind: 'other-meeting', meetingId: march }, key)).toEqual(first);
    expect(await council.orm.em.fork().count(GuardAnswer, {})).toBe(1);
    expect([await openAlarms(), await decisionDue()]).toEqual([0, '2026-03-16']);
    expect(await clock.told('guard-answered')).toEqual(
      expect.arrayContaining([
        ['2026-03-04', people.leader],
        ['2026-03-04', people.clerk],
        ['2026-03-04', 'Graham Pell'],
      ]),
    );

    await moveMeeting(march, '2026-03-19');
    expect(await decisionDue()).toBe('2026-03-19');
    await clock.skipTo('2026-03-18');
    expect(await alarms()).toEqual(['2026-03-04']);
    await clock.skipTo('2026-03-25');
    expect(await alarms()).toEqual(['2026-03-04', '2026-03-25']);
    // The fourth alarm of the calendar: it has climbed to both posts, though they heard nothing in between.
    expect((await clock.told('guard-alarm')).filter(([day]) => day === '2026-03-25').map(([, name]) => name)).toEqual([
      'Graham Pell',
      people.performance,
    ]);
    expect(await openAlarms()).toBe(2);
  });

  it('is raised again when the plan is returned into another round', async () => {
    await clock.skipTo('2026-03-05');
    await answer('performance', { kind: 'urgency', until: '2026-03-31', reason: 'The chair takes it as urgent on 12 March.' });
    await clock.skipTo('2026-03-12');
    expect(await alarms()).toEqual(['2026-03-04']);
    await council.take('clerk', { step: 'refer-back', reason: 'The target is not explained.', minute: '51' });
    await clock.skipTo('2026-03-18');
    expect(await alarms()).toEqual(['2026-03-04', '2026-03-18']);
  });

  it('lets publication wait for the later day that was accepted, also once the first day has passed', async () => {
    await council.take('clerk', { step: 'approve', minute: '42' });
    await clock.skipTo('2026-03-26');
    expect(await clock.told('not-ready-for-publication')).toHaveLength(1);
    await answer('performance', { kind: 'accept-lateness', until: '2026-04-15', reason: 'The baseline comes in April.' });
    const em = council.orm.em.fork();
    const full = await em.findOneOrFail(FullPlanDraft, (await council.plan()).id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await em.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    await clock.skipTo('2026-04-14');
    expect((await council.plan()).at).toBe('publication');
    expect((await alarms()).at(-1)).toBe('2026-03-26');
    await clock.skipTo('2026-04-15');
    await until(async () => (await council.plan()).at === 'published');
  });

  it('closes its tasks once the plan is certain', async () => {
    await clock.skipTo('2026-03-11');
    expect(await openAlarms()).toBe(2);
    await council.take('clerk', { step: 'approve', minute: '42' });
    expect(await openAlarms()).toBe(2);
    const em = council.orm.em.fork();
    const full = await em.findOneOrFail(FullPlanDraft, (await council.plan()).id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await em.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    expect(await openAlarms()).toBe(0);
  });

  it('is answered by those who may, with what an answer needs', async () => {
    const [inTime, tooLate] = [await addMeeting('2026-03-24'), await addMeeting('2026-04-14')];
    await clock.skipTo('2026-03-04');
    const refused = async (person: PersonInTest, answered: Answered): Promise<unknown> =>
      answer(person, answered).then(
        () => 'taken',
        (error: Error) => (error.cause as Error).message,
      );
    const reason = 'The committee cannot meet.';
    expect(await refused('leader', { kind: 'urgency', until: '2026-03-20', reason })).toMatch(/^Only the performance team/);
    expect(await refused('clerk', { kind: 'urgency', until: '2026-03-20', reason })).toMatch(/^Only the performance team/);
    expect(await refused('performance', { kind: 'urgency', until: '2026-03-20', reason: ' ' })).toMatch(/why it is urgent/);
    expect(await refused('performance', { kind: 'urgency', until: '2026-04-02', reason })).toMatch(/not after Tuesday 31 March 2026/);
    expect(await refused('performance', { kind: 'urgency', until: '2026-03-03', reason })).toMatch(/has passed/);
    expect(await refused('performance', { kind: 'urgency', until: '2026-02-30', reason })).toMatch(/must be a real date/);
    expect(await refused('performance', { kind: 'accept-lateness', until: '2026-03-30', reason })).toMatch(/is not late/);
    expect(await refused('performance', { kind: 'accept-lateness', until: '2026-04-06', reason })).toMatch(/not a working day/);
    expect(await refused('performance', { kind: 'other-meeting', meetingId: tooLate })).toMatch(/does not help/);
    expect(await refused('performance', { kind: 'other-meeting', meetingId: randomUUID() })).toMatch(/Choose the meeting/);
    expect(await council.orm.em.fork().count(GuardAnswer, {})).toBe(0);
    expect(await refused('clerk', { kind: 'other-meeting', meetingId: inTime })).toBe('taken');
    expect(await refused('otherGmt', { kind: 'urgency', until: '2026-03-20', reason })).toBe('taken');
    const acts = await council.orm.em.fork().find(AuditEntry, { act: 'answer guard' }, { orderBy: { number: 'asc' } });
    expect(acts.map(({ details }) => details)).toMatchObject([
      { kind: 'other-meeting', meeting: `${OSC} 2026-03-24`, until: '2026-03-24' },
      { kind: 'urgency', until: '2026-03-20', reason },
    ]);
  });

  it('keeps its answers: the database lets nobody change or delete them', async () => {
    await clock.skipTo('2026-03-04');
    await answer('performance', { kind: 'urgency', until: '2026-03-20', reason: 'The chair agreed.' });
    const connection = council.orm.em.fork().getConnection();
    for (const change of ['update guard_answer set reason = $$x$$', 'delete from guard_answer', 'truncate guard_answer'])
      await expect(connection.execute(change)).rejects.toThrow('never changed or deleted');
  });

  async function moveMeeting(meetingId: string, to: string): Promise<void> {
    const personId = await council.personId('clerk');
    const key = requestKey(councilId, personId, randomUUID(), { meetingId, to });
    await council.temporal.workflow.execute('moveMeeting', {
      workflowId: meetingMoveWorkflowId(councilId, key.key),
      taskQueue: council.taskQueue,
      args: [{ councilId, meetingId, to, personId, ...key }],
    });
  }
});
