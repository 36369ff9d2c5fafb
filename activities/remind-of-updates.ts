/** Reminders of a quarter: its missing rows, one e-mail a person; later the clerk's record of what Cabinet did. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { countdown } from '../libs/calendar/dates.js';
import { REPORT_HOUR } from '../libs/calendar/hours.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Notice, Task } from '../libs/database/entities/tasks.js';
import type { RowFact } from '../libs/email/email-facts.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../libs/domain/financial-year.js';
import type { Instant, QuarterRef } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { standingInAt } from './person-roles.js';
import { personsUp } from './persons-up.js';
import { nextReminderAt } from './plan-waits.js';
import { dueReminder, remindOfTask, whenOf } from './remind-of-plan.js';
import { tell } from './tell.js';
import { updatersAsked } from './updaters.js';

const FEW_ROWS = 3;

/**
 * Reminds of what a quarter waits for: updates until the final report is prepared, then the record of what Cabinet did with it.
 * @returns when the next reminder is due, null when nothing is asked of anyone until the report is prepared
 */
export async function remindOfUpdates(em: EntityManager, ref: QuarterRef & { at: Instant }): Promise<Instant | null> {
  const moment = await councilMoment(em, ref.councilId, ref.at);
  const period = await em.findOneOrFail(Quarter, { councilId: ref.councilId, year: ref.year, quarter: ref.quarter });
  // After an outage the report may be due as well: then it goes out without what is missing, and nobody is asked for that any more.
  if (period.status !== 'with-cabinet' && isReportDue(moment, period, ref.at)) return null;
  const open = await tasksRemindedOf(em, period);
  if (period.status === 'with-cabinet') await remindClerk(em, moment, period, open);
  else await remindUpdaters(em, moment, period, open);
  await em.flush();
  return nextReminderAt(moment.council, open);
}

function isReportDue({ council }: CouncilMoment, { dates }: Quarter, at: Instant): boolean {
  return timerInstant(council, dates.finalReportDue, REPORT_HOUR) <= at;
}

/** The open tasks of a quarter that somebody is reminded of: once the final report is prepared, late figures are for the next one. */
export function tasksRemindedOf(em: EntityManager, { id, status }: Quarter): Promise<Task[]> {
  const kind = status === 'with-cabinet' ? 'quarter-cabinet' : 'quarterly-update';
  return em.find(Task, { quarterId: id, kind, closedAt: null }, { orderBy: { openedAt: 'asc' } });
}

async function remindClerk(em: EntityManager, moment: CouncilMoment, period: Quarter, open: readonly Task[]): Promise<void> {
  const task = `Record what Cabinet did with the report on ${nameOf(period)}`;
  for (const one of open)
    await remindOfTask(em, moment, one, { task, otherwise: 'the quarter stays open', subject: `quarter/${period.id}/cabinet` });
}

async function remindUpdaters(em: EntityManager, moment: CouncilMoment, period: Quarter, open: readonly Task[]): Promise<void> {
  const [reminder] = open.flatMap((task) => dueReminder(moment, task) ?? []);
  if (!reminder) return;
  for (const { person, rows, postIds } of await updatersAsked(em, moment, period)) {
    const facts = {
      task: `Give the quarterly update for ${nameOf(period)}: ${rowsInWords(rows)}`,
      due: period.dates.due,
      countdown: countdown(moment.today, period.dates.due, moment.council.calendar),
      otherwise: 'the report to Cabinet goes out on time and names these rows as missing',
    };
    const about = {
      subject: `quarter/${period.id}/update`,
      occurrence: `${reminder.kind} ${reminder.occurrence}`,
      path: `/quarters/${period.year}/${period.quarter}/update`,
      taskIds: open.filter(({ postId }) => postIds.includes(postId ?? null)).map(({ id }) => id),
    };
    await tell(em, moment, [person], { ...about, kind: 'reminder', facts: { ...facts, when: whenOf(period.dates.due, moment.today) } });
    if (reminder.kind === 'escalated')
      await tell(em, moment, await personsUp(em, await standingInAt(em, moment), [person], reminder.level), {
        ...about,
        // A manager hears of each person who is late.
        subject: `${about.subject}/${person.id}`,
        kind: 'escalation',
        facts: {
          ...facts,
          responsibleName: person.name,
          remindersSent: await em.count(Notice, { kind: 'reminder', subject: about.subject, recipient: person.email }),
        },
      });
  }
  for (const task of open) task.remindedOn = moment.today;
}

/** A few rows by their codes, many by their number: it stands in the e-mail's subject. */
function rowsInWords(rows: readonly RowFact[]): string {
  const names = [...new Set(rows.map((row) => row.code || row.name))];
  return names.length > FEW_ROWS ? `${rows.length} rows` : names.join(', ');
}

function nameOf({ year, quarter }: Quarter): string {
  return quarterInWords(financialYearFromId(year), quarter as QuarterNumber);
}
