/** The approval timetable of a cycle and the timetable of a quarter, every date derived from meetings and settings (domain.md section f). */
import { DomainError } from '../domain/domain-error.js';
import {
  financialYearFromId,
  financialYearId,
  firstDay,
  lastDay,
  previousYear,
  quarterEnd,
  type Quarter,
} from '../domain/financial-year.js';
import { parseDay, weekdayInWords } from './dates.js';
import type { Consideration, Meeting, TimetableSettings } from './timetable-settings.js';
import type { Calendar } from './working-days.js';

/** What a timetable follows from. */
export interface TimetableSource {
  meetings: readonly Meeting[];
  settings: TimetableSettings;
  calendar: Calendar;
}

/** What a meeting open to the public asks for beforehand. All days 'YYYY-MM-DD'. */
export interface PaperDates {
  finalReportDue: string;
  agendaPublished: string;
  meeting: string;
}

/** The dates of a year's plans, from the opened draft to publication. All days 'YYYY-MM-DD'. */
export interface CycleTimetable {
  year: string;
  cycleOpens: string;
  draftDue: string;
  gmtMeeting: string;
  finalReportDue: string;
  agendaPublished: string;
  committeeMeeting: string;
  /** Where plans also go to Cabinet or Council, else null. */
  cabinetMeeting: string | null;
  councilMeeting: string | null;
  fullPlanOpens: string;
  fullPlanDue: string;
  publication: string;
  guardFirstAlarm: string;
}

/** The dates of a quarter, from the first question to Cabinet. All days 'YYYY-MM-DD'. */
export interface QuarterTimetable {
  year: string;
  quarter: Quarter;
  opens: string;
  due: string;
  preparedForGmt: string;
  gmtMeeting: string;
  finalReportDue: string;
  agendaPublished: string;
  cabinetMeeting: string;
}

/**
 * When the papers of a meeting are due: the agenda so many clear working days before it (Local Government Act 1972
 * s100B; SI 2012/2089 reg 7), final reports so many working days before that.
 */
export function paperDates(meeting: string, { settings, calendar }: Omit<TimetableSource, 'meetings'>): PaperDates {
  const agendaPublished = calendar.clearWorkingDaysBefore(meeting, settings.clearDaysOfNotice);
  return { finalReportDue: calendar.workingDaysBefore(agendaPublished, settings.finalReportBeforeAgenda), agendaPublished, meeting };
}

/** The day by which a key decision of a meeting is announced: so many clear days of the calendar before it, on a working day. */
export function keyDecisionNotice(meeting: string, { settings, calendar }: Omit<TimetableSource, 'meetings'>): string {
  const last = parseDay(meeting).subtract({ days: settings.keyDecisionNotice + 1 });
  return calendar.lastWorkingDay(last.toString());
}

/** When the plans of a year are published and, before that, complete: as set for the year, else by the rule. */
export function publicationDates(
  year: string,
  { settings, calendar }: Omit<TimetableSource, 'meetings'>,
): { publication: string; fullPlanDue: string } {
  const set = settings.years[year];
  const publication = set?.publication ?? calendar.workingDaysBefore(firstDay(year), settings.publicationBeforeYear);
  return { publication, fullPlanDue: set?.fullPlanDue ?? calendar.workingDaysBefore(publication, settings.fullPlanBeforePublication) };
}

/** The day on which the cycle for a year's plans opens: as the settings say, or the next working day. */
export function cycleOpening(year: string, { settings, calendar }: Omit<TimetableSource, 'meetings'>): string {
  return calendar.nextWorkingDay(dayBeforeYear(year, settings.cycleOpens));
}

/** The day on which a quarter opens: the first working day after it. */
export function quarterOpening(year: string, quarter: Quarter, calendar: Calendar): string {
  return calendar.addWorkingDays(quarterEnd(year, quarter), 1);
}

/** The day by which a quarter's updates are due: so many working days after it opens. */
export function quarterUpdatesDue(year: string, quarter: Quarter, { settings, calendar }: Omit<TimetableSource, 'meetings'>): string {
  return calendar.addWorkingDays(quarterOpening(year, quarter, calendar), settings.quarterlyUpdateDueAfter);
}

/** The day on which the rest of a year's full plans is asked for: as the settings say, or the next working day. */
export function fullPlanOpening(year: string, { settings, calendar }: Omit<TimetableSource, 'meetings'>): string {
  return calendar.nextWorkingDay(dayBeforeYear(year, settings.fullPlanOpens));
}

/**
 * The timetable of the cycle for a year's plans.
 * @param year the year that the plans are for, '2026/27'; its cycle opens in the September before
 * @throws DomainError 'invalid' if a meeting that the timetable follows from is not set, or publication is after the year begins
 */
