/** Ten thousand random calendars: the timetable and every clash agree with a plain search that tries day after day. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Clash } from '../../libs/calendar/clashes.js';
import type { CalendarRules } from '../../libs/calendar/listed-meetings.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { yearTimetable } from '../../libs/calendar/year-timetable.js';
import { projectRoot } from '../../libs/config/paths.js';
import { clashAsText, DAYS, plainClashes, plainDays, yearOf, type PlainCalendar, type PlainMeeting } from '../support/plain-clashes.js';
import { randomFrom, type Random } from '../../apps/cli/rehearsal/random.js';

const CALENDARS = 10_000;
const KINDS = [
  ...['after-publication', 'call-in', 'clear-days', 'day-off', 'full-plan-late', 'key-decision general exception'],
  ...[
    'key-decision special urgency',
    'last-chance',
    'no-committee',
    'no-quarter-meeting',
    'no-quarter-review',
    'no-review',
    'out-of-order',
  ],
  ...['pre-election', 'publication-day-off', 'publication-late', 'report-before-data', 'tax-day', 'twice', 'unknown-body'],
];
const { bodies, timetable } = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const BODIES = ['gmt', 'gmt', 'overview-and-scrutiny', 'overview-and-scrutiny', 'cabinet', 'cabinet', 'council', 'Licensing'];

function randomCalendar(random: Random): PlainCalendar {
  const start = random.between(2024, 2040);
  const summer = DAYS.indexOf(`${start - 1}-06-01`);
  const winter = DAYS.indexOf(`${start - 1}-12-20`);
  const chance = (share: number): boolean => random.next() < share;
  const anyDay = (): string => DAYS[summer + random.between(0, 420)]!;
  // Most meetings lie where the plans are decided, close enough to get in each other's way.
  const meetingDay = (): string => (chance(0.65) ? DAYS[winter + random.between(0, 100)]! : anyDay());
  const springDay = (): string => DAYS[winter + random.between(60, 108)]!;
  const meetings = Array.from({ length: random.between(1, 10) }, (): PlainMeeting => ({
    body: random.oneOf(BODIES),
    date: meetingDay(),
    ...(chance(0.2) ? { agendaIsPublished: true } : {}),
    ...(chance(0.2) ? { noticeIsGiven: true } : {}),
  }));
  if (chance(0.05)) meetings.push({ ...random.oneOf(meetings) });
  return {
    start,
    meetings,
    closures: Array.from({ length: random.between(0, 4) }, () => (chance(0.5) ? springDay() : anyDay())),
    today: chance(0.3) ? undefined : meetingDay(),
    settings: {
      ...timetable,
      callIn: { days: random.between(0, 7), publishedWithin: random.between(0, 3) },
      cabinetAlwaysDecides: chance(0.3),
      pollingDays: Array.from({ length: random.between(0, 2) }, () => `${start}-${chance(0.5) ? '05' : '04'}-${random.between(10, 28)}`),
      years: chance(0.3) ? { [yearOf(start)]: { publication: springDay(), fullPlanDue: springDay() } } : {},
    },
  };
}

/** What the product finds, with the days that its sentences speak of, in their order. */
function found(calendar: PlainCalendar) {
  const { start, meetings, closures, settings, today } = calendar;
  const rules: CalendarRules = { bodies, settings, calendar: createCalendar({ closures }), ...(today === undefined ? {} : { today }) };
  const result = yearTimetable(yearOf(start), meetings, rules);
  return { papers: result.meetings, clashes: result.clashes.map(asText).sort() };
}

function asText({ kind, what, why }: Clash): string {
  const exception = /general exception|special urgency/.exec(why)?.[0];
  const days = [...`${what} ${why}`.matchAll(/\w+day (\d{1,2}) ([A-Z][a-z]+) (\d{4})/g)].map(([words, day, month, year]) => {
    const date = `${year}-${MONTHS[month!]}-${day!.padStart(2, '0')}`;
    return words.startsWith(WEEKDAYS[new Date(date).getUTCDay()]!) ? date : `not ${words}`;
  });
  return clashAsText(exception ? `${kind} ${exception}` : kind, days);
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = Object.fromEntries(
  ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'].map(
    (month, index) => [month, String(index + 1).padStart(2, '0')],
  ),
);

