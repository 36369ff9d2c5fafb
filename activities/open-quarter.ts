/** Opens a quarter: a row for every measure and action that is due, and one question to each updater. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf } from '../libs/calendar/council-clock.js';
import { countdown } from '../libs/calendar/dates.js';
import { MORNING, REPORT_HOUR } from '../libs/calendar/hours.js';
import { quarterTimetable } from '../libs/calendar/timetable.js';
import { meetingsOf, type CouncilAtWork } from '../libs/database/council-at-work.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Task } from '../libs/database/entities/tasks.js';
import { monitoredPlans } from '../libs/database/monitored-plans.js';
import { writeMissingRows } from '../libs/database/quarter-rows.js';
import { financialYearFromId, QUARTERS, quarterEnd, quarterInWords, type Quarter as QuarterNumber } from '../libs/domain/financial-year.js';
import type { CycleRef, Instant, QuarterRef, QuarterWaits } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { nextReminderAt } from './plan-waits.js';
import { tell } from './tell.js';
import { missingRowsByPost, updatersAsked } from './updaters.js';

/** The latest quarter of the year whose opening day has come; null before the first, and once Cabinet has noted its report. */
export async function quarterToOpen(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<number | null> {
  const { council, today } = await councilMoment(em, councilId, at);
  const opened = QUARTERS.filter((quarter) => council.calendar.addWorkingDays(quarterEnd(financialYearFromId(year), quarter), 1) <= today);
  const latest = opened.at(-1) ?? null;
  const known = latest && (await em.findOne(Quarter, { councilId, year, quarter: latest }));
  return known && known.status === 'closed' ? null : latest;
}

/** Opening a quarter that is open already gives back its waits and asks nobody again. */
export async function openQuarter(
  em: EntityManager,
  { councilId, year, quarter, at }: QuarterRef & { at: Instant },
): Promise<QuarterWaits> {
  const moment = await councilMoment(em, councilId, at);
  const known = await em.findOne(Quarter, { councilId, year, quarter });
  return waitsOf(em, moment.council, known ?? (await writeQuarter(em, moment, year, quarter as QuarterNumber)));
}

async function writeQuarter(em: EntityManager, moment: CouncilMoment, year: string, quarter: QuarterNumber): Promise<Quarter> {
  const { council, at } = moment;
  const meetings = await meetingsOf(em, council.id);
  const dates = quarterTimetable({
    year: financialYearFromId(year),
    quarter,
    meetings,
    settings: council.settings.timetable,
    calendar: council.calendar,
  });
  const opens = new Date(instantOf(dates.opens, MORNING));
  const period = em.create(Quarter, {
    id: randomUUID(),
    councilId: council.id,
    year,
    quarter,
    status: 'collecting',
    dates,
    openedAt: opens < at ? opens : at,
  });
  em.persist(period);
  await writeMissingRows(em, council.id, await monitoredPlans(em, council.id, year), quarter);
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
  for (const { person, rows } of await updatersAsked(em, period))
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
  const open = await em.find(Task, { quarterId: period.id, kind: 'quarterly-update', closedAt: null });
  return {
    remindAt: nextReminderAt(council, open),
    prepareForGmtAt: timerInstant(council, period.dates.preparedForGmt, REPORT_HOUR),
    prepareForCabinetAt: timerInstant(council, period.dates.finalReportDue, REPORT_HOUR),
  };
}