export function cycleTimetable({ year, ...source }: { year: string } & TimetableSource): CycleTimetable {
  const { settings, calendar } = source;
  const plans: Consideration = { what: 'plans', year };
  const gmtMeeting = requiredMeeting(source, settings.bodies.review, plans);
  const papers = paperDates(requiredMeeting(source, settings.bodies.committee, plans), source);
  const { fullPlanDue, publication } = publicationInTime(year, source);
  return {
    year,
    cycleOpens: cycleOpening(year, source),
    draftDue: calendar.workingDaysBefore(gmtMeeting, settings.draftDueBeforeReview),
    gmtMeeting,
    finalReportDue: papers.finalReportDue,
    agendaPublished: papers.agendaPublished,
    committeeMeeting: papers.meeting,
    cabinetMeeting: meetingOf(source, settings.bodies.cabinet, plans),
    councilMeeting: meetingOf(source, settings.bodies.council, plans),
    fullPlanOpens: fullPlanOpening(year, source),
    fullPlanDue,
    publication,
    guardFirstAlarm: calendar.workingDaysBefore(firstDay(year), settings.guard.first),
  };
}

/**
 * The timetable of a quarter's updates and its report to Cabinet.
 * @throws DomainError 'invalid' if the quarter's meeting of GMT or Cabinet is not set
 */
export function quarterTimetable({ year, quarter, ...source }: { year: string; quarter: Quarter } & TimetableSource): QuarterTimetable {
  const { settings, calendar } = source;
  const report: Consideration = { what: 'quarter', year, quarter };
  const gmtMeeting = requiredMeeting(source, settings.bodies.review, report);
  const papers = paperDates(requiredMeeting(source, settings.bodies.cabinet, report), source);
  return {
    year,
    quarter,
    opens: quarterOpening(year, quarter, calendar),
    due: quarterUpdatesDue(year, quarter, source),
    preparedForGmt: calendar.workingDaysBefore(gmtMeeting, settings.quarterReportBeforeReview),
    gmtMeeting,
    finalReportDue: papers.finalReportDue,
    agendaPublished: papers.agendaPublished,
    cabinetMeeting: papers.meeting,
  };
}

function dayBeforeYear(year: string, monthAndDay: string): string {
  // A financial year begins in April: a day from April on lies in the calendar year before the one that it begins in.
  const startYear = Number(year.slice(0, 4));
  return `${monthAndDay < '04-01' ? startYear : startYear - 1}-${monthAndDay}`;
}

function publicationInTime(year: string, source: Omit<TimetableSource, 'meetings'>): { fullPlanDue: string; publication: string } {
  const dates = publicationDates(year, source);
  const last = lastDay(previousYear(year));
  if (dates.publication > last) {
    const told = `The plans of ${year} would be published on ${weekdayInWords(dates.publication)}`;
    throw new DomainError(
      'invalid',
      `${told}. Choose a day not after ${weekdayInWords(last)}, so that they are public before their year begins.`,
    );
  }
  return dates;
}

/** The first meeting of a body with that on its agenda; a meeting that is put off loses it to another one. */
function meetingOf({ meetings }: TimetableSource, body: string, wanted: Consideration): string | null {
  const dates = meetings.filter((meeting) => meeting.body === body && meeting.considers.some((item) => isSameBusiness(item, wanted)));
  return dates.map((meeting) => meeting.date).sort()[0] ?? null;
}

function requiredMeeting(source: TimetableSource, body: string, wanted: Consideration): string {
  const date = meetingOf(source, body, wanted);
  if (date !== null) return date;
  throw new DomainError('invalid', `No meeting of "${body}" considers ${businessInWords(wanted)}. Add one to the calendar of meetings.`);
}

/** 'cycle/2027-28' or 'quarter/2027-28/2': what waits for its meetings, in one word. */
export function businessKey(business: Consideration): string {
  const year = financialYearId(business.year);
  return business.what === 'plans' ? `cycle/${year}` : `quarter/${year}/${business.quarter}`;
}

/** What `businessKey` wrote. */
export function businessOfKey(key: string): Consideration {
  const [what, year = '', quarter] = key.split('/');
  return what === 'cycle'
    ? { what: 'plans', year: financialYearFromId(year) }
    : { what: 'quarter', year: financialYearFromId(year), quarter: Number(quarter) as Quarter };
}

/** 'the plans of 2027/28' or 'the report on quarter 2 of 2027/28'. */
export function businessInWords(business: Consideration): string {
  return business.what === 'plans' ? `the plans of ${business.year}` : `the report on quarter ${business.quarter} of ${business.year}`;
}

/** Whether two agendas name the same business: the plans of one year, or the report on one quarter. */
export function isSameBusiness(one: Consideration, other: Consideration): boolean {
  if (one.year !== other.year) return false;
  return one.what === 'quarter' ? other.what === 'quarter' && one.quarter === other.quarter : other.what === 'plans';
}
