/** Arranges the openings of a year's quarters: a Schedule that holds dated instants, in the server's time. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { ScheduleAlreadyRunning, type CalendarSpec, type Client } from '@temporalio/client';
import { MORNING } from '../libs/calendar/hours.js';
import { councilAtWork } from '../libs/database/council-at-work.js';
import { financialYearFromId, QUARTERS, quarterEnd } from '../libs/domain/financial-year.js';
import type { CycleRef } from '../workflows/activity-contract.js';
import { quartersScheduleId } from '../workflows/workflow-ids.js';
import { timerInstant } from './council-moment.js';

/** Months as the Schedule names them, by their number. */
const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** Arranging the same year again changes nothing. */
export async function scheduleQuarters(
  em: EntityManager,
  temporal: Client,
  taskQueue: string,
  { councilId, year }: CycleRef,
): Promise<void> {
  const council = await councilAtWork(em, councilId, Date.now);
  const calendars = QUARTERS.map((quarter) => {
    const opens = council.calendar.addWorkingDays(quarterEnd(financialYearFromId(year), quarter), 1);
    return calendarOf(new Date(timerInstant(council, opens, MORNING)));
  });
  const id = quartersScheduleId(councilId, year);
  try {
    await temporal.schedule.create({
      scheduleId: id,
      spec: { calendars },
      // An opening that fell into an outage, however long, is made up for.
      policies: { catchupWindow: '365 days' },
      action: { type: 'startWorkflow', workflowType: 'quarterOpener', workflowId: id, args: [{ councilId, year }], taskQueue },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

function calendarOf(instant: Date): CalendarSpec {
  return {
    year: instant.getUTCFullYear(),
    month: MONTHS[instant.getUTCMonth()],
    dayOfMonth: instant.getUTCDate(),
    hour: instant.getUTCHours(),
    minute: instant.getUTCMinutes(),
    second: instant.getUTCSeconds(),
  };
}
