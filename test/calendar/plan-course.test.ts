/** The course of a plan towards 1 April: what each word means on the demonstration's days, and that it agrees with a plain search. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { courseOf, type PlanCourse, type PlanOnCourse } from '../../libs/calendar/plan-course.js';
import { cycleTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings, type Meeting } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { projectRoot } from '../../libs/config/paths.js';
import { missionRoute } from '../../libs/domain/route.js';

const file = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const { bodies, timetable: settings, meetings } = file;
const calendar = createCalendar({ closures: [] });
const dates = { ...cycleTimetable({ year: '2026/27', meetings, settings, calendar }), chosen: [] };
const OSC = 'overview-and-scrutiny';

interface Situation extends Partial<Omit<PlanOnCourse, 'state'>> {
  today: string;
  at?: string;
  round?: number;
  fullPlan?: PlanOnCourse['state']['fullPlan'];
  also?: string[];
}

/** A plan that is with GMT unless said otherwise, on the demonstration's calendar with further meetings of the committee. */
function courseOn({ today, at = 'gmt-review', round = 1, fullPlan = 'asked-for', also = [], ...plan }: Situation): PlanCourse {
  const further = also.map((date): Meeting => ({ body: OSC, date, considers: [] }));
  return courseOf(
    { state: { at, round, fullPlan }, since: '2025-11-18', dueOn: null, heldOverOn: null, dates, ...plan },
    { route: missionRoute, bodies, settings, calendar, meetings: [...meetings, ...further], today },
  );
}

describe('a plan is on course', () => {
  it.each([
    ['that is being drafted before its day', { today: '2025-11-03', at: 'drafting', dueOn: '2025-11-18', fullPlan: 'not-asked-for' }],
    ['that GMT has before its meeting', { today: '2025-11-20', dueOn: '2025-12-02' }],
    ['that is on the agenda of its committee', { today: '2026-01-20', at: OSC, since: '2026-01-02' }],
    ['that is approved while the full plan is not due yet', { today: '2026-03-13', at: 'publication' }],
    ['that is approved and complete before its day', { today: '2026-03-24', at: 'publication', fullPlan: 'complete' }],
  ] as const)('%s', (_, situation) => {
    expect(courseOn(situation)).toMatchObject({ course: 'on-course', reason: null });
  });
});

