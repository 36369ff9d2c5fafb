/** Arranges what opens on its day: a year's quarters and the next year's cycle, by Schedules that hold dated instants in the server's time. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { ScheduleAlreadyRunning, type CalendarSpec, type Client } from '@temporalio/client';
import { MORNING } from '../libs/calendar/hours.js';
import { cycleOpening } from '../libs/calendar/timetable.js';
import { councilAtWork } from '../libs/database/council-at-work.js';
import { financialYearFromId, financialYearId, nextYear, QUARTERS, quarterEnd } from '../libs/domain/financial-year.js';
import type { CycleRef } from '../workflows/activity-contract.js';
import { cycleScheduleId, quartersScheduleId } from '../workflows/workflow-ids.js';
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
  const opens = QUARTERS.map((quarter) => council.calendar.addWorkingDays(quarterEnd(financialYearFromId(year), quarter), 1));
  const instants = opens.map((day) => timerInstant(council, day, MORNING));
  await arrange(temporal, quartersScheduleId(councilId, year), instants, {
    workflowType: 'quarterOpener',
    args: [{ councilId, year }],
    taskQueue,
  });
}

/** The cycle after the given one opens on its day whatever became of the one before (domain.md section f, 1 September). */
export async function scheduleNextCycle(
  em: EntityManager,
  temporal: Client,
  taskQueue: string,
  { councilId, year }: CycleRef,
): Promise<void> {
  const council = await councilAtWork(em, councilId, Date.now);
  const next = nextYear(financialYearFromId(year));
  const opens = cycleOpening(next, { settings: council.settings.timetable, calendar: council.calendar });
  const opened = { councilId, year: financialYearId(next) };
  await arrange(temporal, cycleScheduleId(councilId, opened.year), [timerInstant(council, opens, MORNING)], {
    workflowType: 'cycleOpener',
    args: [opened],
    taskQueue,
  });
}

async function arrange(
  temporal: Client,
  scheduleId: string,
  instants: readonly string[],
  action: { workflowType: string; args: [CycleRef]; taskQueue: string },
): Promise<void> {
  try {
    await temporal.schedule.create({
      scheduleId,
      spec: { calendars: instants.map((instant) => calendarOf(new Date(instant))) },
      // An opening that fell into an outage, however long, is made up for.
      policies: { catchupWindow: '365 days' },
      action: { ...action, type: 'startWorkflow', workflowId: scheduleId },
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
