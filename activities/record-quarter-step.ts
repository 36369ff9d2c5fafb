/** Records what a person asked of a quarter: a report now, or that Cabinet noted it, which closes the quarter. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { CabinetReport, Quarter } from '../libs/database/entities/monitoring.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { Task } from '../libs/database/entities/tasks.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import { onBehalfOf } from '../libs/database/standing-in-today.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../libs/domain/financial-year.js';
import { QUARTER_STEPS, mayTakeQuarterStep } from '../libs/domain/quarter-steps.js';
import type { Instant, PreparedReport, QuarterRef, QuarterRequest } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { holdMeeting } from './hold-meeting.js';
import { peopleWithRole, rolesAt } from './person-roles.js';
import { auditReport, reportPath, writeReport } from './prepare-report.js';
import { tell } from './tell.js';
import { missingRowsByPost } from './updaters.js';

/** Repeating the activity gives the first answer. @throws DomainError if the person may not, or the minute is missing */
export async function recordQuarterStep(
  em: EntityManager,
  { councilId, year, quarter, request, at }: QuarterRef & { request: QuarterRequest; at: Instant },
): Promise<PreparedReport> {
  const given = await answerGivenTo<PreparedReport>(em, request);
  if (given) return given;
  const moment = await councilMoment(em, councilId, at);
  const period = await em.findOneOrFail(Quarter, { councilId, year, quarter });
  const forWhom = await requireRole(em, moment, request);
  const answer =
    request.step === 'prepare'
      ? await prepareNow(em, moment, period, request, forWhom)
      : await recordNoting(em, moment, period, request, forWhom);
  em.persist(em.create(RequestAnswer, { key: request.key, bodyHash: request.bodyHash, answer: { ...answer }, createdAt: moment.at }));
  await em.flush();
  return answer;
}

/** @returns for whom the person acts, where they stand in for somebody */
async function requireRole(em: EntityManager, moment: CouncilMoment, { step, personId }: QuarterRequest): Promise<string | null> {
  const { cabinet } = moment.council.settings.timetable.bodies;
  const usable = (await rolesAt(em, moment, personId)).filter((role) => mayTakeQuarterStep(step, [role], cabinet));
  if (usable.length === 0)
    throw new DomainError('not-allowed', `You do not have the role that may ${QUARTER_STEPS[step].label.toLowerCase()}.`);
  return onBehalfOf(usable);
}

async function prepareNow(
  em: EntityManager,
  moment: CouncilMoment,
  period: Quarter,
  { personId }: QuarterRequest,
  forWhom: string | null,
): Promise<PreparedReport> {
  const report = await writeReport(em, moment, period, 'on-demand', personId);
  await em.flush();
  await auditReport(em, moment, period, report, personId, forWhom);
  return { number: report.number };
}

async function recordNoting(
  em: EntityManager,
  moment: CouncilMoment,
  period: Quarter,
  { personId, minute }: QuarterRequest,
  forWhom: string | null,
): Promise<PreparedReport> {
  const text = minute?.trim();
  if (!text)
    throw new DomainError('invalid', 'Give the minute that records what Cabinet did.', [
      { pointer: '/minute', detail: 'Give the minute number' },
    ]);
  const report = await em.findOneOrFail(CabinetReport, { quarterId: period.id, preparedFor: 'cabinet' });
  period.status = 'closed';
  period.minute = text;
  period.closedAt = moment.at;
  for (const task of await em.find(Task, { quarterId: period.id, closedAt: null })) {
    task.closedAt = moment.at;
    task.closedBy = personId;
  }
  const about = { what: 'quarter', year: financialYearFromId(period.year), quarter: period.quarter as QuarterNumber } as const;
  const meetingHeld = await holdMeeting(em, moment, moment.council.settings.timetable.bodies.cabinet, about);
  await tellClosed(em, moment, period, report);
  await em.flush();
  await appendToAuditTrail(em, {
    councilId: period.councilId,
    at: moment.at,
    personId,
    act: 'note',
    subject: `quarter ${period.year} ${period.quarter}`,
    details: {
      ...{ report: report.number, minute: text },
      ...(meetingHeld ? { meetingHeld } : {}),
      ...(forWhom ? { onBehalfOf: forWhom } : {}),
    },
  });
  return { number: report.number };
}

async function tellClosed(em: EntityManager, moment: CouncilMoment, period: Quarter, report: CabinetReport): Promise<void> {
  const stillMissing = (await missingRowsByPost(em, period)).flatMap(({ rows }) => rows);
  await tell(em, moment, await peopleWithRole(em, moment, 'performance-team', null), {
    kind: 'quarter-closed',
    subject: `quarter/${period.id}/closed`,
    path: reportPath(period, report),
    facts: {
      quarter: quarterInWords(financialYearFromId(period.year), period.quarter as QuarterNumber),
      meeting: period.dates.cabinetMeeting,
      minute: period.minute ?? null,
      outcome: 'Noted',
      stillMissing,
    },
  });
}
