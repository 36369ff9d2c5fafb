/** Opens a quarter: a row for every measure and action that is due, and one question to each updater. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf } from '../libs/calendar/council-clock.js';
import { countdown } from '../libs/calendar/dates.js';
import { MORNING, REPORT_HOUR } from '../libs/calendar/hours.js';
import { quarterOpening, quarterTimetable, type QuarterTimetable } from '../libs/calendar/timetable.js';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Task } from '../libs/database/entities/tasks.js';
import { monitoredPlans } from '../libs/database/monitored-plans.js';
import { writeMissingRows } from '../libs/database/quarter-rows.js';
import { DomainError } from '../libs/domain/domain-error.js';
import {
  financialYearFromId,
  financialYearId,
  QUARTERS,
  quarterInWords,
  type Quarter as QuarterNumber,
} from '../libs/domain/financial-year.js';
import type { CycleRef, Instant, QuarterRef, QuarterWaits } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { askForMeetings, meetingsFound } from './meetings-missing.js';
import { nextReminderAt } from './plan-waits.js';
import { tasksRemindedOf } from './remind-of-updates.js';
import { setBusiness } from './set-business.js';
import { tell } from './tell.js';
import { missingRowsByPost, updatersAsked } from './updaters.js';

/** The latest quarter of the year whose opening day has come; null before the first, and once Cabinet has noted its report. */
export async function quarterToOpen(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<number | null> {
  const { council, today } = await councilMoment(em, councilId, at);
  const opened = QUARTERS.filter((quarter) => quarterOpening(financialYearFromId(year), quarter, council.calendar) <= today);
  const latest = opened.at(-1) ?? null;
  const known = latest && (await em.findOne(Quarter, { councilId, year, quarter: latest }));
  return known && known.status === 'closed' ? null : latest;
}

/**
 * Opening a quarter that is open already gives back its waits and asks nobody again.
 * @returns null if a meeting that its dates follow from is missing, which is the clerks' task then
 */
export async function openQuarter(
  em: EntityManager,
  { councilId, year, quarter, at }: QuarterRef & { at: Instant },
): Promise<QuarterWaits | null> {
  const moment = await councilMoment(em, councilId, at);
  const known = await em.findOne(Quarter, { councilId, year, quarter });
  if (known) return waitsOf(em, moment.council, known);
  const report: QuarterReport = { what: 'quarter', year: financialYearFromId(year), quarter: quarter as QuarterNumber };
  try {
    const period = await writeQuarter(em, moment, await quarterDates(em, moment.council, report));
    await meetingsFound(em, moment, report);
    return await waitsOf(em, moment.council, period);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await askForMeetings(em, moment, report, error.message);
    return null;
  }
}

type QuarterReport = Extract<Consideration, { what: 'quarter' }>;

/**
 * The dates of a quarter, whose report is put on the agendas that the rule names.
 * @throws DomainError 'invalid' which says what meeting is missing
 */
export async function quarterDates(em: EntityManager, council: CouncilAtWork, report: QuarterReport): Promise<QuarterTimetable> {
  const meetings = await setBusiness(em, council, report);
  return quarterTimetable({ ...report, meetings, settings: council.settings.timetable, calendar: council.calendar });
}

async function writeQuarter(em: EntityManager, moment: CouncilMoment, dates: QuarterTimetable): Promise<Quarter> {
  const { council, at } = moment;
  const opens = new Date(instantOf(dates.opens, MORNING));
  const place = { councilId: council.id, year: financialYearId(dates.year), quarter: dates.quarter };
  const period = em.create(Quarter, { id: randomUUID(), ...place, status: 'collecting', dates, openedAt: opens < at ? opens : at });
  em.persist(period);
  await writeMissingRows(em, council.id, await monitoredPlans(em, council.id, period.year), dates.quarter);
  await em.flush();
  await askUpdaters(em, moment, period);
  await em.flush();
  return period;
}

/** One task for each post with rows to give, one e-mail for each person, whatever the number of rows (domain.md section f). */
async function askUpdaters(em: EntityManager, moment: CouncilMoment, period: Quarter): Promise<void> {
  for (const { postId } of await missingRowsByPost(em, period))
    em.persist(
      em.create(Task, {
        id: randomUUID(),
        councilId: period.councilId,
        kind: 'quarterly-update',
        quarterId: period.id,
        at: 'collecting',
        postId,
        role: postId ? null : 'performance-team',
        dueOn: period.dates.due,
        openedAt: moment.at,
      }),
    );
  await em.flush();
  for (const { person, rows } of await updatersAsked(em, moment, period))
    await tell(em, moment, [person], {
      kind: 'quarterly-update-task',
      subject: `quarter/${period.id}/update`,
      path: `/quarters/${period.year}/${period.quarter}/update`,
      facts: {
        quarter: quarterInWords(financialYearFromId(period.year), period.quarter as QuarterNumber),
        rows,
        due: period.dates.due,
        countdown: countdown(moment.today, period.dates.due, moment.council.calendar),
        cabinetMeeting: period.dates.cabinetMeeting,
      },
    });
}

async function waitsOf(em: EntityManager, council: CouncilAtWork, period: Quarter): Promise<QuarterWaits> {
  return {
    remindAt: nextReminderAt(council, await tasksRemindedOf(em, period)),
    prepareForGmtAt: timerInstant(council, period.dates.preparedForGmt, REPORT_HOUR),
    prepareForCabinetAt: timerInstant(council, period.dates.finalReportDue, REPORT_HOUR),
  };
}