describe('a plan is at risk', () => {
  it.each<[string, Situation, string, string]>([
    [
      'whose review is overdue',
      { today: '2025-12-08', dueOn: '2025-12-02' },
      'GMT was to agree by Tuesday 2 December.',
      'GMT agrees by Monday 12 January, when the agenda for Tuesday 20 January is published',
    ],
    [
      'whose draft is overdue',
      { today: '2025-11-24', at: 'drafting', dueOn: '2025-11-18' },
      'The draft was due on Tuesday 18 November and is not submitted.',
      'The draft is submitted and GMT agrees by Monday 12 January, when the agenda for Tuesday 20 January is published',
    ],
    [
      'that missed its meeting while another is in the calendar',
      { today: '2026-01-13', dueOn: '2025-12-02', also: ['2026-03-10'] },
      'GMT was to agree by Tuesday 2 December. The agenda for Overview and Scrutiny Committee on Tuesday 20 January was published on Monday 12 January without it.',
      'Take it to the meeting of Overview and Scrutiny Committee on Tuesday 10 March: its agenda is published on Monday 2 March, so GMT agrees by then',
    ],
    [
      'that came to its committee after the agenda was published',
      { today: '2026-01-15', at: OSC, since: '2026-01-14', also: ['2026-03-10'] },
      'It came to Overview and Scrutiny Committee on Wednesday 14 January, after the agenda for Tuesday 20 January was published on Monday 12 January.',
      'Take it to the meeting of Overview and Scrutiny Committee on Tuesday 10 March: its agenda is published on Monday 2 March',
    ],
    [
      'whose committee noted it and has no meeting left',
      { today: '2026-01-21', at: OSC, since: '2026-01-02', heldOverOn: '2026-01-20' },
      'Overview and Scrutiny Committee had it on Tuesday 20 January and has not decided.',
      'Call an extraordinary meeting of Overview and Scrutiny Committee: its agenda must be published by Monday 23 March for a meeting on Tuesday 31 March',
    ],
    [
      'whose meeting is over without a record of it',
      { today: '2026-01-21', at: OSC, since: '2026-01-02' },
      'Overview and Scrutiny Committee met on Tuesday 20 January, and what it decided is not recorded.',
      'Record by Tuesday 31 March what Overview and Scrutiny Committee decided on Tuesday 20 January',
    ],
    [
      'that was referred back and is drafted again',
      { today: '2026-01-22', at: 'drafting', round: 2, since: '2026-01-21', dueOn: '2026-01-28' },
      'Overview and Scrutiny Committee met on Tuesday 20 January, before the plan came to it.',
      'Call an extraordinary meeting of Overview and Scrutiny Committee: its agenda must be published by Monday 23 March for a meeting on Tuesday 31 March, so the draft is submitted and GMT agrees by then',
    ],
    [
      'whose new draft is due too late for its meeting',
      { today: '2026-01-08', at: 'drafting', round: 2, since: '2026-01-07', dueOn: '2026-01-14' },
      'By the days that are set it comes to Overview and Scrutiny Committee on Wednesday 21 January, after the agenda for Tuesday 20 January is published on Monday 12 January.',
      'The draft is submitted and GMT agrees by Monday 12 January, when the agenda for Tuesday 20 January is published',
    ],
    [
      'whose full plan is overdue',
      { today: '2026-03-16', at: 'publication' },
      'The full plan was due on Friday 13 March and is not signed off.',
      'The full plan is signed off by Tuesday 31 March',
    ],
    [
      'that is not published on its day though it is complete',
      { today: '2026-03-25', at: 'publication', fullPlan: 'complete' },
      'It is approved and complete and was to be published on Tuesday 24 March, but it is not published.',
      'Find out by Tuesday 31 March why it is not published',
    ],
  ])('%s', (_, situation, reason, what) => {
    const { course, latestAction, ...told } = courseOn(situation);
    expect([course, told.reason, latestAction?.what]).toEqual(['at-risk', reason, what]);
  });
});

describe('a plan is too late', () => {
  it.each<[string, Situation, string]>([
    [
      'once no meeting can be called by ordinary notice',
      { today: '2026-03-24', dueOn: '2025-12-02', fullPlan: 'complete' },
      'By ordinary notice nothing leads to publication before 1 April 2026 any more.',
    ],
    ['once its year has begun', { today: '2026-04-01', at: 'publication' }, 'The full plan was due on Friday 13 March'],
    [
      'once a later day of publication is accepted',
      { today: '2026-03-02', at: 'publication', dates: { ...dates, publication: '2026-04-15' } },
      'Its publication is set for 15 April 2026.',
    ],
  ])('%s', (_, situation, words) => {
    const { course, reason, latestAction } = courseOn(situation);
    expect([course, latestAction]).toEqual(['too-late', null]);
    expect(reason).toContain(words);
  });

  it('one day after the last on which an extraordinary meeting could be called', () => {
    expect(courseOn({ today: '2026-03-23' }).course).toBe('at-risk');
    expect(courseOn({ today: '2026-03-24' }).course).toBe('too-late');
  });
});

describe('a plan whose way is over', () => {
  it.each(['published', 'given-up'] as const)('is %s, whatever the day', (at) => {
    expect(courseOn({ today: '2026-05-01', at })).toEqual({ course: at, reason: null, latestAction: null });
  });
});

describe('a plan that another meeting was chosen for', () => {
  const chosen = { ...dates, committeeMeeting: '2026-03-10', chosen: ['committeeMeeting' as const] };

  it('is on course again if it comes to that meeting in time', () => {
    expect(courseOn({ today: '2026-02-02', at: OSC, since: '2026-01-14', dates: chosen }).course).toBe('on-course');
  });

  it('is at risk again once that meeting is over', () => {
    expect(courseOn({ today: '2026-03-11', at: OSC, since: '2026-01-14', dates: chosen, heldOverOn: '2026-03-10' }).course).toBe('at-risk');
  });
});
