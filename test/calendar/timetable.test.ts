/** The demonstration council's timetable, date by date as domain.md section f has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cycleTimetable, paperDates, quarterTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings, readKeptTimetable } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { projectRoot } from '../../libs/config/paths.js';

const file: unknown = JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8'));
const { meetings, closures, timetable: settings } = readCalendarSettings(file);
const calendar = createCalendar({ closures });
const source = { meetings, settings, calendar };

describe('the timetable of a cycle', () => {
  it('gives every date of the 2026/27 cycle', () => {
    expect(cycleTimetable({ year: '2026/27', ...source })).toEqual({
      year: '2026/27',
      cycleOpens: '2025-09-01',
      draftDue: '2025-11-18',
      gmtMeeting: '2025-12-02',
      finalReportDue: '2026-01-05',
      agendaPublished: '2026-01-12',
      committeeMeeting: '2026-01-20',
      cabinetMeeting: '2026-02-03',
      councilMeeting: '2026-03-04',
      fullPlanOpens: '2026-01-02',
      fullPlanDue: '2026-03-13',
      publication: '2026-03-24',
      guardFirstAlarm: '2026-03-04',
    });
  });

  it('moves every deadline that follows from a meeting with it, and no other', () => {
    const moved = meetings.map((meeting) => (meeting.body === 'overview-and-scrutiny' ? { ...meeting, date: '2026-01-27' } : meeting));
    const before = cycleTimetable({ year: '2026/27', ...source });
    expect(cycleTimetable({ year: '2026/27', ...source, meetings: moved })).toEqual({
      ...before,
      finalReportDue: '2026-01-12',
      agendaPublished: '2026-01-19',
      committeeMeeting: '2026-01-27',
    });
  });

  it('opens on the next working day where 1 September is none', () => {
    const years = { '2025/26': { fullPlanDue: '2025-03-14', publication: '2025-03-25' } };
    const theirs = meetings.map((meeting) => ({ ...meeting, considers: [{ what: 'plans' as const, year: '2025/26' }] }));
    expect(cycleTimetable({ year: '2025/26', meetings: theirs, settings: { ...settings, years }, calendar }).cycleOpens).toBe('2024-09-02');
  });

  it('says which meeting is missing', () => {
    const without = meetings.filter((meeting) => meeting.body !== 'overview-and-scrutiny');
    expect(() => cycleTimetable({ year: '2026/27', ...source, meetings: without })).toThrow(
      'No meeting of "overview-and-scrutiny" considers the plans of 2026/27. Add one to the calendar of meetings.',
    );
  });

  it('refuses a publication after 31 March and takes one on it', () => {
    const publishedOn = (publication: string) => ({ ...settings, years: { '2026/27': { fullPlanDue: '2026-03-13', publication } } });
    expect(() => cycleTimetable({ year: '2026/27', ...source, settings: publishedOn('2026-04-01') })).toThrow(
      'Choose a day not after Tuesday 31 March 2026',
    );
    expect(cycleTimetable({ year: '2026/27', ...source, settings: publishedOn('2026-03-31') }).publication).toBe('2026-03-31');
  });

  it('publishes a year without dates of its own by the rule', () => {
    expect(cycleTimetable({ year: '2026/27', ...source, settings: { ...settings, years: {} } })).toMatchObject({
      publication: '2026-03-24',
      fullPlanDue: '2026-03-13',
    });
  });

  it('gives the dates of the papers for any other meeting', () => {
    expect(paperDates('2026-02-03', source)).toEqual({
      finalReportDue: '2026-01-19',
      agendaPublished: '2026-01-26',
      meeting: '2026-02-03',
    });
  });
});

describe('the timetable of a quarter', () => {
  it('gives every date of the second quarter of 2025/26', () => {
    expect(quarterTimetable({ year: '2025/26', quarter: 2, ...source })).toEqual({
      year: '2025/26',
      quarter: 2,
      opens: '2025-10-01',
      due: '2025-10-17',
      preparedForGmt: '2025-11-04',
      gmtMeeting: '2025-11-11',
      finalReportDue: '2025-11-17',
      agendaPublished: '2025-11-24',
      cabinetMeeting: '2025-12-02',
    });
  });

  it.each([
    [1, '2025-07-01', '2025-09-02'],
    [2, '2025-10-01', '2025-12-02'],
    [3, '2026-01-02', '2026-03-03'],
    [4, '2026-04-01', '2026-07-21'],
  ] as const)(
    'takes quarter %i from the first working day after it to Cabinet, each date after the one before',
    (quarter, opens, cabinet) => {
      const dates = quarterTimetable({ year: '2025/26', quarter, ...source });
      expect(dates.opens).toBe(opens);
      expect(dates.cabinetMeeting).toBe(cabinet);
      const inOrder = [
        dates.opens,
        dates.due,
        dates.preparedForGmt,
        dates.gmtMeeting,
        dates.finalReportDue,
        dates.agendaPublished,
        cabinet,
      ];
      expect(inOrder).toEqual([...new Set(inOrder)].sort());
    },
  );

  it('says which meeting is missing', () => {
    expect(() => quarterTimetable({ year: '2026/27', quarter: 1, ...source })).toThrow(
      'No meeting of "gmt" considers the report on quarter 1 of 2026/27.',
    );
  });
});

describe('the settings of a calendar', () => {
  it('name every field that is wrong', () => {
    const wrong = { bodies: [], closures: ['soon'], meetings: [], timetable: { ...settings, draftDueBeforeReview: -1 } };
    expect(() => readCalendarSettings(wrong)).toThrow(/\/closures\/0.*\/timetable\/draftDueBeforeReview/);
  });

  it('that were kept before a rule had a setting have its default', () => {
    const { callIn, cabinetAlwaysDecides, pollingDays, ...kept } = settings;
    expect(readKeptTimetable(kept)).toEqual(settings);
    expect({ callIn, cabinetAlwaysDecides, pollingDays }).toEqual({
      callIn: { days: 5, publishedWithin: 2 },
      cabinetAlwaysDecides: false,
      pollingDays: [],
    });
    expect(() => readKeptTimetable({ ...kept, bodies: undefined })).toThrow('not complete. /timetable/bodies');
  });

  it('name only bodies that there are', () => {
    const { bodies } = readCalendarSettings(file);
    const ids = bodies.map((body) => body.id);
    for (const body of [...meetings.map((meeting) => meeting.body), ...Object.values(settings.bodies)]) expect(ids).toContain(body);
  });
});
