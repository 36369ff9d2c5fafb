/** What in the meetings keeps a quarter's report from GMT or Cabinet, or brings it there too early or too late. */
import { nextYear, previousYear, QUARTERS, type Quarter } from '../domain/financial-year.js';
import type { Clash } from './clash.js';
import { weekdayInWords } from './dates.js';
import { bodyTitle, meetingsFor, type CalendarRules } from './listed-meetings.js';
import { isSameBusiness, paperDates, quarterUpdatesDue } from './timetable.js';
import type { Consideration, Meeting } from './timetable-settings.js';

/** A quarter's report is business like the plans; this is the quarter of it. */
type Report = Extract<Consideration, { what: 'quarter' }>;

interface Pair {
  report: Report;
  review: Meeting;
  cabinet: Meeting;
}

/** Every clash of the quarters that are on an agenda, and of the quarters of this year and the one before that are on none in time. */
export function quarterClashes(year: string, meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const inOrder = meetings.toSorted((a, b) => a.date.localeCompare(b.date));
  return [
    ...reportClashes(inOrder, rules),
    ...reportsOf(previousYear(year)).flatMap((report) => notInTurn(report, inOrder, rules, { mustReachBack: true })),
    ...reportsOf(year).flatMap((report) => notInTurn(report, inOrder, rules, { mustReachBack: false })),
  ];
}

/** Those of the quarters that are on an agenda, whatever year they belong to. */
export function reportClashes(meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  return pairsOnAgendas(meetings, rules).flatMap((pair) => [...beforeData(pair, rules), ...reviewedTooLate(pair, rules)]);
}

function reportsOf(year: string): Report[] {
  return QUARTERS.map((quarter) => ({ what: 'quarter', year, quarter }));
}

function pairsOnAgendas(meetings: readonly Meeting[], rules: CalendarRules): Pair[] {
  return meetings
    .filter(({ body }) => body === rules.settings.bodies.cabinet)
    .flatMap(({ considers }) => considers.filter((item): item is Report => item.what === 'quarter'))
    .flatMap((report) => pairOnAgendas(report, meetings, rules) ?? []);
}

function pairOnAgendas(report: Report, meetings: readonly Meeting[], { settings: { bodies } }: CalendarRules): Pair | null {
  const of = (wanted: string): Meeting | undefined =>
    meetings.find(({ body, considers }) => body === wanted && considers.some((item) => isSameBusiness(item, report)));
  const [review, cabinet] = [of(bodies.review), of(bodies.cabinet)];
  return review && cabinet ? { report, review, cabinet } : null;
}

function beforeData({ report, review, cabinet }: Pair, rules: CalendarRules): Clash[] {
  const prepared = rules.calendar.workingDaysBefore(review.date, rules.settings.quarterReportBeforeReview);
  const due = updatesDue(report, rules);
  if (prepared >= due) return [];
  return [
    {
      kind: 'report-before-data',
      what: `${reportInWords(report, 'The')} for ${inWords(cabinet, rules)}`,
      why: `It is prepared on ${weekdayInWords(prepared)}, before the updates are due on ${weekdayInWords(due)}. Move the meeting of ${inWords(review, rules)}.`,
      meetings: [review, cabinet],
    },
  ];
}

function reviewedTooLate({ report, review, cabinet }: Pair, rules: CalendarRules): Clash[] {
  const { finalReportDue } = paperDates(cabinet.date, rules);
  if (review.date <= finalReportDue) return [];
  return [
    {
      kind: 'late-quarter-review',
      what: `${inWords(review, rules)} sees ${reportInWords(report, 'the')} too late for ${inWords(cabinet, rules)}`,
      why: `The final report is due on ${weekdayInWords(finalReportDue)}, and what comes of the review could not stand in it. Move one of them.`,
      meetings: [review, cabinet],
    },
  ];
}

/**
 * A report that no Cabinet can have before the next quarter's updates are due, though both bodies meet afterwards: a list that ends
 * before is silent, and so is one that only begins later.
 */
