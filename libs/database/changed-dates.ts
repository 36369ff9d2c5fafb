/** What another calendar does to every timetable, in words: the dates that change, what then clashes, and whether 1 April still holds. */
import { withBusiness } from '../calendar/coming-business.js';
import type { Clash } from '../calendar/clashes.js';
import type { KnownMeeting } from '../calendar/change-meeting.js';
import { weekdayInWords } from '../calendar/dates.js';
import { bodyTitle } from '../calendar/listed-meetings.js';
import {
  CYCLE_DATE_TITLES,
  eachOnce,
  isDecidedInTime,
  isTaxSetInTime,
  newClashes,
  newReportClashes,
  QUARTER_DATE_TITLES,
  type CalendarOfMeetings,
  type MovedDate,
} from '../calendar/move-meeting.js';
import type { CycleTimetable } from '../calendar/timetable.js';
import type { Consideration } from '../calendar/timetable-settings.js';
import type { WorkedOutTimetables } from './meeting-change.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import { missionRoute, type Route } from '../domain/route.js';

/** One date that changes, in words. */
export interface ChangedDate {
  /** 'Business plans 2026/27' or the quarter. */
  of: string;
  title: string;
  /** null where there is no such date; only of what is not open yet. */
  before: string | null;
  after: string | null;
  /** Whether the cycle or quarter is open. Of one that is not nobody has a date yet, so nobody is told. */
  isOpen: boolean;
}

/** A year's plans or a quarter that is to come to the meeting, and cannot have its dates yet. */
export interface WithoutDates {
  of: string;
  /** The names of the bodies of which a meeting is missing. */
  missing: string[];
}

/** A clash as it is told. */
export type ClashInWords = Pick<Clash, 'what' | 'why'>;

/** Clashes as they are told, each once. */
export function clashesInWords(clashes: readonly ClashInWords[]): ClashInWords[] {
  return eachOnce(clashes).map(({ what, why }) => ({ what, why }));
}

export interface EffectsInWords {
  changes: ChangedDate[];
  withoutDates: WithoutDates[];
  /** Whether every year's plans are still decided before they are published; null where no year's dates can be worked out. */
  firstOfAprilHolds: boolean | null;
  /** Whether Council still meets before the day by which the council tax is to be set; null likewise. */
  councilTaxDayHolds: boolean | null;
}

export function effectsInWords(changed: WorkedOutTimetables): EffectsInWords {
  return {
    changes: changesInWords(changed),
    withoutDates: withoutDates(changed),
    firstOfAprilHolds: firstOfAprilHolds(changed),
    councilTaxDayHolds: holdsForAll(yearsWorkedOut(changed).map(({ dates }) => isTaxSetInTime(dates, changed.is.rules))),
  };
}

function changesInWords({ cycles, quarters, coming }: WorkedOutTimetables): ChangedDate[] {
  return [
    ...cycles.flatMap(({ dates, moved }) => moved.map((date) => openDate(`Business plans ${dates.year}`, CYCLE_DATE_TITLES, date))),
    // A plan for which another meeting was chosen has dates of its own.
    ...cycles.flatMap(({ plans, moved }) =>
      plans.flatMap(({ plan, moved: theirs }) =>
        theirs
          .filter(({ name, after }) => !moved.some((date) => date.name === name && date.after === after))
          .map((date) => openDate(plan.title, CYCLE_DATE_TITLES, date)),
      ),
    ),
    ...quarters.flatMap(({ period: { year, quarter }, moved }) => {
      const of = quarterInWords(financialYearFromId(year), quarter as QuarterNumber);
      return moved.map((date) => openDate(of, QUARTER_DATE_TITLES, date));
    }),
    ...coming.touched.flatMap(({ business, changes }) => changes.map((date) => ({ of: subjectInWords(business), ...date, isOpen: false }))),
  ];
}

function openDate<Name extends string>(of: string, titles: Record<Name, string>, { name, before, after }: MovedDate<Name>): ChangedDate {
  return { of, title: titles[name], before, after, isOpen: true };
}

function subjectInWords(item: Consideration): string {
  return item.what === 'plans' ? `Business plans ${item.year}` : quarterInWords(item.year, item.quarter);
}

