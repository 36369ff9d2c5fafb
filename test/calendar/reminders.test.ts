/** Reminders and the alarms of 1 April: when they come, whom they reach, and that they never fall silent. */
import { describe, expect, it } from '@jest/globals';
import { createPublicationGuard } from '../../libs/calendar/publication-guard.js';
import { createReminders } from '../../libs/calendar/reminders.js';
import { createCalendar } from '../../libs/calendar/working-days.js';

const calendar = createCalendar({ closures: [] });
const source = {
  settings: {
    reminders: { before: 5, every: 3, overdueBeforeEscalation: 5, levels: 2 },
    remindersFor: { undelivered: { before: 0, every: 1, overdueBeforeEscalation: 3, levels: 1 } },
  },
  calendar,
};
const { nextReminder, remindersDue } = createReminders(source);

describe('reminders of a task', () => {
  it('come five working days before, on the day, every three after it, and after five go to the next person up', () => {
    expect(remindersDue('2025-11-18', '2025-11-03', '2025-12-19')).toEqual([
      { date: '2025-11-11', kind: 'before', occurrence: 1, level: 0 },
      { date: '2025-11-18', kind: 'due', occurrence: 1, level: 0 },
      { date: '2025-11-21', kind: 'overdue', occurrence: 1, level: 0 },
      { date: '2025-11-26', kind: 'overdue', occurrence: 2, level: 0 },
      { date: '2025-12-01', kind: 'overdue', occurrence: 3, level: 0 },
      { date: '2025-12-04', kind: 'overdue', occurrence: 4, level: 0 },
      { date: '2025-12-09', kind: 'overdue', occurrence: 5, level: 0 },
      { date: '2025-12-12', kind: 'escalated', occurrence: 1, level: 1 },
      { date: '2025-12-17', kind: 'escalated', occurrence: 2, level: 1 },
    ]);
  });

  it('leave out the first day and take in the last', () => {
    expect(remindersDue('2025-11-18', '2025-11-11', '2025-11-18').map((reminder) => reminder.kind)).toEqual(['due']);
    expect(remindersDue('2025-11-18', '2025-11-18', '2025-11-20')).toEqual([]);
  });

  it('climb to the person above after as many again, and to nobody beyond the highest level', () => {
    const levels = remindersDue('2025-11-18', '2025-12-09', '2026-04-30').map(({ level }) => level);
    expect(levels.slice(0, 7)).toEqual([1, 1, 1, 1, 1, 2, 2]);
    expect(Math.max(...levels)).toBe(2);
  });

  it('of a kind of task with a rule of its own follow that', () => {
    const { remindersDue: undelivered } = createReminders(source, 'undelivered');
    expect(undelivered('2025-11-18', '2025-11-17', '2025-11-24').map(({ date, kind }) => `${date} ${kind}`)).toEqual([
      '2025-11-18 due',
      '2025-11-19 overdue',
      '2025-11-20 overdue',
      '2025-11-21 overdue',
      '2025-11-24 escalated',
    ]);
    expect(createReminders(source, 'draft').nextReminder('2025-11-18', '2025-11-03').date).toBe('2025-11-11');
  });

  it('go on years later', () => {
    const reminder = nextReminder('2025-11-18', '2028-11-20');
    expect(reminder.kind).toBe('escalated');
    expect(reminder.date > '2028-11-20' && reminder.date <= '2028-11-23').toBe(true);
  });

  it('follow one another without a gap when each is asked for in turn', () => {
    const all = remindersDue('2025-11-18', '2025-11-01', '2026-03-01');
    let after = '2025-11-01';
    for (const reminder of all) {
      expect(nextReminder('2025-11-18', after)).toEqual(reminder);
      after = reminder.date;
    }
  });

  it('come on the last working day before a due day that is a day off', () => {
    expect(remindersDue('2025-12-25', '2025-12-20', '2025-12-31')).toEqual([
      { date: '2025-12-24', kind: 'due', occurrence: 1, level: 0 },
      { date: '2025-12-31', kind: 'overdue', occurrence: 1, level: 0 },
    ]);
  });
});

describe('the guard of 1 April', () => {
  const guard = { first: 20, every: 5, daily: 5, told: ['Performance Manager', 'Deputy Chief Executive'] };
  const { alarmsDue, nextAlarm } = createPublicationGuard({ settings: { guard }, calendar });

  it('raises its alarm every five working days and daily in the last five', () => {
    const alarms = alarmsDue('2026/27', '2026-01-01', '2026-03-31');
    expect(alarms.map((alarm) => alarm.date)).toEqual([
      '2026-03-04',
      '2026-03-11',
      '2026-03-18',
      '2026-03-25',
      '2026-03-26',
      '2026-03-27',
      '2026-03-30',
      '2026-03-31',
    ]);
    expect(alarms.map((alarm) => alarm.occurrence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('tells the performance manager first, and from the second alarm on the deputy chief executive as well', () => {
    const [first, second, third] = alarmsDue('2026/27', '2026-01-01', '2026-03-31');
    expect(first?.told).toEqual(['Performance Manager']);
    expect(second?.told).toEqual(['Performance Manager', 'Deputy Chief Executive']);
    expect(third?.told).toEqual(second?.told);
  });

  it('never leaves out a day of the last ones, however the steps before them fall', () => {
    const uneven = createPublicationGuard({ settings: { guard: { ...guard, first: 12, every: 5, daily: 3 } }, calendar });
    expect(uneven.alarmsDue('2026/27', '2026-01-01', '2026-03-31').map((alarm) => alarm.date)).toEqual([
      '2026-03-16',
      '2026-03-23',
      '2026-03-27',
      '2026-03-30',
      '2026-03-31',
    ]);
  });

  it('goes on every working day once the year has begun', () => {
    expect(nextAlarm('2026/27', '2026-03-31').date).toBe('2026-04-01');
    expect(nextAlarm('2026/27', '2026-04-02')).toEqual({ date: '2026-04-07', occurrence: 11, told: guard.told });
  });

  it.each([2025, 2026, 2027, 2028, 2029, 2030])('raises eight alarms before 1 April %i, none of them on a day off', (year) => {
    const name = `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
    const alarms = alarmsDue(name, `${year}-01-01`, `${year}-03-31`);
    expect(alarms).toHaveLength(8);
    expect(alarms.every((alarm) => calendar.isWorkingDay(alarm.date))).toBe(true);
  });
});
