/** Ten thousand random calendars: the timetable and the clashes agree with a plain search that tries every day and every meeting. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { CalendarRules, ListedMeeting } from '../../libs/calendar/listed-meetings.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { yearTimetable } from '../../libs/calendar/year-timetable.js';
import { projectRoot } from '../../libs/config/paths.js';
import { randomFrom } from '../support/random.js';

const CALENDARS = 10_000;
const { bodies, timetable: settings } = readCalendarSettings(
  JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')),
);
const GMT = 'gmt';
const COMMITTEE = 'overview-and-scrutiny';

/** Every day from the first year's summer on, with whether it is worked on where the council has no closures of its own. */
const ordinary = createCalendar({ closures: [] });
const DAYS = Array.from({ length: 6_500 }, (_, index) => Temporal.PlainDate.from('2023-06-01').add({ days: index }).toString()).map(
  (day) => ({
    day,
    works: ordinary.isWorkingDay(day),
  }),
);

/** The plain search: no arithmetic on days, only looking through all of them. */
function searched(start: number, meetings: readonly ListedMeeting[], closures: readonly string[]) {
  const days = DAYS.filter(({ day }) => day >= `${start - 1}-07-01` && day < `${start}-05-01`).map(({ day, works }) => ({
    day,
    works: works && !closures.includes(day),
  }));
  const year = `${start}-04-01`;
  const workingDaysBetween = (from: string, to: string): number => days.filter(({ day, works }) => works && day > from && day < to).length;
  const latest = (holds: (day: string) => boolean): string => days.findLast(({ day, works }) => works && holds(day))!.day;
  const agendaOf = (meeting: string): string =>
    latest((day) => day < meeting && workingDaysBetween(day, meeting) >= settings.clearDaysOfNotice);
  const reportOf = (meeting: string): string => {
    const agenda = agendaOf(meeting);
    return latest((day) => day < agenda && workingDaysBetween(day, agenda) >= settings.finalReportBeforeAgenda - 1);
  };
  const publication = latest((day) => day < year && workingDaysBetween(day, year) >= settings.publicationBeforeYear - 1);
  const sorted = [...meetings].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const inSpring = (body: string) => sorted.filter((one) => one.body === body && one.date >= `${start}-01-01` && one.date < year);
  const committee = inSpring(COMMITTEE)[0];
  const lastReport = committee ? reportOf(committee.date) : year;
  const review = sorted.filter((one) => one.body === GMT && one.date >= `${start - 1}-09-01` && one.date <= lastReport).at(-1);
  const after = (body: string, date: string) => inSpring(body).find((one) => one.date >= date);
  const cabinet = after('cabinet', committee?.date ?? `${start}-01-01`);
  const council = after('council', cabinet?.date ?? committee?.date ?? `${start}-01-01`);
  const kinds: string[] = [];
  for (const { date } of meetings) if (!days.find(({ day }) => day === date)!.works) kinds.push('day-off');
  for (const [index, one] of meetings.entries())
    if (meetings.slice(0, index).some((other) => other.body === one.body && other.date === one.date)) kinds.push('twice');
  if (!committee) kinds.push('no-committee');
  if (!review) kinds.push('no-review');
  if (committee) {
    for (const body of ['cabinet', 'council'])
      if (inSpring(body).length > 0 && inSpring(body).every(({ date }) => date < committee.date)) kinds.push('out-of-order');
    if (committee.date >= publication) kinds.push('after-publication');
    if (!sorted.some(({ body, date }) => body === COMMITTEE && date > committee.date && date < publication)) kinds.push('last-chance');
  }
  if (council && council.date >= `${start}-03-11`) kinds.push('tax-day');
  return { agendaOf, reportOf, kinds: kinds.sort() };
}

describe('ten thousand random calendars', () => {
  it('have the dates and the clashes that a plain search finds', () => {
    const random = randomFrom(20_260_401);
    for (let number = 0; number < CALENDARS; number++) {
      const start = random.between(2024, 2040);
      const begins = Temporal.PlainDate.from(`${start - 1}-09-01`);
      const dayOf = (): string => begins.add({ days: random.between(0, 210) }).toString();
      const closures = Array.from({ length: random.between(0, 3) }, dayOf);
      const rules: CalendarRules = { bodies, settings: { ...settings, years: {} }, calendar: createCalendar({ closures }) };
      const meetings = Array.from({ length: random.between(1, 9) }, () => ({
        body: random.oneOf([GMT, COMMITTEE, COMMITTEE, 'cabinet', 'council']),
        date: dayOf(),
      }));
      const found = yearTimetable(`${start}/${String((start + 1) % 100).padStart(2, '0')}`, meetings, rules);
      // Looking through every day is slow: each calendar's clashes are compared, and one calendar in ten day by day.
      const plain = searched(start, meetings, closures);
      const told = found.clashes.map(({ kind }) => kind).filter((kind) => kind !== 'report-before-data');
      expect([number, meetings, told.sort()]).toEqual([number, meetings, plain.kinds]);
      if (number % 10 > 0) continue;
      for (const { body, date, agendaPublished, reportDue } of found.meetings)
        if (body !== GMT) expect([date, agendaPublished, reportDue]).toEqual([date, plain.agendaOf(date), plain.reportOf(date)]);
    }
  });
});
