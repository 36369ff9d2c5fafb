/** The quarters of a year's meetings, and the days set for its plans: what a clerk is told, and what is no reason to tell anything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { clashesOf } from '../../libs/calendar/clashes.js';
import type { CalendarRules, ListedMeeting } from '../../libs/calendar/listed-meetings.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { yearTimetable } from '../../libs/calendar/year-timetable.js';
import { projectRoot } from '../../libs/config/paths.js';

const demonstration = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const rules: CalendarRules = {
  bodies: demonstration.bodies,
  settings: demonstration.timetable,
  calendar: createCalendar({ closures: demonstration.closures }),
};
const listed: ListedMeeting[] = demonstration.meetings.map(({ body, date }) => ({ body, date }));
const on = (body: string, ...dates: string[]): ListedMeeting[] => dates.map((date) => ({ body, date }));
const without = (...dates: string[]): ListedMeeting[] => listed.filter(({ body, date }) => !dates.includes(`${body} ${date}`));

/** Only what is told of the quarters. */
const told = (meetings: ListedMeeting[], of: CalendarRules = rules): string[] =>
  yearTimetable('2026/27', meetings, of)
    .clashes.filter(({ kind }) => kind.includes('quarter'))
    .map(({ what, why }) => `${what}: ${why}`);

/** The plans of 2026/27, the rest of the year before, and then the four quarters of the plans' year, each at its time. */
const plans = [
  ...on('gmt', '2025-12-02'),
  ...on('O&S', '2026-01-20', '2026-03-10'),
  ...on('cabinet', '2026-02-03'),
  ...on('council', '2026-03-04'),
];
const quarters = [
  ...on('gmt', '2026-08-04', '2026-11-10', '2027-02-09', '2027-05-18'),
  ...on('cabinet', '2026-09-01', '2026-12-01', '2027-03-02', '2027-06-15'),
];
const yearBefore = [...on('gmt', '2026-02-10', '2026-05-19'), ...on('cabinet', '2026-03-03', '2026-06-16')];
const year = [...plans, ...yearBefore, ...quarters];
const but = (...dates: string[]): ListedMeeting[] => year.filter(({ body, date }) => !dates.includes(`${body} ${date}`));

