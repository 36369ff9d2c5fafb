/** Arranges what opens on its day: a year's quarters and the next year's cycle, by Schedules that hold dated instants in the server's time. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, type CalendarSpec, type Client } from '@temporalio/client';
import { MORNING } from '../libs/calendar/hours.js';
import { cycleOpening, quarterOpening } from '../libs/calendar/timetable.js';
import { councilAtWork, type CouncilAtWork } from '../libs/database/council-at-work.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Cycle } from '../libs/database/entities/plans.js';
import { financialYearFromId, financialYearId, nextYear, QUARTERS } from '../libs/domain/financial-year.js';
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
  await arrange(temporal, quartersScheduleId(councilId, year), quarterOpenings(council, year), {
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
  const opened = { councilId, year: financialYearId(next) };
  await arrange(temporal, cycleScheduleId(councilId, opened.year), cycleOpenings(council, opened.year), {
    workflowType: 'cycleOpener',
    args: [opened],
    taskQueue,
  });
}

/**
 * Puts every arranged opening on the day that the council's calendar gives it now. A day that the change has brought behind us is
 * made up for at once; what is open already stays as it is, since its opener finds it running.
 */
export async function rearrangeOpenings(em: EntityManager, temporal: Client, councilId: string): Promise<void> {
  const council = await councilAtWork(em, councilId, Date.now);
  const cycles = (await em.find(Cycle, { councilId })).map(({ year }) => year);
  const quarters = (await em.find(Quarter, { councilId })).map(({ year }) => year);
  const nextCycles = cycles.map((year) => financialYearId(nextYear(financialYearFromId(year)))).filter((year) => !cycles.includes(year));
  for (const year of new Set([...cycles, ...quarters]))
    await rearrange(temporal, council, quartersScheduleId(councilId, year), quarterOpenings(council, year));
  for (const year of new Set(nextCycles))
    await rearrange(temporal, council, cycleScheduleId(councilId, year), cycleOpenings(council, year));
}

async function rearrange(temporal: Client, { clock }: CouncilAtWork, scheduleId: string, instants: readonly string[]): Promise<void> {
  const now = clock.toServerTime(clock.now()).toISOString();
  const handle = temporal.schedule.getHandle(scheduleId);
  try {
    await handle.update(({ spec: _, ...kept }) => ({ ...kept, spec: specOf(instants) }));
    if (instants.some((instant) => instant <= now)) await handle.trigger();
  } catch (error) {
    // One that was never arranged is arranged by its cycle, by the calendar as it is then.
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

function quarterOpenings(council: CouncilAtWork, year: string): string[] {
  const opens = QUARTERS.map((quarter) => quarterOpening(financialYearFromId(year), quarter, council.calendar));
  return opens.map((day) => timerInstant(council, day, MORNING));
}

function cycleOpenings(council: CouncilAtWork, year: string): string[] {
  const opens = cycleOpening(financialYearFromId(year), { settings: council.settings.timetable, calendar: council.calendar });
  return [timerInstant(council, opens, MORNING)];
}

function specOf(instants: readonly string[]): { calendars: CalendarSpec[] } {
  return { calendars: instants.map((instant) => calendarOf(new Date(instant))) };
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
      spec: specOf(instants),
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
