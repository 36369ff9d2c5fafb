/** A plan's own dates: what a meeting or a day of publication that was chosen for it changes, and what it leaves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { KnownMeeting } from '../../libs/calendar/change-meeting.js';
import { fairDay, planDates, type PlanDatesSource } from '../../libs/calendar/plan-dates.js';
import { cycleTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { projectRoot } from '../../libs/config/paths.js';

const file = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const calendar = createCalendar({ closures: [] });
const meetings: KnownMeeting[] = [
  { id: 'march', body: 'overview-and-scrutiny', date: '2026-03-10', considers: [], state: 'planned', extraordinary: false },
  { id: 'cabinet', body: 'cabinet', date: '2026-03-17', considers: [], state: 'planned', extraordinary: false },
];
const source: PlanDatesSource = { settings: file.timetable, calendar, meetings };
const cycle = cycleTimetable({ year: '2026/27', ...source, meetings: file.meetings });

describe('the dates of a plan', () => {
  it('are the cycle’s where nothing was chosen', () => {
    expect(planDates(cycle, {}, source)).toEqual({ ...cycle, chosen: [] });
  });

  it('follow a committee’s meeting that was chosen, papers included', () => {
    expect(planDates(cycle, { meetings: { 'overview-and-scrutiny': 'march' } }, source)).toEqual({
      ...cycle,
      ...{ committeeMeeting: '2026-03-10', agendaPublished: '2026-03-02', finalReportDue: '2026-02-23' },
      chosen: ['committeeMeeting'],
    });
  });

  it('leave the committee’s papers where another body’s meeting was chosen', () => {
    expect(planDates(cycle, { meetings: { cabinet: 'cabinet' } }, source)).toEqual({
      ...cycle,
      cabinetMeeting: '2026-03-17',
      chosen: ['cabinetMeeting'],
    });
  });

  it('are the cycle’s again once the chosen meeting is not held', () => {
    expect(planDates(cycle, { meetings: { 'overview-and-scrutiny': 'gone' } }, source)).toEqual({ ...cycle, chosen: [] });
  });

  it('follow a later day of publication', () => {
    expect(planDates(cycle, { publication: '2026-04-15' }, source)).toEqual({ ...cycle, publication: '2026-04-15', chosen: [] });
  });
});

describe('a fair day for what comes again', () => {
  const chosen = planDates(cycle, { meetings: { 'overview-and-scrutiny': 'march' } }, source);

  it('is some working days off, but not after the agenda of a meeting that was chosen', () => {
    expect(fairDay('gmtMeeting', '2026-02-26', cycle, source)).toBe('2026-03-05');
    expect(fairDay('gmtMeeting', '2026-02-26', chosen, source)).toBe('2026-03-02');
    expect(fairDay('gmtMeeting', '2026-02-16', chosen, source)).toBe('2026-02-23');
  });

  it('is not moved by an agenda that is out already, nor for the committee itself', () => {
    expect(fairDay('draftDue', '2026-03-03', chosen, source)).toBe('2026-03-10');
    expect(fairDay('committeeMeeting', '2026-02-26', chosen, source)).toBe('2026-03-05');
  });
});