function withoutDates({ coming, is }: WorkedOutTimetables): WithoutDates[] {
  return coming.touched
    .filter(({ missing }) => missing.length > 0)
    .map(({ business, missing }) => ({ of: subjectInWords(business), missing: missing.map((body) => bodyTitle(body, is.rules.bodies)) }));
}

/**
 * The clashes that the calendar has then and has not now, with everything on the agendas that comes to them when it opens.
 * @param today the council's day, by which notice is late
 */
export function clashesOfChange(changed: WorkedOutTimetables, today: string): (ClashInWords & Partial<Clash>)[] {
  const { was, is, cycles, coming } = changed;
  const withAll = ({ meetings, rules }: CalendarOfMeetings): CalendarOfMeetings => ({
    meetings: withBusiness<KnownMeeting>(coming.business, meetings, rules),
    rules: { ...rules, today },
  });
  const [before, after] = [withAll(was), withAll(is)];
  const years = [
    ...cycles.map(({ dates }) => dates.year),
    ...coming.business.flatMap(({ what, year }) => (what === 'plans' ? [year] : [])),
  ];
  const lost = coming.touched.filter(
    ({ business, missing, wasComplete }) => business.what === 'quarter' && wasComplete && missing.length > 0,
  );
  return [
    ...daysGoneBy(changed, today),
    ...years.flatMap((year) => newClashes(year, before, after)),
    ...newReportClashes(before, after),
    ...lost.map(({ business, missing }) => ({
      what: `The report on ${subjectInWords(business)}`,
      why: `No meeting of ${missing.map((body) => bodyTitle(body, is.rules.bodies)).join(', and none of ')} is left that it could go to in time. Add one.`,
    })),
  ];
}

/** What is still to be done by a day that the change puts into the past. */
function daysGoneBy({ cycles, quarters, is: { rules } }: WorkedOutTimetables, today: string): ClashInWords[] {
  const isGone = ({ before, after }: { before: string; after: string }): boolean => before >= today && after < today;
  const drafts = cycles.flatMap(({ cycle, dates, moved, plans }) => {
    const due = moved.find((date) => date.name === 'draftDue' && isGone(date));
    return due && plans.some(({ plan }) => plan.at === cycle.route.stages[0]?.id) ? [{ year: dates.year, on: due.after }] : [];
  });
  const reports = quarters.flatMap(({ period, moved }) => {
    const prepared = moved.find((date) => date.name === 'preparedForGmt' && isGone(date));
    return prepared && period.status === 'collecting' ? [{ ...period, on: prepared.after }] : [];
  });
  return [
    ...drafts.map(({ year, on }) => ({
      what: `Drafts of the plans of ${year} would have been due on ${weekdayInWords(on)}`,
      why: `That day has passed, and not every draft is in. Whoever has one is asked for it before ${bodyTitle(rules.settings.bodies.review, rules.bodies)} meets. Choose a later day, or tell them.`,
    })),
    ...reports.map(({ year, quarter, on }) => ({
      what: `The report on ${quarterInWords(financialYearFromId(year), quarter as QuarterNumber)} would have been prepared on ${weekdayInWords(on)}`,
      why: 'That day has passed, so it is prepared at once, with what has been given by now.',
    })),
  ];
}

/** The dates of every year whose plans are ahead: of the open cycles, and of those to come as far as their meetings are there. */
function yearsWorkedOut({ cycles, coming }: WorkedOutTimetables): { dates: CycleTimetable; route: Route }[] {
  return [
    ...cycles.map(({ cycle, dates }) => ({ dates, route: cycle.route })),
    ...coming.years.map((dates) => ({ dates, route: missionRoute })),
  ];
}

function firstOfAprilHolds(changed: WorkedOutTimetables): boolean | null {
  if (changed.coming.undecided.length > 0) return false;
  return holdsForAll(yearsWorkedOut(changed).map(({ dates, route }) => isDecidedInTime(dates, route)));
}

/** null of nothing: what nobody looked at does not hold. */
function holdsForAll(each: readonly boolean[]): boolean | null {
  return each.length === 0 ? null : each.every(Boolean);
}
