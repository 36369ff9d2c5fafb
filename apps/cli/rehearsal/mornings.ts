/** The moments at which something falls due by itself: a rehearsal stops after each, so that what follows from it is seen. */
import { createPublicationGuard } from '../../../libs/calendar/publication-guard.js';
import { createReminders } from '../../../libs/calendar/reminders.js';
import { instantOf } from '../../../libs/calendar/council-clock.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { Message } from '../../../libs/database/entities/tasks.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { remindedUpTo } from '../../../activities/plan-waits.js';
import type { Play } from './acts.js';

/** By then reports, reminders, the digest and publication of a day are through (libs/calendar/hours.ts). */
const AFTER_THE_MORNING = '09:30';

/** The next such moment in the council's time; null where nothing is to come. */
export async function nextMorning(play: Play): Promise<Date | null> {
  const cycles = await play.em.find(Cycle, { councilId: play.moment.council.id, status: 'open' });
  const days = [...reminderDays(play), ...(await datesToCome(play, cycles)), ...alarmDays(play, cycles)];
  const mornings = days.map((day) => new Date(instantOf(day, AFTER_THE_MORNING)));
  const moments = [...mornings, ...(await mailToCome(play))].filter((moment) => moment > play.now);
  return moments.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function reminderDays({ moment, open }: Play): string[] {
  const { settings, calendar } = moment.council;
  return open.flatMap((task) => {
    const reminders = createReminders({ settings: settings.timetable, calendar }, task.kind);
    return task.dueOn ? [reminders.nextReminder(task.dueOn, remindedUpTo(task)).date] : [];
  });
}

/** Every date of the open cycles and quarters, and the working day on which one that is a day off is caught up with. */
async function datesToCome({ em, moment }: Play, cycles: readonly Cycle[]): Promise<string[]> {
  const { id, calendar } = moment.council;
  const quarters = await em.find(Quarter, { councilId: id, status: { $ne: 'closed' } });
  const values = [...cycles, ...quarters].flatMap(({ dates }) => Object.values(dates) as (string | number | null)[]);
  const days = values.filter((value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));
  return days.flatMap((day) => [day, calendar.nextWorkingDay(day)]);
}

function alarmDays({ moment }: Play, cycles: readonly Cycle[]): string[] {
  const { council, today } = moment;
  const guard = createPublicationGuard({ settings: council.settings.timetable, calendar: council.calendar });
  return cycles.map(({ year }) => guard.nextAlarm(financialYearFromId(year), today).date);
}

async function mailToCome({ em, moment }: Play): Promise<Date[]> {
  const queued = await em.find(Message, { councilId: moment.council.id, status: 'queued' });
  return queued.map(({ nextAttemptAt }) => moment.council.clock.toCouncilTime(nextAttemptAt));
}
