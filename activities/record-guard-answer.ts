/** Records an answer to the alarm of 1 April for one plan or several, with what follows from it; one transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { answerInWords } from '../libs/calendar/guard-answers.js';
import { isCertain } from '../libs/calendar/plan-course.js';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { GuardAnswer } from '../libs/database/entities/guard.js';
import { Person, RoleGrant } from '../libs/database/entities/people.js';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { coursesOf, type CoursesOfCycle, type PlanWithCourse } from '../libs/database/plan-courses.js';
import { datesOfPlan } from '../libs/database/plan-dates.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { financialYearFromId } from '../libs/domain/financial-year.js';
import { mayAnswer } from '../libs/domain/guard-answer.js';
import { isOver } from '../libs/domain/route.js';
import type { GuardAnswerRequest, Instant, RecordedGuardAnswer } from '../workflows/activity-contract.js';
import { closeAnsweredAlarms, isToldByGuard, postsTold } from './alarm-tasks.js';
import { checkedAnswer, type CheckedAnswer } from './checked-guard-answer.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { peopleWithRole } from './person-roles.js';
import { bringTaskDaysInLine } from './task-days.js';
import { tell } from './tell.js';

/**
 * Repeating the activity gives the first answer.
 * @throws DomainError 'not-found' for a plan that is not in the cycle; 'not-now' for one that needs no answer; 'not-allowed';
 *   'invalid' for an answer that does not fit, each with its field
 */
export async function recordGuardAnswer(em: EntityManager, request: GuardAnswerRequest & { at: Instant }): Promise<RecordedGuardAnswer> {
  const { councilId, year, personId } = request;
  // Locked before anything is looked up: a slow first attempt of this same answer may still be under way.
  const plans = await em.find(
    Plan,
    { councilId, year, slug: { $in: request.plans } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  const given = await answerGivenTo<RecordedGuardAnswer>(em, request);
  if (given) return given;
  const moment = await councilMoment(em, councilId, request.at);
  const cycle = await em.findOne(Cycle, { councilId, year });
  if (!cycle) throw new DomainError('not-found', 'There is no cycle for this year.');
  const courses = await coursesOf(em, moment.council, cycle, plans, moment.today);
  requireQuestion(request, courses.plans, moment.today);
  const answer = checkedAnswer(request, courses);
  await requireMayAnswer(em, moment, request, answer);
  for (const one of courses.plans) await write(em, moment, cycle, one, answer, personId);
  await em.flush();
  await closeAnsweredAlarms(em, moment, cycle, personId);
  await tellConcerned(em, moment, cycle, courses, answer, personId);
  const recorded: RecordedGuardAnswer = { until: answer.until, plans: plans.map(({ slug }) => ({ year, slug })) };
  em.persist(em.create(RequestAnswer, { key: request.key, bodyHash: request.bodyHash, answer: { ...recorded }, createdAt: moment.at }));
  await em.flush();
  await audit(em, moment, plans, answer, personId);
  return recorded;
}

function requireQuestion({ plans: slugs }: GuardAnswerRequest, plans: readonly PlanWithCourse[], today: string): void {
  if (slugs.length === 0)
    throw new DomainError('invalid', 'Choose at least one plan.', [{ pointer: '/plans', detail: 'Choose at least one plan' }]);
  const missing = slugs.find((slug) => !plans.some(({ plan }) => plan.slug === slug));
  if (missing !== undefined) throw new DomainError('not-found', `There is no plan "${missing}" in this year.`);
  const settled = plans.find(({ plan, input }) => isOver(plan) || plan.at === 'opening' || isCertain(input, today));
  if (settled) throw new DomainError('not-now', `Nothing need be answered for the ${settled.plan.title}: look at where it stands.`);
}

async function requireMayAnswer(
  em: EntityManager,
  moment: CouncilMoment,
  { personId }: GuardAnswerRequest,
  answer: CheckedAnswer,
): Promise<void> {
  const roles = await em.find(RoleGrant, { councilId: moment.council.id, personId });
  const isTold = await isToldByGuard(em, moment, personId);
  if (!mayAnswer(answer.kind, { roles, isTold }, answer.meeting?.body ?? null))
    throw new DomainError(
      'not-allowed',
      'Only the performance team and those whom the alarm tells can answer it; a clerk can choose another meeting of their committee.',
    );
}

async function write(
  em: EntityManager,
  moment: CouncilMoment,
  cycle: Cycle,
  { plan }: PlanWithCourse,
  { kind, meeting, until, reason }: CheckedAnswer,
  personId: string,
): Promise<void> {
  const number = (await em.count(GuardAnswer, { planId: plan.id })) + 1;
  em.persist(
    em.create(GuardAnswer, {
      ...{ id: randomUUID(), planId: plan.id, number, round: plan.round, kind, meetingId: meeting?.id ?? null },
      ...{ until, reason, answeredBy: personId, answeredAt: moment.at },
    }),
  );
  if (meeting) plan.meetings = { ...plan.meetings, [meeting.body]: meeting.id };
  // An answer takes the place of the one before: who takes the plan to a meeting in time accepts no lateness any more.
  plan.publication = kind === 'accept-lateness' ? until : null;
  await em.flush();
  await bringTaskDaysInLine(em, moment, cycle, plan, await datesOfPlan(em, cycle, plan));
}

/** The plans' leaders, the clerk of a meeting that was chosen, and whom the alarm tells; each once, but for who answered. */
async function tellConcerned(
  em: EntityManager,
  moment: CouncilMoment,
  cycle: Cycle,
  { plans, rules }: CoursesOfCycle,
  answer: CheckedAnswer,
  personId: string,
): Promise<void> {
  const people: Person[] = (await postsTold(em, moment, moment.council.settings.timetable.guard.told)).flatMap((told) => told.people);
  for (const { plan } of plans) people.push(...(await peopleWithRole(em, moment, 'priority-leader', plan.slug)));
  if (answer.meeting) people.push(...(await peopleWithRole(em, moment, 'committee-clerk', answer.meeting.body)));
  const { name: answeredBy } = await em.findOneOrFail(Person, personId);
  const first = plans[0]!.plan;
  await tell(
    em,
    moment,
    people.filter(({ id }) => id !== personId),
    {
      kind: 'guard-answered',
      subject: plans.length === 1 ? `plan/${first.id}/guard-answered` : `cycle/${cycle.id}/guard-answered`,
      occurrence: moment.at.toISOString(),
      path: `/cycles/${cycle.year}`,
      facts: {
        ...{ year: financialYearFromId(cycle.year), answeredBy, reason: answer.reason ?? '', until: answer.until },
        answer: answerInWords(answer, rules),
        plans: plans.map(({ plan }) => plan.title),
      },
    },
  );
}

async function audit(
  em: EntityManager,
  moment: CouncilMoment,
  plans: readonly Plan[],
  answer: CheckedAnswer,
  personId: string,
): Promise<void> {
  const { kind, meeting, until, reason } = answer;
  for (const plan of plans)
    await appendToAuditTrail(em, {
      councilId: plan.councilId,
      at: moment.at,
      personId,
      act: 'answer guard',
      subject: `plan ${plan.year} ${plan.slug}`,
      details: { kind, round: plan.round, meeting: meeting ? `${meeting.body} ${meeting.date}` : null, until, reason },
    });
}
