/** When someone is reminded of a task: before it is due, on the day, and then again and again until it is done (domain.md section f). */
import { firstAfter, within, type EndlessDays } from './endless-days.js';
import type { ReminderRule, TimetableSettings } from './timetable-settings.js';
import type { Calendar } from './working-days.js';

/** 'escalated' reminders go to the next person up as well. */
export type ReminderKind = 'before' | 'due' | 'overdue' | 'escalated';

export interface Reminder {
  /** 'YYYY-MM-DD', a working day. */
  date: string;
  kind: ReminderKind;
  /** Counts the reminders of this kind from 1, so that each can be told from the others for ever. */
  occurrence: number;
  /** How many persons up are told as well; 0 unless it is escalated. */
  level: number;
}

/** The reminders of a task with a day that it is due on. */
export interface Reminders {
  /** The first reminder after a day; there always is one, so that nothing overdue falls silent. */
  nextReminder: (due: string, after: string) => Reminder;
  /** The reminders after the first day up to and with the second, the oldest first. */
  remindersDue: (due: string, fromExclusive: string, toInclusive: string) => Reminder[];
}

export interface ReminderSource {
  settings: Pick<TimetableSettings, 'reminders'> & Partial<Pick<TimetableSettings, 'remindersFor'>>;
  calendar: Calendar;
}

/**
 * Makes a council's reminders from its settings.
 * @param kind the kind of task, which the settings may have a rule of its own for; the common rule unless given
 */
export function createReminders({ settings, calendar }: ReminderSource, kind?: string): Reminders {
  const rule = (kind && settings.remindersFor?.[kind]) || settings.reminders;

  /** Every reminder in order, without end. */
  function* remindersOf(due: string): EndlessDays<Reminder> {
    // A task that falls due on a day off is recalled on the last working day before it, while there is time.
    const onTheDay = calendar.lastWorkingDay(due);
    if (rule.before > 0) yield { date: calendar.workingDaysBefore(due, rule.before), kind: 'before', occurrence: 1, level: 0 };
    yield { date: onTheDay, kind: 'due', occurrence: 1, level: 0 };
    let date = onTheDay;
    for (let count = 1; ; count++) {
      date = calendar.addWorkingDays(date, rule.every);
      yield { date, ...overdue(count, rule) };
    }
  }

  return {
    nextReminder: (due, after) => firstAfter(remindersOf(due), after),
    remindersDue: (due, fromExclusive, toInclusive) => within(remindersOf(due), fromExclusive, toInclusive),
  };
}

/** The so-manieth overdue reminder: after some of them the next person up is told, after as many again the one above, to the highest level. */
function overdue(count: number, { overdueBeforeEscalation, levels }: ReminderRule): Omit<Reminder, 'date'> {
  const escalated = count - overdueBeforeEscalation;
  if (escalated <= 0) return { kind: 'overdue', occurrence: count, level: 0 };
  const level = Math.min(levels, 1 + Math.floor((escalated - 1) / Math.max(overdueBeforeEscalation, 1)));
  return { kind: 'escalated', occurrence: escalated, level };
}
