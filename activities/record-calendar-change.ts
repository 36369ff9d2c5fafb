/** Records that closures or polling days change: the settings, every date that follows, the tasks due then, and who is told; one transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { calendarChangeInWords } from '../libs/calendar/special-days.js';
import type { CalendarChange } from '../libs/domain/calendar-change.js';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import {
  whatCalendarFollows,
  withSpecialDays,
  workOutCalendarChange,
  type WorkedOutCalendarChange,
} from '../libs/database/calendar-change.js';
import { CalendarChangeMade, Council } from '../libs/database/entities/council.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import { onBehalfOf } from '../libs/database/standing-in-today.js';
import { requireSeen } from '../libs/database/what-was-seen.js';
import { noticesOfCalendarChange } from '../libs/database/told-of-change.js';
import { timetableChanges } from '../libs/database/timetable-changes.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { GrantedRole } from '../libs/domain/route.js';
import type { CalendarChangeRequest, Instant, RecordedCalendarChange } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { moveDates } from './move-dates.js';
import { wakeMorningRound } from './pending-signals.js';
import { peopleConcerned, type DateOfSomebody } from './people-concerned.js';
import { rolesAt } from './person-roles.js';
import { tell } from './tell.js';

/**
 * Repeating the activity gives the first answer.
 * @throws DomainError 'not-allowed' unless the person keeps the council's calendar; 'invalid' for a change that cannot be; 'stale' where something else would follow than was shown
 */
export async function recordCalendarChange(
  em: EntityManager,
  request: CalendarChangeRequest & { at: Instant },
): Promise<RecordedCalendarChange> {
  const given = await answerGivenTo<RecordedCalendarChange>(em, request);
  if (given) return given;
  // Changes of one council come one after the other, as those of its meetings do.
  const council = await em.findOneOrFail(Council, request.councilId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const before = await councilMoment(em, request.councilId, request.at);
  const keeper = await requireKeeper(em, before, request.personId);
  const changed = await workOutCalendarChange(em, before.council, request.change, before.today);
  requireSeen(request.previewHash, () => whatCalendarFollows(changed, before.today));
  council.settings = withSpecialDays(council.settings, changed.days);
  await em.flush();
  // From here on by the calendar as it is now.
  const moment = await councilMoment(em, request.councilId, request.at);
  const { dates } = await moveDates(em, moment, changed);
  const record = await writeChange(em, moment, request, onBehalfOf(keeper));
  await tellPeople(em, moment, record, dates);
  await wakeMorningRound(em, request.councilId);
  const answer: RecordedCalendarChange = { number: record.number, ...everyTimer(changed) };
  em.persist(em.create(RequestAnswer, { key: request.key, bodyHash: request.bodyHash, answer: { ...answer }, createdAt: moment.at }));
  await em.flush();
  return answer;
}

/** Closures matter to every body's meetings: a clerk of one body alone does not set them. */
async function requireKeeper(em: EntityManager, moment: CouncilMoment, personId: string): Promise<GrantedRole[]> {
  const granted = await rolesAt(em, moment, personId);
  const keepers = granted.filter(({ role, scope = null }) => scope === null && (role === 'committee-clerk' || role === 'performance-team'));
  if (keepers.length === 0)
    throw new DomainError('not-allowed', 'Only clerks of all committees and the performance team can change closures and polling days.');
  return keepers;
}

/** Reminders count working days too, so that all that runs looks up its moments again, whether its own dates move or not. */
function everyTimer({ cycles, quarters }: WorkedOutCalendarChange): Omit<RecordedCalendarChange, 'number'> {
  return {
    cycles: cycles.map(({ cycle }) => cycle.year),
    plans: cycles.flatMap(({ plans }) => plans.map(({ plan: { year, slug } }) => ({ year, slug }))),
    quarters: quarters.map(({ period: { year, quarter } }) => ({ year, quarter })),
  };
}

const ACTS: Record<CalendarChange['act'], string> = {
  close: 'add closure',
  'open-again': 'remove closure',
  'add-poll': 'add polling day',
  'remove-poll': 'remove polling day',
};

async function writeChange(
  em: EntityManager,
  { at }: CouncilMoment,
  { councilId, personId, change }: CalendarChangeRequest,
  forWhom: string | null,
): Promise<CalendarChangeMade> {
  const number = (await timetableChanges(em, councilId)) + 1;
  const record = { id: randomUUID(), councilId, number, change, changedBy: personId, onBehalfOf: forWhom, changedAt: at };
  const made = em.create(CalendarChangeMade, record);
  em.persist(made);
  await em.flush();
  const { act, ...days } = change;
  await appendToAuditTrail(em, {
    ...{ councilId, at, personId, act: ACTS[act], subject: `calendar ${'date' in change ? change.date : change.from}` },
    details: { ...days, number, ...(forWhom ? { onBehalfOf: forWhom } : {}) },
  });
  return made;
}

async function tellPeople(
  em: EntityManager,
  moment: CouncilMoment,
  { number, change }: CalendarChangeMade,
  dates: readonly DateOfSomebody[],
): Promise<void> {
  for (const { person, dates: theirs } of await peopleConcerned(em, moment, dates))
    await tell(em, moment, [person], {
      kind: 'calendar-changed',
      ...noticesOfCalendarChange(number),
      path: '/closures',
      facts: { what: calendarChangeInWords(change), dates: theirs.map(({ title, before, after }) => ({ title, before, after })) },
    });
}
