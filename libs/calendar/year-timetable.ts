/** A year's timetable from a plain list of meetings: every deadline with what it follows from, and what in it clashes. */
import { firstDay, lastDay, previousYear, quarterInWords, QUARTERS } from '../domain/financial-year.js';
import { clashesOf, type Clash } from './clashes.js';
import { parseDay, weekdayInWords } from './dates.js';
import {
  agendaFrom,
  draftDueFrom,
  finalReportFrom,
  firstAlarmFrom,
  FROM_QUARTER_END,
  FROM_SETTINGS,
  fullPlanDueFrom,
  preparedFrom,
  publicationFrom,
  updatesDueFrom,
} from './follows-from.js';
import { bodyNamed, bodyTitle, meetingsOfYear, type CalendarRules, type ListedMeeting } from './listed-meetings.js';
import {
  cycleOpening,
  fullPlanOpening,
  keyDecisionNotice,
  paperDates,
  publicationDates,
  quarterOpening,
  quarterUpdatesDue,
} from './timetable.js';
import type { Meeting } from './timetable-settings.js';

/** A meeting with the days that follow from it; null where none does: officers' meetings publish no agenda. */
export interface MeetingDates extends Pick<ListedMeeting, 'body' | 'date'> {
  agendaPublished: string | null;
  reportDue: string | null;
  draftDue: string | null;
}

/** A day by which something is to be done, and the rule and meeting that it follows from, in words. */
export interface Deadline {
  what: string;
  date: string;
  from: string;
}

export interface YearTimetable {
  meetings: MeetingDates[];
  deadlines: Deadline[];
  clashes: Clash[];
}

/**
 * The timetable of a year's plans, from the opening of the cycle to 1 April, and of that year's quarters as far as the list has
 * their meetings. All days 'YYYY-MM-DD'; deadlines in order of their days.
 * @param year '2026/27'
 * @param rules with `today`, notice that is late by then is told as well
 * @throws DomainError 'invalid' for a day that does not exist
 */
export function yearTimetable(year: string, listed: readonly ListedMeeting[], rules: CalendarRules): YearTimetable {
  for (const { date } of listed) parseDay(date);
  if (rules.today !== undefined) parseDay(rules.today);
  const meetings = meetingsOfYear(year, listed, rules);
  const deadlines = [...planDeadlines(year, meetings, rules), ...quarterDeadlines(year, meetings, rules)];
  return {
    meetings: listed.map((meeting) => meetingDates(meeting, year, meetings, rules)).sort((a, b) => a.date.localeCompare(b.date)),
    deadlines: deadlines.sort((a, b) => a.date.localeCompare(b.date)),
    clashes: clashesOf(year, listed, meetings, rules),
  };
}

/** A draft is due for the meetings that consider the plans, on the day that their review by GMT asks for. */
function meetingDates({ body, date }: ListedMeeting, year: string, meetings: readonly Meeting[], rules: CalendarRules): MeetingDates {
  const { settings, calendar, bodies } = rules;
  const id = bodyNamed(body, bodies);
  const considersPlans = meetings.some((meeting) => meeting.body === id && meeting.date === date && considersPlansOf(meeting, year));
  const review = meetings.find((meeting) => meeting.body === settings.bodies.review && considersPlansOf(meeting, year));
  const draftDue = considersPlans && review ? calendar.workingDaysBefore(review.date, settings.draftDueBeforeReview) : null;
  if (id === settings.bodies.review) return { body, date, agendaPublished: null, reportDue: null, draftDue };
  const { agendaPublished, finalReportDue } = paperDates(date, rules);
  return { body, date, agendaPublished, reportDue: finalReportDue, draftDue };
}

