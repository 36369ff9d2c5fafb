/** Prepares the quarter's report: for GMT and for Cabinet on their dates, or when somebody asks. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { compileReport } from '../libs/database/compile-report.js';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { CabinetReport, Quarter } from '../libs/database/entities/monitoring.js';
import { Task } from '../libs/database/entities/tasks.js';
import type { CabinetReport as Report } from '../libs/domain/cabinet-report.js';
import type { EmailFacts, EveryEmail } from '../libs/email/email-facts.js';
import type { Instant, PreparedReport, QuarterRef } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { peopleWithRole } from './person-roles.js';
import { tell } from './tell.js';

/** Never held up by missing data: the report names what is missing. Preparing it again gives the report that is there. */
export async function prepareReport(
  em: EntityManager,
  { councilId, year, quarter, preparedFor, at }: QuarterRef & { preparedFor: 'gmt' | 'cabinet'; at: Instant },
): Promise<PreparedReport> {
  const period = await em.findOneOrFail(Quarter, { councilId, year, quarter });
  const known = await em.findOne(CabinetReport, { quarterId: period.id, preparedFor });
  if (known) return { number: known.number };
  const moment = await councilMoment(em, councilId, at);
  const report = await writeReport(em, moment, period, preparedFor, null);
  period.status = preparedFor === 'gmt' ? 'with-gmt' : 'with-cabinet';
  if (preparedFor === 'gmt') await tellGmt(em, moment, period, report);
  else await handToCabinet(em, moment, period, report);
  await em.flush();
  await auditReport(em, moment, period, report, null);
  return { number: report.number };
}

/** Writes the report as the figures are at this moment, under the next number of its quarter. */
export async function writeReport(
  em: EntityManager,
  { council, at, today }: CouncilMoment,
  period: Quarter,
  preparedFor: CabinetReport['preparedFor'],
  preparedBy: string | null,
): Promise<CabinetReport> {
  const content = await compileReport(em, council, period, today);
  const number = (await em.count(CabinetReport, { quarterId: period.id })) + 1;
  const report = em.create(CabinetReport, {
    id: randomUUID(),
    quarterId: period.id,
    number,
    preparedFor,
    content,
    preparedAt: at,
    preparedBy,
  });
  em.persist(report);
  return report;
}

/** Puts a report's preparation on record. */
export async function auditReport(
  em: EntityManager,
  moment: CouncilMoment,
  period: Quarter,
  report: CabinetReport,
  personId: string | null,
  forWhom: string | null = null,
): Promise<void> {
  await appendToAuditTrail(em, {
    councilId: period.councilId,
    at: moment.at,
    personId,
    act: 'prepare report',
    subject: `quarter ${period.year} ${period.quarter}`,
    details: { number: report.number, preparedFor: report.preparedFor, ...(forWhom ? { onBehalfOf: forWhom } : {}) },
  });
}

async function tellGmt(em: EntityManager, moment: CouncilMoment, period: Quarter, report: CabinetReport): Promise<void> {
  const people = await peopleWithRole(em, moment, 'gmt', null);
  await tell(em, moment, people, {
    kind: 'quarter-report-for-gmt',
    subject: `quarter/${period.id}/report`,
    path: reportPath(period, report),
    facts: { ...reportFacts(report.content), meeting: period.dates.gmtMeeting },
  });
}

/** The clerk is asked to record what Cabinet did with it. */
async function handToCabinet(em: EntityManager, moment: CouncilMoment, period: Quarter, report: CabinetReport): Promise<void> {
  const task = em.create(Task, {
    id: randomUUID(),
    councilId: period.councilId,
    kind: 'quarter-cabinet',
    quarterId: period.id,
    at: 'with-cabinet',
    role: 'committee-clerk',
    scope: moment.council.settings.timetable.bodies.cabinet,
    dueOn: period.dates.cabinetMeeting,
    openedAt: moment.at,
  });
  em.persist(task);
  const people = await peopleWithRole(em, moment, 'committee-clerk', task.scope ?? null);
  const { finalReportDue, agendaPublished, cabinetMeeting } = period.dates;
  await tell(em, moment, people, {
    kind: 'quarter-report-for-cabinet',
    subject: `quarter/${period.id}/report`,
    path: `/tasks/${task.id}`,
    facts: { ...reportFacts(report.content), meeting: cabinetMeeting, finalReportDue, agendaPublished },
  });
}

function reportFacts({
  quarterInWords,
  tallies,
  exceptions,
}: Report): Omit<EmailFacts['quarter-report-for-gmt'], keyof EveryEmail | 'meeting'> {
  const { red, amber, green, noRag, notDue, missing } = tallies.indicators;
  const missingRows = [...exceptions.missing, ...exceptions.actionsWithoutUpdate].map(({ code, name, asked }) => ({
    code: code ?? '',
    name,
    askedOf: asked ? [asked.post, asked.person].filter(Boolean).join(', ') : 'the performance team',
  }));
  return { quarter: quarterInWords, red, amber, green, noRag, notDue, missing, overdueActions: tallies.actions.overdue, missingRows };
}

/** The page of one report, below the base address. */
export function reportPath(period: Quarter, report: CabinetReport): string {
  return `/quarters/${period.year}/${period.quarter}/reports/${report.number}`;
}
