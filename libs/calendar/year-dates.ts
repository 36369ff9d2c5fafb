/** Everything that has its day while a year's plans are on their way: the plans, the quarters beside them, and the other meetings. */
import { previousYear, quarterInWords, QUARTERS, type Quarter } from '../domain/financial-year.js';
import { standingMeetings, type KnownMeeting } from './change-meeting.js';
import { considers, withBusiness } from './coming-business.js';
import { weekdayInWords } from './dates.js';
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
import { bodyTitle } from './listed-meetings.js';
import { CYCLE_DATE_TITLES, QUARTER_DATE_TITLES, type CycleDateName, type MeetingRules, type QuarterDateName } from './move-meeting.js';
import { deadlineOf } from './plan-dates.js';
import { paperDates, quarterOpening, quarterUpdatesDue, type CycleTimetable, type QuarterTimetable } from './timetable.js';

/** The lanes of the year. */
export type Lane = 'plans' | 'quarters' | 'meetings';

export interface YearDate {
  /** 'YYYY-MM-DD' */
  date: string;
  title: string;
  /** What it follows from; for a meeting the calendar itself. */
  from: string;
  isMeeting: boolean;
  /** The meeting that it is. */
  meetingId: string | null;
}

/** Dates that belong together, in the order of their days. */
export interface DatesOfYear {
  lane: Lane;
  title: string;
  dates: YearDate[];
}

/** A quarter's dates as far as they are known: without its meetings only those that follow from the quarter's end. */
type KnownQuarter = Pick<QuarterTimetable, 'year' | 'quarter' | 'opens' | 'due'> & Partial<QuarterTimetable>;

const FROM_CALENDAR = 'the calendar of meetings';

/**
 * @param cycle the dates of the year's plans
 * @param opened the dates of the quarters that were opened; those of the others are worked out as their opening will
 * @param meetings the council's, in the order of their days
 * @returns the plans, each quarter of which a day falls into these months, and the meetings that are none of theirs; no empty group
 */
export function datesOfYear(
  cycle: CycleTimetable,
  opened: readonly QuarterTimetable[],
  meetings: readonly KnownMeeting[],
  rules: MeetingRules,
): DatesOfYear[] {
  const standing = standingMeetings(meetings);
  const plans = datesOfPlans(cycle, standing, rules);
  const [first, last] = [plans[0]!.date.slice(0, 7), plans.at(-1)!.date.slice(0, 7)];
  const isInside = ({ date }: { date: string }): boolean => date.slice(0, 7) >= first && date.slice(0, 7) <= last;
  const quarters = quartersBeside(cycle.year, opened, standing, rules).map((quarter): DatesOfYear => {
    const title = quarterInWords(quarter.year, quarter.quarter);
    return { lane: 'quarters', title, dates: datesOfQuarter(quarter, standing, rules).filter(isInside) };
  });
  const told = new Set([plans, ...quarters.map(({ dates }) => dates)].flat().map(({ meetingId }) => meetingId));
  const others = standing.filter(({ id }) => !told.has(id)).map((meeting) => asDate(meeting, rules));
  return [
    { lane: 'plans' as const, title: `Business plans ${cycle.year}`, dates: plans },
    ...quarters,
    { lane: 'meetings' as const, title: 'Other meetings', dates: others.filter(isInside) },
  ].filter(({ dates }) => dates.length > 0);
}

function datesOfPlans(cycle: CycleTimetable, meetings: readonly KnownMeeting[], rules: MeetingRules): YearDate[] {
  const { settings } = rules;
  const { review, committee } = settings.bodies;
  const from: Partial<Record<CycleDateName, string>> = {
    draftDue: draftDueFrom(settings, named(review, cycle.gmtMeeting, rules)),
    finalReportDue: finalReportFrom(settings, named(committee, cycle.committeeMeeting, rules)),
    agendaPublished: agendaFrom(settings, named(committee, cycle.committeeMeeting, rules)),
    fullPlanDue: fullPlanDueFrom(settings, cycle.year),
    publication: publicationFrom(settings, cycle.year),
    guardFirstAlarm: firstAlarmFrom(settings),
  };
  const bodies = new Map(Object.values(settings.bodies).map((body) => [deadlineOf(body, settings) as CycleDateName | null, body]));
  return dated(Object.keys(CYCLE_DATE_TITLES) as CycleDateName[], cycle, (name, date) => {
    const body = bodies.get(name);
    return body ? meetingDate(CYCLE_DATE_TITLES[name], body, date, meetings) : deadline(CYCLE_DATE_TITLES[name], date, from[name]);
  });
}

