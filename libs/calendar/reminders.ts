/** When someone is reminded of a task: before it is due, on the day, and then again and again until it is done (domain.md section f). */
import { firstAfter, within, type EndlessDays } from './endless-days.js';
import type { TimetableSettings } from './timetable-settings.js';
import type { Calendar } from './working-days.js';

/** 'escalated' reminders go to the next person up as well. */
export type ReminderKind = 'before' | 'due' | 'overdue' | 'escalated';

export interface Reminder {
  /** 'YYYY-MM-DD', a working day. */
  date: string;
  kind: ReminderKind;
  /** Counts the reminders of this kind from 1, so that each can be told from the others for ever. */
  occurrence: number;
}

/** The reminders of a task with a day that it is due on. */
export interface Reminders {
  /** The first reminder after a day; there always is one, so that nothing overdue falls silent. */
  nextReminder: (due: string, after: string) => Reminder;
  /** The reminders after the first day up to and with the second, the oldest first. */
  remindersDue: (due: string, fromExclusive: string, toInclusive: string) => Reminder[];
}

/** Makes a council's reminders from its settings. */
export function createReminders({ settings, calendar }: { settings: Pick<TimetableSettings, 'reminders'>; calendar: Calendar }): Reminders {
  /** Every reminder in order, without end. */
  function* remindersOf(due: string): EndlessDays<Reminder> {
    const { before, every, overdueBeforeEscalation } = settings.reminders;
    // A task that falls due on a day off is recalled on the last working day before it, while there is time.
    const onTheDay = calendar.lastWorkingDay(due);
    if (before > 0) yield { date: calendar.workingDaysBefore(due, before), kind: 'before', occurrence: 1 };
    yield { date: onTheDay, kind: 'due', occurrence: 1 };
    let date = onTheDay;
    for (let count = 1; ; count++) {
      date = calendar.addWorkingDays(date, every);
      const escalated = count - overdueBeforeEscalation;
      yield escalated > 0 ? { date, kind: 'escalated', occurrence: escalated } : { date, kind: 'overdue', occurrence: count };
    }
  }

  return {
    nextReminder: (due, after) => firstAfter(remindersOf(due), after),
    remindersDue: (due, fromExclusive, toInclusive) => within(remindersOf(due), fromExclusive, toInclusive),
  };
}