describe('ten thousand random calendars', () => {
  it('have the dates and the clashes that a plain search finds, each with the days it speaks of', () => {
    const random = randomFrom(20_260_401);
    const seen = new Map<string, number>();
    for (let number = 0; number < CALENDARS; number++) {
      const calendar = randomCalendar(random);
      const { papers, clashes } = found(calendar);
      const plain = plainClashes(calendar);
      if (clashes.join() !== plain.join()) expect([number, calendar, clashes]).toEqual([number, calendar, plain]);
      for (const clash of plain) seen.set(clash.split(':')[0]!, (seen.get(clash.split(':')[0]!) ?? 0) + 1);
      const days = plainDays(calendar);
      for (const { body, date, agendaPublished, reportDue } of papers) {
        if (body === 'gmt') continue;
        const meeting = DAYS.indexOf(date);
        expect([agendaPublished, reportDue]).toEqual([DAYS[days.agenda(meeting)], DAYS[days.report(meeting)]]);
      }
    }
    // Each kind came up often enough for the agreement to mean something.
    expect([...seen.keys()].sort()).toEqual(KINDS);
    expect(Math.min(...seen.values())).toBeGreaterThan(100);
  });

  it.each<[string, (right: PlainCalendar) => PlainCalendar]>([
    ['counts a clear day too many', withSettings(({ clearDaysOfNotice }) => ({ clearDaysOfNotice: clearDaysOfNotice + 1 }))],
    ['takes a final report a day later', withSettings((s) => ({ finalReportBeforeAgenda: s.finalReportBeforeAgenda - 1 }))],
    ['takes 27 clear days for 28', withSettings(({ keyDecisionNotice }) => ({ keyDecisionNotice: keyDecisionNotice - 1 }))],
    ['lets a call-in end a day late', withSettings(({ callIn }) => ({ callIn: { ...callIn, days: callIn.days + 1 } }))],
    ['publishes a day early', withSettings((s) => ({ publicationBeforeYear: s.publicationBeforeYear + 1 }))],
    ['begins the pre-election period a day late', withSettings((s) => ({ preElectionPeriod: s.preElectionPeriod - 1 }))],
    ['waits a day longer for a quarter’s updates', withSettings((s) => ({ quarterlyUpdateDueAfter: s.quarterlyUpdateDueAfter + 1 }))],
    ['prepares a quarter’s report a day later', withSettings((s) => ({ quarterReportBeforeReview: s.quarterReportBeforeReview - 1 }))],
    ['takes the full plan a day later', withSettings(({ years }) => ({ years: laterFullPlan(years) }))],
    ['sets the tax on the day itself', withSettings(() => ({ taxSetBefore: '03-12' }))],
    ['thinks that it is tomorrow', (right) => ({ ...right, today: right.today && DAYS[DAYS.indexOf(right.today) + 1] })],
    ['forgets a closure', (right) => ({ ...right, closures: right.closures.slice(1) })],
  ])('catch a finder that %s', (_, wrong) => {
    const random = randomFrom(28);
    const calendars = Array.from({ length: 500 }, () => randomCalendar(random));
    expect(calendars.filter((right) => found(wrong(right)).clashes.join() !== plainClashes(right).join()).length).toBeGreaterThan(0);
  });
});

type Settings = PlainCalendar['settings'];

function withSettings(change: (settings: Settings) => Partial<Settings>): (right: PlainCalendar) => PlainCalendar {
  return (right) => ({ ...right, settings: { ...right.settings, ...change(right.settings) } });
}

function laterFullPlan(years: Settings['years']): Settings['years'] {
  return Object.fromEntries(
    Object.entries(years).map(([year, set]) => [year, { ...set, fullPlanDue: DAYS[DAYS.indexOf(set.fullPlanDue) + 1]! }]),
  );
}