function datesOfQuarter(quarter: KnownQuarter, meetings: readonly KnownMeeting[], rules: MeetingRules): YearDate[] {
  const { settings } = rules;
  const { review, cabinet } = settings.bodies;
  const [gmt, report] = [named(review, quarter.gmtMeeting, rules), named(cabinet, quarter.cabinetMeeting, rules)];
  const from: Partial<Record<QuarterDateName, string>> = {
    opens: FROM_QUARTER_END,
    due: updatesDueFrom(settings),
    preparedForGmt: preparedFrom(settings, gmt),
    finalReportDue: finalReportFrom(settings, report),
    agendaPublished: agendaFrom(settings, report),
  };
  const bodies: Partial<Record<QuarterDateName, string>> = { gmtMeeting: review, cabinetMeeting: cabinet };
  return dated(Object.keys(QUARTER_DATE_TITLES) as QuarterDateName[], quarter, (name, date) => {
    const body = bodies[name];
    return body ? meetingDate(QUARTER_DATE_TITLES[name], body, date, meetings) : deadline(QUARTER_DATE_TITLES[name], date, from[name]);
  });
}

/** The quarters of the year before: their updates and reports run while the plans are drafted and decided. */
function quartersBeside(
  year: string,
  opened: readonly QuarterTimetable[],
  meetings: readonly KnownMeeting[],
  rules: MeetingRules,
): KnownQuarter[] {
  const before = previousYear(year);
  return QUARTERS.map(
    (quarter) =>
      opened.find((known) => known.year === before && known.quarter === quarter) ?? quarterToCome(before, quarter, meetings, rules),
  );
}

/** As it will be opened: by the meetings that have its report on the agenda, or else will by the rule. */
function quarterToCome(year: string, quarter: Quarter, meetings: readonly KnownMeeting[], rules: MeetingRules): KnownQuarter {
  const { settings, calendar } = rules;
  const report = { what: 'quarter' as const, year, quarter };
  const having = withBusiness([report], meetings, rules).filter((meeting) => considers(meeting, report));
  const on = (body: string): string | undefined => having.find((one) => one.body === body)?.date;
  const [gmtMeeting, cabinetMeeting] = [on(settings.bodies.review), on(settings.bodies.cabinet)];
  const [opens, due] = [quarterOpening(year, quarter, calendar), quarterUpdatesDue(year, quarter, rules)];
  const papers = cabinetMeeting ? paperDates(cabinetMeeting, rules) : null;
  return {
    ...{ year, quarter, opens, due },
    ...(gmtMeeting ? { gmtMeeting, preparedForGmt: calendar.workingDaysBefore(gmtMeeting, settings.quarterReportBeforeReview) } : {}),
    ...(cabinetMeeting && papers ? { cabinetMeeting, finalReportDue: papers.finalReportDue, agendaPublished: papers.agendaPublished } : {}),
  };
}

function dated<Name extends string>(
  names: readonly Name[],
  dates: Partial<Record<Name, string | null>>,
  told: (name: Name, date: string) => YearDate,
): YearDate[] {
  const found = names.flatMap((name): YearDate[] => {
    const date = dates[name];
    return date ? [told(name, date)] : [];
  });
  return found.sort((one, other) => one.date.localeCompare(other.date));
}

function deadline(title: string, date: string, from = FROM_SETTINGS): YearDate {
  return { date, title, from, isMeeting: false, meetingId: null };
}

function meetingDate(title: string, body: string, date: string, meetings: readonly KnownMeeting[]): YearDate {
  const meetingId = meetings.find((one) => one.body === body && one.date === date)?.id ?? null;
  return { date, title, from: FROM_CALENDAR, isMeeting: true, meetingId };
}

function asDate({ id, body, date }: KnownMeeting, { bodies }: MeetingRules): YearDate {
  return { date, title: bodyTitle(body, bodies), from: FROM_CALENDAR, isMeeting: true, meetingId: id };
}

function named(body: string, date: string | undefined, { bodies }: MeetingRules): string {
  return `${bodyTitle(body, bodies)}${date ? ` on ${weekdayInWords(date)}` : ''}`;
}