describe('a quarter’s report', () => {
  it('that has its meetings, or whose meetings lie beyond the list, is nothing to tell', () => {
    expect(told(listed)).toEqual([]);
    expect(told(plans)).toEqual([]);
    expect(told(year)).toEqual([]);
    // The list ends with the second quarter, or has Cabinet's meetings only up to then.
    expect(told(year.filter(({ date }) => date < '2026-12-31'))).toEqual([]);
    expect(told(but('cabinet 2027-03-02', 'cabinet 2027-06-15'))).toEqual([]);
    // Cabinet meets every month: the first meeting after the updates is always too early for GMT.
    const monthly = ['2026-08-04', '2026-10-06', '2026-11-03', '2027-01-12', '2027-02-02', '2027-04-06', '2027-05-11'];
    expect(told([...year, ...on('cabinet', ...monthly)])).toEqual([]);
  });

  it('that no meeting of Cabinet considers before the next one’s is told, the first of the year and the middle ones', () => {
    expect(told(but('cabinet 2026-12-01'))).toEqual([
      'No meeting of Cabinet considers the report on quarter 2 of 2026/27 before the next quarter’s: The updates are due on Monday 19 October 2026, ' +
        'but both reports would go to the meeting on Tuesday 2 March 2027. Add a meeting before the next updates are due on Wednesday 20 January 2027.',
    ]);
    expect(told(but('cabinet 2026-09-01', 'cabinet 2026-12-01'))).toEqual([
      expect.stringContaining('the report on quarter 1 of 2026/27 before the next quarter’s'),
      expect.stringContaining('the report on quarter 2 of 2026/27 before the next quarter’s'),
    ]);
    // Without the plans' meetings before it, too: the year's own quarters are what the list is for.
    expect(told(quarters.filter(({ date }) => date > '2026-09-01'))).toEqual([expect.stringContaining('quarter 1 of 2026/27')]);
  });

  it('that GMT sees too late for Cabinet is told, whether it meets before Cabinet, after it, or not for that quarter at all', () => {
    const sentence = (first: string): string =>
      'No meeting of General Management Team sees the report on quarter 2 of 2026/27 in time for Cabinet on Tuesday 1 December 2026: ' +
      `The final report is due on Monday 16 November 2026, but once the updates are in, the first meeting of General Management Team on ${first} is too late for it. ` +
      'Move one of them, or add a meeting.';
    expect(told([...but('gmt 2026-11-10'), ...on('gmt', '2026-11-17')])).toEqual([sentence('Tuesday 17 November 2026')]);
    expect(told([...but('gmt 2026-11-10'), ...on('gmt', '2026-12-08')])).toEqual([sentence('Tuesday 8 December 2026')]);
    expect(told(but('gmt 2026-11-10'))).toEqual([sentence('Tuesday 9 February 2027')]);
    expect(told([...but('gmt 2026-11-10'), ...on('gmt', '2026-11-16')])).toEqual([]);
  });

  it('that the last meeting of Cabinet in the list comes too early for is told as well', () => {
    const short = [...plans, ...yearBefore, ...on('gmt', '2026-09-08'), ...on('cabinet', '2026-09-01')];
    expect(told(short)).toEqual([
      expect.stringContaining('sees the report on quarter 1 of 2026/27 in time for Cabinet on Tuesday 1 September 2026'),
    ]);
  });

  it('of the year before is told only where the list reaches back to it', () => {
    expect(told(without('gmt 2025-11-11', 'gmt 2025-12-02', 'cabinet 2026-03-03'))).toContainEqual(
      expect.stringContaining(
        'No meeting of General Management Team sees the report on quarter 2 of 2025/26 in time for Cabinet on Tuesday 2 December 2025',
      ),
    );
    expect(told(listed.filter(({ date }) => date > '2025-12-15'))).toEqual([]);
  });

  it('on agendas that people have set is told where GMT sees it after the final report', () => {
    const moved = (date: string) =>
      demonstration.meetings.map((meeting) => (meeting.body === 'gmt' && meeting.date === '2025-11-11' ? { ...meeting, date } : meeting));
    const late = (date: string): string[] =>
      clashesOf('2026/27', moved(date), moved(date), rules)
        .filter(({ kind }) => kind === 'late-quarter-review')
        .map(({ what, why }) => `${what}: ${why}`);
    expect(late('2025-11-17')).toEqual([]);
    expect(late('2025-11-18')).toEqual([
      'General Management Team on Tuesday 18 November 2025 sees the report on quarter 2 of 2025/26 too late for Cabinet on Tuesday 2 December 2025: ' +
        'The final report is due on Monday 17 November 2025, and what comes of the review could not stand in it. Move one of them.',
    ]);
    expect(late('2025-12-09')).toHaveLength(1);
  });
});

describe('the days set for the plans', () => {
  const withDays = (fullPlanDue: string, publication: string): string[] =>
    yearTimetable('2026/27', year, {
      ...rules,
      settings: { ...rules.settings, years: { '2026/27': { fullPlanDue, publication } } },
    })
      .clashes.filter(({ kind }) => /^(?:publication|full-plan)/.test(kind))
      .map(({ what, why }) => `${what}: ${why}`);

  it.each([
    ['2026-03-13', '2026-03-31', []],
    ['2026-03-31', '2026-03-31', []],
    [
      '2026-03-13',
      '2026-04-01',
      [
        'Publication on Wednesday 1 April 2026: The plans are to be public before their year begins on 1 April. Set a day not after Tuesday 31 March 2026.',
      ],
    ],
    ['2026-03-13', '2026-04-10', [expect.stringContaining('Publication on Friday 10 April 2026: The plans are to be public before')]],
    [
      '2026-03-30',
      '2026-03-22',
      [
        'Publication on Sunday 22 March 2026: That is a weekend, a bank holiday or a day on which the council is closed. Set a working day.',
        'The full plan is due on Monday 30 March 2026: The plans are to be published before that, on Sunday 22 March 2026. Set an earlier day for the full plan, or a later one for publication.',
      ],
    ],
  ])('of %s and %s', (fullPlanDue, publication, expected) => {
    expect(withDays(fullPlanDue, publication)).toEqual(expected);
  });
});

describe('the deadlines of a year', () => {
  it('are each called by another name, a quarter’s by the quarter', () => {
    const { deadlines } = yearTimetable('2026/27', year, rules);
    const names = deadlines.map(({ what }) => what);
    expect(new Set(names).size).toBe(names.length);
    expect(deadlines).toContainEqual(
      expect.objectContaining({ what: 'Final report on Quarter 2 of 2026/27 (July to September 2026) for Cabinet', date: '2026-11-16' }),
    );
    expect(names).toContain('Agenda of Cabinet with the report on Quarter 2 of 2026/27 (July to September 2026) is published');
  });
});