function notInTurn(
  report: Report,
  meetings: readonly Meeting[],
  rules: CalendarRules,
  { mustReachBack }: { mustReachBack: boolean },
): Clash[] {
  const { bodies } = rules.settings;
  const [due, next] = [updatesDue(report, rules), updatesDue(following(report), rules)];
  const after = (wanted: string): Meeting[] => meetings.filter(({ body, date }) => body === wanted && date > due);
  const reachesBack = (wanted: string): boolean => !mustReachBack || meetings.some(({ body, date }) => body === wanted && date <= due);
  const [cabinets, reviews] = [after(bodies.cabinet), after(bodies.review)];
  const cabinet = cabinetFor(report, meetings, rules);
  if (cabinets.length === 0 || reviews.length === 0 || (cabinet && cabinet.date <= next)) return [];
  const inTurn = cabinets.filter(({ date }) => date <= next);
  if (!cabinet || inTurn.length > 0)
    return reachesBack(bodies.review) ? notReviewed(report, reviews, inTurn.at(-1) ?? cabinets[0]!, rules) : [];
  const isAlone = cabinetFor(following(report), meetings, rules)?.date !== cabinet.date;
  return isAlone || !reachesBack(bodies.cabinet) ? [] : [withTheNext(report, cabinet, { due, next }, rules)];
}

/** @param cabinet the last meeting that would have been in time */
function notReviewed(report: Report, reviews: readonly Meeting[], cabinet: Meeting, rules: CalendarRules): Clash[] {
  const { finalReportDue } = paperDates(cabinet.date, rules);
  const [first] = reviews;
  if (!first || first.date <= finalReportDue) return [];
  return [
    {
      kind: 'no-quarter-review',
      what: `No meeting of ${titleOf(first, rules)} sees ${reportInWords(report, 'the')} in time for ${inWords(cabinet, rules)}`,
      why: `The final report is due on ${weekdayInWords(finalReportDue)}, but once the updates are in, the first meeting of ${inWords(first, rules)} is too late for it. Move one of them, or add a meeting.`,
      meetings: [first, cabinet],
    },
  ];
}

function withTheNext(report: Report, cabinet: Meeting, { due, next }: { due: string; next: string }, rules: CalendarRules): Clash {
  return {
    kind: 'no-quarter-meeting',
    what: `No meeting of ${titleOf(cabinet, rules)} considers ${reportInWords(report, 'the')} before the next quarter’s`,
    why: `The updates are due on ${weekdayInWords(due)}, but both reports would go to the meeting on ${weekdayInWords(cabinet.date)}. Add a meeting before the next updates are due on ${weekdayInWords(next)}.`,
    meetings: [cabinet],
  };
}

/** The meeting that has the report on its agenda, or else would by the rule. */
function cabinetFor(report: Report, meetings: readonly Meeting[], rules: CalendarRules): Meeting | undefined {
  const { cabinet } = rules.settings.bodies;
  return pairOnAgendas(report, meetings, rules)?.cabinet ?? meetingsFor(report, meetings, rules).find(({ body }) => body === cabinet);
}

function updatesDue({ year, quarter }: Report, rules: CalendarRules): string {
  return quarterUpdatesDue(year, quarter, rules);
}

function following({ year, quarter }: Report): Report {
  return { what: 'quarter', ...(quarter === 4 ? { year: nextYear(year), quarter: 1 } : { year, quarter: (quarter + 1) as Quarter }) };
}

function reportInWords({ year, quarter }: Report, article: 'the' | 'The'): string {
  return `${article} report on quarter ${quarter} of ${year}`;
}

function titleOf({ body }: Meeting, { bodies }: CalendarRules): string {
  return bodyTitle(body, bodies);
}

function inWords(meeting: Meeting, rules: CalendarRules): string {
  return `${titleOf(meeting, rules)} on ${weekdayInWords(meeting.date)}`;
}
