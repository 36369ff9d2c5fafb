/** Records that a meeting is moved or called off: the meetings, every date that follows, the tasks due then, and who is told; one transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { Council, Meeting, MeetingMove } from '../libs/database/entities/council.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { takeOverMeetings, workOutChange, type WorkedOutChange } from '../libs/database/meeting-change.js';
import { asShown, whatFollows } from '../libs/database/meeting-change-preview.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import { timetableChanges } from '../libs/database/timetable-changes.js';
import { onBehalfOf } from '../libs/database/standing-in-today.js';
import { noticesOfMeetingChange } from '../libs/database/told-of-change.js';
import { requireSeen } from '../libs/database/what-was-seen.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { MeetingChangeKind } from '../libs/domain/meeting.js';
import type { GrantedRole } from '../libs/domain/route.js';
import type { Instant, MeetingMoveRequest, RecordedMove } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { moveDates } from './move-dates.js';
import { peopleConcerned, type DateOfSomebody } from './people-concerned.js';
import { rolesAt } from './person-roles.js';
import { tell } from './tell.js';

/**
 * Repeating the activity gives the first answer.
 * @throws DomainError 'not-allowed' unless the person keeps that body's meetings; 'not-found', 'invalid' for a change that cannot be;
 * 'stale' where something else follows now than was shown
 */
export async function recordMeetingMove(em: EntityManager, move: MeetingMoveRequest & { at: Instant }): Promise<RecordedMove> {
  const given = await answerGivenTo<RecordedMove>(em, move);
  if (given) return given;
  // Changes of one council come one after the other, so that each is worked out from the dates that the one before it left.
  await em.findOneOrFail(Council, move.councilId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const moment = await councilMoment(em, move.councilId, move.at);
  const change = { meetingId: move.meetingId, kind: move.kind ?? 'moved', to: move.to, business: move.business } as const;
  const changed = await workOutChange(em, moment.council, change, moment.today, randomUUID());
  const clerk = await requireClerkOf(em, moment, changed.meeting, move.personId);
  requireSeen(move.previewHash, () => asShown(change, changed, whatFollows(moment.council, change, changed, moment.today)));
  const moved = await moveDates(em, moment, changed);
  const record = await writeChange(em, moment, changed, change.kind, { ...move, onBehalfOf: onBehalfOf(clerk) });
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

const ACTS: Record<MeetingChangeKind, string> = {
  moved: 'move meeting',
  adjourned: 'adjourn meeting',
  cancelled: 'cancel meeting',
  inquorate: 'record inquorate meeting',
};

async function writeChange(
  em: EntityManager,
  moment: CouncilMoment,
  changed: WorkedOutChange,
  kind: MeetingChangeKind,
  { councilId, personId, onBehalfOf: forWhom, reason: given }: MeetingMoveRequest & { onBehalfOf: string | null },
): Promise<MeetingMove> {
  const { meeting, toMeeting } = changed;
  const number = (await timetableChanges(em, councilId)) + 1;
  const [fromDate, toDate, reason] = [meeting.date, toMeeting?.date ?? null, given?.trim() || null];
  const toMeetingId = toMeeting && toMeeting.id !== meeting.id ? toMeeting.id : null;
  const record = em.create(MeetingMove, {
    ...{ id: randomUUID(), councilId, number, meetingId: meeting.id, kind, fromDate, toDate, toMeetingId },
    ...{ business: meeting.considers, reason, movedBy: personId, onBehalfOf: forWhom, movedAt: moment.at },
  });
  takeOverMeetings(em, councilId, changed);
  em.persist(record);
  await em.flush();
  await appendToAuditTrail(em, {
    councilId,
    at: moment.at,
    personId,
    act: ACTS[kind],
    subject: `meeting ${meeting.body} ${fromDate}`,
    details: {
      ...{ to: toDate, reason, number },
      ...(kind === 'moved' ? {} : { business: record.business }),
      ...(forWhom ? { onBehalfOf: forWhom } : {}),
    },
  });
  return record;
}

async function tellPeople(em: EntityManager, moment: CouncilMoment, move: MeetingMove, dates: readonly DateOfSomebody[]): Promise<void> {
  const { fromDate: from, toDate: to, reason } = move;
  const kind: MeetingChangeKind = move.kind;
  if (!to) return;
  const meeting = await em.findOneOrFail(Meeting, move.meetingId);
  const bodyName = moment.council.settings.bodies.find(({ id }) => id === meeting.body)?.name ?? meeting.body;
  const about = { ...noticesOfMeetingChange(meeting.id, move.number), path: '/meetings' };
  for (const { person, dates: theirs } of await peopleConcerned(em, moment, dates)) {
    const changes = theirs.map(({ title, before, after }) => ({ title, before, after }));
    const facts = { bodyName, from, to, reason: reason ?? '', dates: changes };
    if (kind === 'moved') await tell(em, moment, [person], { kind: 'dates-moved', ...about, facts });
    else await tell(em, moment, [person], { kind: 'meeting-called-off', ...about, facts: { ...facts, how: HOW[kind] } });
  }
}

/** Completes "The meeting of Cabinet on Tuesday 3 February 2026 …". */
const HOW: Record<Exclude<MeetingChangeKind, 'moved'>, string> = {
  adjourned: 'was adjourned',
  cancelled: 'does not take place',
  inquorate: 'had too few members to decide anything',
};
