/** The council's working mornings: who is told when somebody is away, is back, or has left, and what nobody else looks after. */
import { randomUUID } from 'node:crypto';
import type { RequiredEntityData } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendPendingSignals, wakeMorningRound } from '../../activities/pending-signals.js';
import { morningRound } from '../../activities/morning-round.js';
import { instantOf } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { firstBrokenEntry } from '../../libs/database/audit-trail.js';
import { Absence, Person, Post, RoleGrant } from '../../libs/database/entities/people.js';
import { PendingSignal } from '../../libs/database/entities/signals.js';
import { Message, Notice, Task } from '../../libs/database/entities/tasks.js';
import { startMorningRound } from '../../libs/temporal/start-workflows.js';
import { postMatter, roleMatter, type Handover } from '../../libs/domain/standing-in.js';
import { morningRoundWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, people, type PersonInTest, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

/** As the API records it: the round hears of it once it is committed. */
async function recordAbsence({ orm, temporal }: RunningCouncil, absence: RequiredEntityData<Absence>): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    await em.insert(Absence, absence);
    await wakeMorningRound(em, councilId);
  });
  expect(await sendPendingSignals(orm, temporal)).toBe(1);
  expect(await sendPendingSignals(orm, temporal)).toBe(0);
}

describe('a council’s morning round', () => {
  let clock: SkippedClock;
  beforeAll(async () => {
    clock = await startSkippedClock();
    await startMorningRound(clock.council.temporal, clock.council.taskQueue, councilId);
  });
  afterAll(() => clock.stop());

  async function rounds(): Promise<number> {
    const handle = clock.council.temporal.workflow.getHandle(morningRoundWorkflowId(councilId));
    const { events } = await handle.fetchHistory();
    const scheduled = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes }) => activityTaskScheduledEventAttributes ?? []);
    return scheduled.filter(({ activityType }) => activityType?.name === 'morningRound').length;
  }

  it('comes on Mondays where nobody is away and nothing is reminded of', async () => {
    await clock.skipTo('2025-12-05');
    // At its start, and on 10, 17 and 24 November and 1 December.
    expect(await rounds()).toBe(5);
  });

  it('comes on the day on which an absence begins that was recorded meanwhile, each morning until it is over, and then again on Mondays', async () => {
    const { council } = clock;
    const [personId, standInId] = [await council.personId('leader'), await council.personId('officer')];
    const days = { firstDay: '2025-12-10', lastDay: '2025-12-11' };
    const record = { recordedBy: personId, recordedAt: new Date() };
    await recordAbsence(council, { id: randomUUID(), councilId, personId, standInId, ...days, handovers: [], ...record });
    await clock.skipTo('2025-12-19');
    expect(await clock.told('stand-in-begins')).toEqual([['2025-12-10', people.officer]]);
    expect(await clock.told('absence-ended')).toEqual([['2025-12-12', people.leader]]);
    // Also on Monday 8, on 10, 11 and 12, and on Monday 15 December.
    expect(await rounds()).toBe(10);
  });

  it('is told of once it is there again where it did not run', async () => {
    const { orm, temporal } = clock.council;
    await temporal.workflow.getHandle(morningRoundWorkflowId(councilId)).terminate('for the test');
    await orm.em.fork().transactional((em) => wakeMorningRound(em, councilId));
    await sendPendingSignals(orm, temporal);
    expect(await orm.em.fork().count(PendingSignal, {})).toBe(0);
  });
});