function planDeadlines(year: string, meetings: readonly Meeting[], rules: CalendarRules): Deadline[] {
  const { settings, calendar } = rules;
  const on = (body: string): Meeting | undefined => meetings.find((meeting) => meeting.body === body && considersPlansOf(meeting, year));
  const { publication, fullPlanDue } = publicationDates(year, rules);
  const review = on(settings.bodies.review);
  return [
    { what: 'The cycle opens and drafts are rolled forward', date: cycleOpening(year, rules), from: FROM_SETTINGS },
    ...(review
      ? [
          {
            what: 'Drafts are due',
            date: calendar.workingDaysBefore(review.date, settings.draftDueBeforeReview),
            from: draftDueFrom(settings, nameOf(review, rules)),
          },
        ]
      : []),
    ...[on(settings.bodies.committee), on(settings.bodies.cabinet), on(settings.bodies.council)].flatMap((meeting) =>
      meeting ? paperDeadlines(meeting, rules) : [],
    ),
    { what: 'The rest of the full plan is asked for', date: fullPlanOpening(year, rules), from: FROM_SETTINGS },
    {
      what: 'The full plan is due',
      date: fullPlanDue,
      from: fullPlanDueFrom(settings, year),
    },
    {
      what: 'Plans are published',
      date: publication,
      from: publicationFrom(settings, year),
    },
    {
      what: 'First alarm for plans that are not yet certain for 1 April',
      date: calendar.workingDaysBefore(firstDay(year), settings.guard.first),
      from: firstAlarmFrom(settings),
    },
    {
      what: 'The last day before the plans’ year begins',
      date: lastDay(previousYear(year)),
      from: 'the council’s commitment to publish by then',
    },
  ];
}

function paperDeadlines(meeting: Meeting, rules: CalendarRules): Deadline[] {
  const { settings } = rules;
  if (meeting.body !== settings.bodies.cabinet) return reportDeadlines(meeting, rules);
  const notice = {
    what: `Notice of a key decision of ${titleOf(meeting, rules)}`,
    date: keyDecisionNotice(meeting.date, rules),
    from: `${settings.keyDecisionNotice} clear days before ${nameOf(meeting, rules)}`,
  };
  return [notice, ...reportDeadlines(meeting, rules)];
}

/** @param quarter in words, where the papers are about one and not about the plans */
function reportDeadlines(meeting: Meeting, rules: CalendarRules, quarter?: string): Deadline[] {
  const { settings } = rules;
  const { agendaPublished, finalReportDue } = paperDates(meeting.date, rules);
  const [title, name] = [titleOf(meeting, rules), nameOf(meeting, rules)];
  return [
    {
      what: quarter ? `Final report on ${quarter} for ${title}` : `Final report for ${title}`,
      date: finalReportDue,
      from: finalReportFrom(settings, name),
    },
    {
      what: quarter ? `Agenda of ${title} with the report on ${quarter} is published` : `Agenda of ${title} is published`,
      date: agendaPublished,
      from: agendaFrom(settings, name),
    },
  ];
}

function quarterDeadlines(year: string, meetings: readonly Meeting[], rules: CalendarRules): Deadline[] {
  const { settings, calendar } = rules;
  return QUARTERS.flatMap((quarter): Deadline[] => {
    const words = quarterInWords(year, quarter);
    const reported = meetings.filter((meeting) =>
      meeting.considers.some((item) => item.what === 'quarter' && item.year === year && item.quarter === quarter),
    );
    const review = reported.find(({ body }) => body === settings.bodies.review);
    const cabinet = reported.find(({ body }) => body === settings.bodies.cabinet);
    return [
      { what: `Quarterly update of ${words} opens`, date: quarterOpening(year, quarter, calendar), from: FROM_QUARTER_END },
      {
        what: `Quarterly update of ${words} is due`,
        date: quarterUpdatesDue(year, quarter, rules),
        from: updatesDueFrom(settings),
      },
      ...(review
        ? [
            {
              what: `Report on ${words} is prepared for GMT`,
              date: calendar.workingDaysBefore(review.date, settings.quarterReportBeforeReview),
              from: preparedFrom(settings, nameOf(review, rules)),
            },
          ]
        : []),
      ...(cabinet ? reportDeadlines(cabinet, rules, words) : []),
    ];
  });
}

function considersPlansOf({ considers }: Meeting, year: string): boolean {
  return considers.some((item) => item.what === 'plans' && item.year === year);
}

function titleOf({ body }: Meeting, { bodies }: CalendarRules): string {
  return bodyTitle(body, bodies);
}

function nameOf(meeting: Meeting, rules: CalendarRules): string {
  return `${titleOf(meeting, rules)} on ${weekdayInWords(meeting.date)}`;
}
