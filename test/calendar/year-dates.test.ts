/** The dates of a year: the plans, the quarters beside them and the other meetings, each with what it follows from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { KnownMeeting } from '../../libs/calendar/change-meeting.js';
import { weekdayInWords } from '../../libs/calendar/dates.js';
import { cycleTimetable, quarterTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { datesOfYear, type DatesOfYear } from '../../libs/calendar/year-dates.js';
import { projectRoot } from '../../libs/config/paths.js';

const file = join(projectRoot, 'docs/demonstration/settings.json');
const { meetings: listed, timetable: settings, bodies, closures } = readCalendarSettings(JSON.parse(readFileSync(file, 'utf8')));
const meetings = listed.map((one): KnownMeeting => ({ ...one, id: `${one.body} ${one.date}`, state: 'planned', extraordinary: false }));
const rules = { bodies, settings, calendar: createCalendar({ closures }) };
const cycle = cycleTimetable({ year: '2026/27', meetings, ...rules });
const year = (of: readonly KnownMeeting[] = meetings): DatesOfYear[] => datesOfYear(cycle, [], of, rules);
const rows = (groups: readonly DatesOfYear[], title: string): string[] =>
  groups.find((group) => group.title.startsWith(title))?.dates.map(({ date, title: what, from }) => `${date} ${what}: ${from}`) ?? [];

describe('the dates of a year', () => {
  it('are all that the README’s year at a glance has, on the same days', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const [, block = ''] = /<!-- made from the code: dates -->([^]*?)<!-- end -->/.exec(readme) ?? [];
    const lines = block.split('\n').filter((line) => / \d{4} /.test(line.slice(0, 30)));
    expect(lines.length).toBeGreaterThan(10);
    const known = year().flatMap(({ lane, dates }) => dates.map(({ date }) => `${weekdayInWords(date)} ${lane}`));
    for (const line of lines) {
      const [, day = '', what = ''] = line.split('|').map((cell) => cell.trim());
      expect(known).toContain(`${day} ${what.startsWith('Quarter') ? 'quarters' : 'plans'}`);
    }
  });

  it('say what each follows from', () => {
    expect(rows(year(), 'Business plans 2026/27')).toEqual(
      expect.arrayContaining([
        '2025-11-18 Drafts are due: 10 working days before General Management Team on Tuesday 2 December 2025',
        '2026-01-12 Agenda is published: 5 clear working days before Overview and Scrutiny Committee on Tuesday 20 January 2026',
        '2026-01-20 Overview and Scrutiny Committee meets: the calendar of meetings',
        '2026-03-24 Plans are published: the date set for the year',
      ]),
    );
    expect(rows(year(), 'Quarter 2 of 2025/26')).toEqual([
      '2025-10-01 Quarterly update opens: the first working day after the quarter',
      '2025-10-17 Quarterly update is due: 12 working days after it opens',
      '2025-11-04 Report is prepared for GMT: 5 working days before General Management Team on Tuesday 11 November 2025',
      '2025-11-11 GMT sees the report: the calendar of meetings',
      '2025-11-17 Final report deadline: 5 working days before the agenda for Cabinet on Tuesday 2 December 2025',
      '2025-11-24 Agenda is published: 5 clear working days before Cabinet on Tuesday 2 December 2025',
      '2025-12-02 Cabinet considers the report: the calendar of meetings',
    ]);
  });

  it('have the quarters that fall into the year’s months, and the meetings that are nobody’s once each', () => {
    const added: KnownMeeting[] = ['2025-10-07', '2026-02-24', '2026-07-07'].map((date) => {
      return { id: date, body: 'council', date, considers: [], state: 'planned', extraordinary: false };
    });
    const cancelled: KnownMeeting = {
      id: 'off',
      body: 'cabinet',
      date: '2026-01-13',
      considers: [],
      state: 'cancelled',
      extraordinary: false,
    };
    const found = year([...meetings, ...added, cancelled].sort((one, other) => one.date.localeCompare(other.date)));
    expect(found.map(({ title }) => title.slice(0, 20))).toEqual([
      'Business plans 2026/',
      'Quarter 1 of 2025/26',
      'Quarter 2 of 2025/26',
      'Quarter 3 of 2025/26',
      'Other meetings',
    ]);
    expect(found.at(-1)?.dates.map(({ date, title, meetingId }) => [date, title, meetingId])).toEqual([
      ['2025-10-07', 'Council', '2025-10-07'],
      ['2026-02-24', 'Council', '2026-02-24'],
    ]);
  });

  it('have an opened quarter as it was opened, and one to come by the rule where no meeting has its report yet', () => {
    const opened = { ...quarterTimetable({ year: '2025/26', quarter: 2, meetings, ...rules }), due: '2025-10-20' };
    const found = datesOfYear(cycle, [opened], meetings, rules);
    expect(rows(found, 'Quarter 2')).toContainEqual(expect.stringMatching(/^2025-10-20 Quarterly update is due/));
    const unset = meetings.map((one) => ({ ...one, considers: one.considers.filter((item) => item.what === 'plans') }));
    expect(rows(year(unset), 'Quarter 3')).toContainEqual(expect.stringMatching(/^2026-03-03 Cabinet considers the report/));
    const none = unset.filter(({ body }) => body !== 'cabinet');
    expect(rows(year(none), 'Quarter 3').map((row) => row.slice(0, 10))).toEqual(['2026-01-02', '2026-01-20']);
  });
});
