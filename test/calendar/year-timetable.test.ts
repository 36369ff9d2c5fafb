/** A year's deadlines from a plain list of meetings: the dates that real councils published, and what clashes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { clashesOf } from '../../libs/calendar/clashes.js';
import { bodyNamed, meetingsOfYear, type CalendarRules, type ListedMeeting } from '../../libs/calendar/listed-meetings.js';
import { cycleTimetable, keyDecisionNotice } from '../../libs/calendar/timetable.js';
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
const without = (body: string): ListedMeeting[] => listed.filter((meeting) => meeting.body !== body);
const clashesWith = (meetings: ListedMeeting[]): string[] =>
  yearTimetable('2026/27', meetings, rules).clashes.map(({ what, why }) => `${what}: ${why}`);

describe('a plain list of meetings', () => {
  it('is given the agendas that the settings of the demonstration name', () => {
    const byDay = (meetings: typeof demonstration.meetings): unknown =>
      meetings.filter(({ considers }) => considers.length > 0).sort((a, b) => `${a.date} ${a.body}`.localeCompare(`${b.date} ${b.body}`));
    // The list begins with the meetings of one quarter's report after another; Q4 of 2024/25 and those of 2026/27 lie beyond it.
    expect(byDay(meetingsOfYear('2026/27', listed, rules))).toEqual(byDay(demonstration.meetings));
  });

  it('gives the same dates as the cycle that runs by them', () => {
    const meetings = meetingsOfYear('2026/27', listed, rules);
    const source = { settings: rules.settings, calendar: rules.calendar };
    expect(cycleTimetable({ year: '2026/27', meetings, ...source })).toEqual(
      cycleTimetable({ year: '2026/27', meetings: demonstration.meetings, ...source }),
    );
  });

  it.each([
    ['O&S', 'overview-and-scrutiny'],
    ['Overview & Scrutiny Committee', 'overview-and-scrutiny'],
    ['CABINET', 'cabinet'],
    ['Full Council', 'council'],
    ['gmt', 'gmt'],
    ['Licensing Committee', null],
  ])('knows %s as %s', (words, id) => {
    expect(bodyNamed(words, rules.bodies)).toBe(id);
  });
});

describe('a year’s timetable', () => {
  it.each([
    // Published dates of real meetings (domain.md section a).
    ['O&S', '2025-01-20', '2025-01-10'],
    ['Council', '2025-03-05', '2025-02-25'],
    ['O&S', '2026-01-20', '2026-01-12'],
  ])('publishes the agenda for %s on %s by %s', (body, date, agendaPublished) => {
    expect(yearTimetable('2025/26', [{ body, date }], rules).meetings).toMatchObject([{ body, date, agendaPublished }]);
  });

  it('announces a key decision 28 clear days before', () => {
    expect(keyDecisionNotice('2026-02-03', rules)).toBe('2026-01-05');
    const { deadlines } = yearTimetable('2026/27', listed, rules);
    expect(deadlines).toContainEqual(expect.objectContaining({ what: 'Notice of a key decision of Cabinet', date: '2026-01-05' }));
  });

  it('has every deadline of the cycle with what it follows from, in order of their days', () => {
    const { deadlines } = yearTimetable('2026/27', listed, rules);
    expect(deadlines.slice(0, 8).map(({ what, date }) => `${date} ${what}`)).toEqual([
      '2025-09-01 The cycle opens and drafts are rolled forward',
      '2025-11-18 Drafts are due',
      '2026-01-02 The rest of the full plan is asked for',
      '2026-01-05 Final report for Overview and Scrutiny Committee',
      '2026-01-05 Notice of a key decision of Cabinet',
      '2026-01-12 Agenda of Overview and Scrutiny Committee is published',
      '2026-01-19 Final report for Cabinet',
      '2026-01-26 Agenda of Cabinet is published',
    ]);
    expect(deadlines[1]?.from).toBe('10 working days before General Management Team on Tuesday 2 December 2025');
  });

  it('has no draft due for a meeting that considers no plans, and no agenda for officers', () => {
    const { meetings } = yearTimetable('2026/27', listed, rules);
    expect(meetings.find(({ body, date }) => body === 'cabinet' && date === '2025-12-02')).toMatchObject({ draftDue: null });
    expect(meetings.find(({ body, date }) => body === 'gmt' && date === '2025-12-02')).toEqual({
      ...{ body: 'gmt', date: '2025-12-02', agendaPublished: null, reportDue: null, draftDue: '2025-11-18' },
    });
  });

  it('works out publication by the rule for a year without dates of its own', () => {
    const { deadlines } = yearTimetable('2031/32', [{ body: 'O&S', date: '2031-01-21' }], rules);
    expect(deadlines).toContainEqual({ what: 'Plans are published', date: '2031-03-24', from: '6 working days before 1 April' });
  });

  it('refuses a day that does not exist', () => {
    expect(() => yearTimetable('2026/27', [{ body: 'O&S', date: '2026-02-30' }], rules)).toThrow('"2026-02-30" is not a date');
  });
});

describe('clashes', () => {
  it('of the demonstration: only that the committee has no second meeting', () => {
    expect(clashesWith(listed)).toEqual([expect.stringContaining('on Tuesday 20 January 2026 is the last chance')]);
    expect(clashesWith([...listed, { body: 'O&S', date: '2026-03-10' }])).toEqual([]);
  });

  it.each([
    ['a body that is not one of the council’s', [...listed, { body: 'Licensing', date: '2026-02-05' }], '“Licensing” is not one of'],
    ['a meeting on a bank holiday', [...listed, { body: 'Cabinet', date: '2026-05-04' }], 'a bank holiday'],
    ['a meeting twice', [...listed, { body: 'cabinet', date: '2026-03-03' }], 'stands in the list twice'],
    ['no meeting of the committee', without('overview-and-scrutiny'), 'No meeting of Overview and Scrutiny Committee considers'],
    ['no review in time', without('gmt'), 'It would have to meet by Monday 5 January 2026'],
    [
      'Cabinet before the committee',
      [...without('cabinet'), { body: 'cabinet', date: '2026-01-13' }],
      'Cabinet meets before Overview and Scrutiny Committee',
    ],
    [
      'the committee after publication',
      [...without('overview-and-scrutiny'), { body: 'O&S', date: '2026-03-26' }],
      'before the committee has considered them',
    ],
    ['Council too late for the tax', [...without('council'), { body: 'council', date: '2026-03-11' }], 'council tax is to be set before'],
    ['Council after publication', [...without('council'), { body: 'council', date: '2026-03-27' }], 'before Council has considered them'],
    [
      'Council between the committee and Cabinet',
      [...without('council'), { body: 'council', date: '2026-01-28' }],
      'Council meets before Cabinet: Its last meeting before 1 April is on Wednesday 28 January 2026',
    ],
    [
      'a meeting twice by two names',
      [...listed, { body: 'O&S', date: '2026-01-20' }],
      'Overview and Scrutiny Committee on Tuesday 20 January',
    ],
  ])('tell of %s', (_, meetings, words) => {
    expect(clashesWith(meetings)).toContainEqual(expect.stringContaining(words));
  });

  it.each([
    [
      'Cabinet',
      'cabinet',
      '2026-01-13',
      'Cabinet meets before Overview and Scrutiny Committee: It considers the plans on Tuesday 13 January',
    ],
    ['GMT', 'gmt', '2026-01-06', 'General Management Team on Tuesday 6 January 2026 reviews the plans of 2026/27 too late'],
  ])('tell of the plans on the agenda of %s on the wrong day', (_, body, date, words) => {
    // The list says itself what is on each agenda, as a running council's does.
    const meetings = demonstration.meetings.map((meeting) =>
      meeting.body === body && meeting.considers.some(({ what }) => what === 'plans') ? { ...meeting, date } : meeting,
    );
    expect(clashesOf('2026/27', meetings, meetings, rules).map(({ what, why }) => `${what}: ${why}`)).toContainEqual(
      expect.stringContaining(words),
    );
  });

  it('tell of the pre-election period where a poll is set', () => {
    const withPoll = { ...rules, settings: { ...rules.settings, pollingDays: ['2026-04-23'] } };
    const { clashes } = yearTimetable('2026/27', listed, withPoll);
    expect(clashes.map(({ why }) => why)).toContainEqual(expect.stringContaining('The pre-election period begins on'));
  });
});