describe('the working mornings of a council', () => {
  let clock: SkippedClock;
  let council: RunningCouncil;
  beforeAll(async () => {
    clock = await startSkippedClock();
    council = clock.council;
    await startMorningRound(council.temporal, council.taskQueue, councilId);
    // A worker that starts later finds it there.
    await startMorningRound(council.temporal, council.taskQueue, councilId);
  });
  afterAll(() => clock.stop());

  async function isAway(
    person: PersonInTest,
    standIn: PersonInTest | null,
    firstDay: string,
    lastDay: string | null,
    handovers: Handover[] = [],
  ): Promise<string> {
    const [personId, standInId] = [await council.personId(person), standIn ? await council.personId(standIn) : null];
    const absence = { id: randomUUID(), councilId, personId, standInId, firstDay, lastDay, handovers };
    await recordAbsence(council, { ...absence, recordedBy: personId, recordedAt: new Date() });
    return absence.id;
  }

  /** Calls the activity by itself, as a morning at which the worker is there again. */
  async function morningOf(day: string, time = '08:00'): Promise<string> {
    const { clock: council_ } = await councilAtWork(council.orm.em.fork(), councilId, Date.now);
    const at = council_.toServerTime(new Date(instantOf(day, time))).toISOString();
    return council.orm.em.fork().transactional((em) => morningRound(em, { councilId, at }));
  }

  async function factsOf(kind: string): Promise<Record<string, unknown>[]> {
    const notices = await council.orm.em.fork().find(Notice, { kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } });
    return notices.map(({ facts }) => facts);
  }

  const DRAFT = { title: 'Submit the draft of the Community Safety Business Plan 2026–2029', due: '2025-11-18' };

  it('tell who stands in on the first day, with what is open and until when', async () => {
    await isAway('leader', 'officer', '2025-11-08', '2025-11-12');
    await clock.skipTo('2025-11-07');
    expect(await clock.told('stand-in-begins')).toEqual([]);
    // The first day is a Saturday: nobody is told before Monday.
    await clock.skipTo('2025-11-10');
    expect(await clock.told('stand-in-begins')).toEqual([['2025-11-10', people.officer]]);
    expect((await factsOf('stand-in-begins'))[0]).toMatchObject({ personName: people.leader, lastDay: '2025-11-12', tasks: [DRAFT] });
  });

  it('and every reminder in these days goes to who stands in, after them to the person again', async () => {
    await clock.skipTo('2025-11-19');
    expect(await clock.told('reminder')).toEqual([
      ['2025-11-11', people.officer],
      ['2025-11-18', people.leader],
    ]);
  });

  it('tell the person when it has ended, once, with what is open for them', async () => {
    expect(await clock.told('absence-ended')).toEqual([['2025-11-13', people.leader]]);
    expect((await factsOf('absence-ended'))[0]).toMatchObject({ tasks: [DRAFT] });
    expect(await clock.told('stand-in-begins')).toHaveLength(1);
    // Who stood in knew the day.
    expect(await clock.told('stand-in-ends')).toEqual([]);
  });

  it('tell the performance team once of a task that nobody is there for, and reminders of it go there too', async () => {
    await council.take('leader', { step: 'submit' });
    await isAway('gmt', 'otherGmt', '2025-11-24', '2025-11-26');
    await isAway('otherGmt', 'gmt', '2025-11-24', '2025-11-26');
    await clock.skipTo('2025-11-26');
    const team = [people.performance, 'Sam Whitlock'];
    expect(await clock.told('nobody-there')).toEqual(team.map((name) => ['2025-11-24', name]));
    expect((await factsOf('nobody-there'))[0]).toMatchObject({
      task: 'Review the Community Safety Business Plan 2026–2029',
      due: '2025-12-02',
    });
    // GMT meets on 2 December; five working days before that nobody of it is here.
    expect((await clock.told('reminder')).slice(2)).toEqual(team.map((name) => ['2025-11-25', name]));
  });

  it('escalate past a manager who is away, or stands in already, to the one above', async () => {
    await council.take('gmt', { step: 'return', reason: 'The target is not explained.' });
    const [task] = await council.orm.em.fork().find(Task, { closedAt: null, kind: 'draft' });
    await isAway('leader', 'officer', '2025-11-27', '2026-01-09');
    const escalations = async () => (await clock.told('escalation')).slice(-1);
    await clock.skipTo('2026-01-09');
    // Priya Nair's own manager is Maya Thornton, for whom she stands in.
    expect(task?.dueOn).toBe('2025-12-03');
    expect((await escalations()).map(([, name]) => name)).toEqual(['Graham Pell']);
  });

  it('cost about eleven events each', async () => {
    const { events = [] } = await council.temporal.workflow.getHandle(morningRoundWorkflowId(councilId)).fetchHistory();
    const rounds = (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes).length;
    expect(rounds).toBeGreaterThan(30);
    expect((events ?? []).length / rounds).toBeLessThanOrEqual(11.5);
  });

  it('do once what fell due in days without a worker, and nothing twice', async () => {
    await isAway('clerk', 'performance', '2026-01-12', '2026-01-30');
    await isAway('officer', 'leader', '2026-01-12', '2026-01-13');
    expect(await morningOf('2026-01-16')).toBe((await morningOf('2026-01-16')).toString());
    expect((await clock.told('stand-in-begins')).filter(([day]) => day >= '2026-01-12')).toEqual([['2026-01-16', people.performance]]);
    // Whose days were over before anybody looked is told that they are, and nobody stands in any more.
    expect((await clock.told('absence-ended')).slice(-1)).toEqual([['2026-01-16', people.officer]]);
  });

  it('say when to come again: the same morning while it is to come, else the next working one', async () => {
    const next = async (day: string, time: string): Promise<string> => {
      const { clock: at } = await councilAtWork(council.orm.em.fork(), councilId, Date.now);
      return at.toCouncilTime(new Date(await morningOf(day, time))).toISOString();
    };
    expect(await next('2026-01-16', '06:00')).toBe('2026-01-16T08:00:00.000Z');
    expect(await next('2026-01-16', '08:00')).toBe('2026-01-19T08:00:00.000Z');
    expect(await next('2026-01-17', '12:00')).toBe('2026-01-19T08:00:00.000Z');
    expect(await next('2026-04-02', '09:00')).toBe('2026-04-07T07:00:00.000Z');
  });

  it('remind of an e-mail that could not be delivered by the council’s rules, and tell the next person up', async () => {
    const task = { id: randomUUID(), councilId, kind: 'undelivered' as const, at: 'undelivered', role: 'performance-team' as const };
    const since = new Date(instantOf('2026-01-16', '10:00'));
    await council.orm.em.fork().insert(Task, { ...task, round: 1, dueOn: '2026-01-20', openedAt: since });
    const days = ['2026-01-19', '2026-01-20', '2026-01-21', '2026-01-23', '2026-01-23', '2026-02-20'];
    for (const day of days) await morningOf(day);
    const told = await council.orm.em
      .fork()
      .find(Notice, { subject: `task/${task.id}` }, { orderBy: { createdAt: 'asc', recipient: 'asc' } });
    expect(told.map(({ kind, occurrence, recipient }) => [kind, occurrence, recipient])).toEqual([
      ['reminder', 'due 1', 'helen.marsh@broxtowe.example'],
      ['reminder', 'due 1', 'sam.whitlock@broxtowe.example'],
      ['reminder', 'overdue 1', 'helen.marsh@broxtowe.example'],
      ['reminder', 'overdue 1', 'sam.whitlock@broxtowe.example'],
      // By the rule of its own kind: each working day, and after three of them the next person up.
      ['reminder', 'overdue 3', 'helen.marsh@broxtowe.example'],
      ['reminder', 'overdue 3', 'sam.whitlock@broxtowe.example'],
      ['escalation', 'escalated 20', 'graham.pell@broxtowe.example'],
      ['reminder', 'escalated 20', 'helen.marsh@broxtowe.example'],
      ['reminder', 'escalated 20', 'sam.whitlock@broxtowe.example'],
    ]);
  });

  it('give what somebody who left had to whoever follows: posts, roles, and mail that had not left yet', async () => {
    const em = council.orm.em.fork();
    const leader = await em.findOneOrFail(Person, { name: people.leader });
    const post = await em.findOneOrFail(Post, { holderId: leader.id });
    const officer = await council.personId('officer');
    const handovers: Handover[] = [
      { matter: postMatter(post.id), toId: officer, as: 'successor' },
      { matter: roleMatter('priority-leader', 'community-safety'), toId: officer, as: 'successor' },
      { matter: roleMatter('head-of-service', 'community-safety'), toId: null, as: 'stand-in' },
    ];
    await isAway('leader', 'officer', '2026-02-23', null, handovers);
    await em.nativeUpdate(Person, { id: leader.id }, { leftOn: '2026-02-23' });
    const before = await em.count(Notice, { councilId });
    const toLeader = await em.count(Message, { recipientEmail: leader.email });
    expect(toLeader).toBeGreaterThan(3);
    await morningOf('2026-02-23');
    await morningOf('2026-02-24');

    const after = council.orm.em.fork();
    expect((await after.findOneOrFail(Post, post.id)).holderId).toBe(officer);
    const grants = await after.find(RoleGrant, { scope: 'community-safety' }, { orderBy: { role: 'asc' } });
    expect(grants.map(({ role, personId }) => [role, personId])).toEqual([
      ['head-of-service', leader.id],
      ['priority-leader', officer],
    ]);
    // Nothing that waits goes to somebody who is gone; what the follower was told already is not told twice.
    expect(await after.count(Message, { recipientEmail: leader.email, status: 'queued' })).toBe(0);
    expect(await after.count(Notice, { recipient: leader.email })).toBe(0);
    const notices = await after.find(Notice, { councilId });
    const messages = await after.find(Message, { councilId });
    expect(new Set(notices.map(({ messageId }) => messageId))).toEqual(new Set(messages.map(({ id }) => id)));
    expect(notices.length).toBeGreaterThan(before - toLeader);
    // The open draft is told of with the handover; the full plan, which nobody follows in, to the performance team.
    const begins = await after.findOneOrFail(Notice, {
      kind: 'stand-in-begins',
      recipient: 'priya.nair@broxtowe.example',
      createdAt: { $gte: new Date('2026-02-20') },
    });
    expect(begins.facts).toMatchObject({ personName: people.leader, lastDay: null, tasks: [{ title: DRAFT.title }] });
    expect((await factsOf('nobody-there')).slice(-1)[0]).toMatchObject({
      task: 'Complete the full Community Safety Business Plan 2026–2029',
      names: people.leader,
    });
    expect(await firstBrokenEntry(after, councilId)).toBeNull();
  });
});
