/** A plain list of meetings, as a council's calendar gives it, made into one that says which meeting considers a year's plans. */
import { firstDay, previousYear, quarterEnd, QUARTERS, type Quarter } from '../domain/financial-year.js';
import { paperDates } from './timetable.js';
import type { AlreadyPublic, CalendarSettings, Consideration, Meeting, TimetableSettings } from './timetable-settings.js';
import type { Calendar } from './working-days.js';

/** A meeting as a list has it: `body` is the body's name in the list's own words. */
export interface ListedMeeting extends AlreadyPublic {
  body: string;
  /** 'YYYY-MM-DD' */
  date: string;
}

/** The rules that the meetings are read by. */
export interface CalendarRules {
  bodies: CalendarSettings['bodies'];
  settings: TimetableSettings;
  calendar: Calendar;
  /** The council's day, 'YYYY-MM-DD', where what is late by then is to be told as well. */
  today?: string;
}

/**
 * The id of the body that a list means: by its id, its name or another name of it, also as 'Cabinet Meeting' or 'Meeting of the Cabinet';
 * null for a body that is not among them. What stands behind a name otherwise, as in 'Council - Budget Setting', may as well be a panel's.
 */
export function bodyNamed(words: string, bodies: CalendarSettings['bodies']): string | null {
  const wanted = comparable(words);
  return bodyWith(wanted, bodies) ?? bodyWith(wanted.replace(/^(?:a )?meeting of (?:the )?|^the | meeting$/g, ''), bodies);
}

function bodyWith(wanted: string, bodies: CalendarSettings['bodies']): string | null {
  return bodies.find(({ id, name, otherNames }) => [id, name, ...otherNames].some((each) => comparable(each) === wanted))?.id ?? null;
}

/** What a body is called; its id, where the settings do not know it. */
export function bodyTitle(id: string, bodies: CalendarSettings['bodies']): string {
  return bodies.find((body) => body.id === id)?.name ?? id;
}

function comparable(words: string): string {
  return words
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/**
 * The meetings with what each considers of a year's plans and of the quarters reported before and in that year. The plans go to the
 * first meeting of the committee in the calendar year in which they begin, to the last meeting of GMT whose outcome can still stand
 * in the final report, and to the first meetings of Cabinet and then Council after the committee (domain.md, section a). Meetings
 * of bodies that the settings do not know are left out.
 * @param year '2026/27'
 */
export function meetingsOfYear(year: string, listed: readonly ListedMeeting[], rules: CalendarRules): Meeting[] {
  const meetings = listed
    .flatMap((meeting): Meeting[] => {
      const id = bodyNamed(meeting.body, rules.bodies);
      return id === null ? [] : [{ ...meeting, body: id, considers: [] }];
    })
    .sort((a, b) => a.date.localeCompare(b.date));
  const quarters = [previousYear(year), year].flatMap((of) => QUARTERS.map((quarter) => ({ what: 'quarter' as const, year: of, quarter })));
  for (const business of [{ what: 'plans' as const, year }, ...quarters])
    for (const meeting of meetingsFor(business, meetings, rules)) meeting.considers.push(business);
  return meetings;
}

/**
 * The meetings at which a year's plans, or the report on a quarter, are considered by the rule of `meetingsOfYear`: at most one of
 * each body, none where no meeting fits.
 * @param meetings in the order of their days, each with a body that the settings know
 */
export function meetingsFor<Kind extends Meeting>(business: Consideration, meetings: readonly Kind[], rules: CalendarRules): Kind[] {
  return business.what === 'plans'
    ? forPlans(business.year, meetings, rules)
    : forQuarter(business.year, business.quarter, meetings, rules);
}

function forPlans<Kind extends Meeting>(year: string, meetings: readonly Kind[], rules: CalendarRules): Kind[] {
  const { bodies } = rules.settings;
  const [from, to] = [`${firstDay(year).slice(0, 4)}-01-01`, firstDay(year)];
  const next = (body: string, after: string): Kind | undefined =>
    meetings.find((meeting) => meeting.body === body && meeting.date >= after && meeting.date < to);
  const committee = next(bodies.committee, from);
  const cabinet = next(bodies.cabinet, committee?.date ?? from);
  const council = next(bodies.council, cabinet?.date ?? committee?.date ?? from);
  const finalReport = committee ? paperDates(committee.date, rules).finalReportDue : to;
  const opens = `${Number(from.slice(0, 4)) - 1}-${rules.settings.cycleOpens}`;
  const review = meetings.findLast(({ body, date }) => body === bodies.review && date <= finalReport && date >= opens);
  return [review, committee, cabinet, council].filter((meeting) => meeting !== undefined);
}

/** A quarter's report goes to the first Cabinet meeting that GMT can see it before, once the updates are in. */
function forQuarter<Kind extends Meeting>(year: string, quarter: Quarter, meetings: readonly Kind[], rules: CalendarRules): Kind[] {
  const { settings, calendar } = rules;
  const due = calendar.addWorkingDays(calendar.addWorkingDays(quarterEnd(year, quarter), 1), settings.quarterlyUpdateDueAfter);
  for (const cabinet of meetings.filter(({ body, date }) => body === settings.bodies.cabinet && date > due)) {
    const { finalReportDue } = paperDates(cabinet.date, rules);
    const review = meetings.findLast(({ body, date }) => body === settings.bodies.review && date > due && date <= finalReportDue);
    if (review) return [review, cabinet];
  }
  return [];
}
