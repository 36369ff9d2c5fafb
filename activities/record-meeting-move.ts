/** Puts a meeting on another day: the meeting, every date that follows from it, the tasks due then, and who is told; one transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import {
  CYCLE_DATE_TITLES,
  movedCycle,
  movedQuarter,
  QUARTER_DATE_TITLES,
  withMeetingMoved,
  type KnownMeeting,
} from '../libs/calendar/move-meeting.js';
import type { TimetableSource } from '../libs/calendar/timetable.js';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { meetingsOf } from '../libs/database/council-at-work.js';
import { Council, Meeting, MeetingMove } from '../libs/database/entities/council.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { Task } from '../libs/database/entities/tasks.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import { onBehalfOf } from '../libs/database/standing-in-today.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { isOver, stageOf, type GrantedRole } from '../libs/domain/route.js';
import type { Instant, MeetingMoveRequest, RecordedMove } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { peopleConcerned, type DateOfSomebody } from './people-concerned.js';
import { rolesAt } from './person-roles.js';
import { stageDue } from './stage-due.js';
import { tell } from './tell.js';

/**
 * Repeating the activity gives the first answer.
 * @throws DomainError 'not-allowed' unless the person keeps that body's meetings; 'not-found', 'invalid' for a move that cannot be
 */
export async function recordMeetingMove(em: EntityManager, move: MeetingMoveRequest & { at: Instant }): Promise<RecordedMove> {
  const given = await answerGivenTo<RecordedMove>(em, move);
  if (given) return given;
  // Moves of one council come one after the other, so that each is worked out from the dates that the one before it left.
  await em.findOneOrFail(Council, move.councilId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const moment = await councilMoment(em, move.councilId, move.at);
  const before = await meetingsOf(em, move.councilId);
  const after = withMeetingMoved(before, move.meetingId, move.to, moment.today);
  const meeting = before.find(({ id }) => id === move.meetingId)!;
  const clerk = await requireClerkOf(em, moment, meeting, move.personId);
  const moved = await moveDates(em, moment, after);
  const record = await writeMove(em, moment, meeting, { ...move, onBehalfOf: onBehalfOf(clerk) });
  await tellPeople(em, moment, record, moved.dates);
  const answer: RecordedMove = { number: record.number, plans: moved.plans, quarters: moved.quarters };
  em.persist(em.create(RequestAnswer, { key: move.key, bodyHash: move.bodyHash, answer: { ...answer }, createdAt: moment.at }));
  await em.flush();
  return answer;
}

/** @returns the roles by which the person keeps the meetings of the body */
async function requireClerkOf(em: EntityManager, moment: CouncilMoment, { body }: Meeting, personId: string): Promise<GrantedRole[]> {
  const granted = (await rolesAt(em, moment, personId)).filter(({ role }) => role === 'committee-clerk');
  const ofBody = granted.filter(({ scope = null }) => scope === null || scope === body);
  if (ofBody.length === 0) throw new DomainError('not-allowed', 'Only the clerk of this committee can move its meetings.');
  return ofBody;
}

interface MovedDates {
  dates: DateOfSomebody[];
  plans: RecordedMove['plans'];
  quarters: RecordedMove['quarters'];
}

/** Every open cycle and quarter by the meetings as they are now. */
async function moveDates(em: EntityManager, moment: CouncilMoment, meetings: readonly KnownMeeting[]): Promise<MovedDates> {
  const { council } = moment;
  const source: TimetableSource = { meetings, settings: council.settings.timetable, calendar: council.calendar };
  const moved: MovedDates = { dates: [], plans: [], quarters: [] };
  for (const cycle of await em.find(Cycle, { councilId: council.id, status: 'open' })) {
    const { dates, moved: changed } = movedCycle(cycle.dates, source);
    if (changed.length === 0) continue;
    cycle.dates = dates;
    const plans = (await em.find(Plan, { cycleId: cycle.id })).filter((plan) => !isOver(plan));
    for (const plan of plans) await moveTasks(em, moment, cycle, plan);
    moved.plans.push(...plans.map(({ year, slug }) => ({ year, slug })));
    moved.dates.push(...changed.map((date) => ({ ...date, title: CYCLE_DATE_TITLES[date.name], of: 'cycle' as const, plans })));
  }
  for (const period of await em.find(Quarter, { councilId: council.id, status: { $ne: 'closed' } })) {
    const { dates, moved: changed } = movedQuarter(period.dates, source);
    if (changed.length === 0) continue;
    period.dates = dates;
    moved.quarters.push({ year: period.year, quarter: period.quarter });
    moved.dates.push(...changed.map((date) => ({ ...date, title: QUARTER_DATE_TITLES[date.name], of: 'quarter' as const, plans: [] })));
  }
  return moved;
}

/** What is asked of somebody falls due on the stage's new day; what has no stage's day, as the full plan, keeps its own. */
async function moveTasks(em: EntityManager, moment: CouncilMoment, cycle: Cycle, plan: Plan): Promise<void> {
  for (const task of await em.find(Task, { planId: plan.id, closedAt: null })) {
    const stage = stageOf(cycle.route, { ...plan, at: task.at });
    if (stage) task.dueOn = stageDue(stage, cycle.dates, task.round, moment);
  }
}

async function writeMove(
  em: EntityManager,
  moment: CouncilMoment,
  meeting: Meeting,
  move: MeetingMoveRequest & { onBehalfOf: string | null },
): Promise<MeetingMove> {
  const number = (await em.count(MeetingMove, { councilId: move.councilId })) + 1;
  const [fromDate, reason] = [meeting.date, move.reason?.trim() || null];
  const record = em.create(MeetingMove, {
    ...{ id: randomUUID(), councilId: move.councilId, number, meetingId: meeting.id },
    ...{ fromDate, toDate: move.to, reason, movedBy: move.personId, onBehalfOf: move.onBehalfOf, movedAt: moment.at },
  });
  meeting.date = move.to;
  em.persist(record);
  await em.flush();
  await appendToAuditTrail(em, {
    councilId: move.councilId,
    at: moment.at,
    personId: move.personId,
    act: 'move meeting',
    subject: `meeting ${meeting.body} ${fromDate}`,
    details: { to: move.to, reason, number, ...(move.onBehalfOf ? { onBehalfOf: move.onBehalfOf } : {}) },
  });
  return record;
}

async function tellPeople(em: EntityManager, moment: CouncilMoment, move: MeetingMove, dates: readonly DateOfSomebody[]): Promise<void> {
  const meeting = await em.findOneOrFail(Meeting, move.meetingId);
  const bodyName = moment.council.settings.bodies.find(({ id }) => id === meeting.body)?.name ?? meeting.body;
  for (const { person, dates: theirs } of await peopleConcerned(em, moment, dates))
    await tell(em, moment, [person], {
      kind: 'dates-moved',
      subject: `meeting/${meeting.id}/moved`,
      occurrence: String(move.number),
      path: '/meetings',
      facts: {
        ...{ bodyName, from: move.fromDate, to: move.toDate, reason: move.reason ?? '' },
        dates: theirs.map(({ title, before, after }) => ({ title, before, after })),
      },
    });
}
