/** What a change of a meeting brings, in the words in which it is shown before it is made and by which it is known again when it is. */
import type { KnownMeeting, MeetingChange } from '../calendar/change-meeting.js';
import type { Clash } from '../calendar/clashes.js';
import { withBusiness } from '../calendar/coming-business.js';
import { bodyTitle } from '../calendar/listed-meetings.js';
import {
  CYCLE_DATE_TITLES,
  eachOnce,
  isDecidedInTime,
  isTaxSetInTime,
  newClashes,
  newReportClashes,
  QUARTER_DATE_TITLES,
  warningsOfDay,
  type MeetingRules,
  type MovedDate,
} from '../calendar/move-meeting.js';
import type { CycleTimetable } from '../calendar/timetable.js';
import type { Consideration } from '../calendar/timetable-settings.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import { missionRoute, type Route } from '../domain/route.js';
import type { CouncilAtWork } from './council-at-work.js';
import { meetingRules, type WorkedOutChange } from './meeting-change.js';

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

/** Everything that follows from a change. */
export interface ChangeFollows {
  changes: ChangedDate[];
  withoutDates: WithoutDates[];
  clashes: Pick<Clash, 'what' | 'why'>[];
  /** Whether every year's plans are still decided before they are published; null where no year's dates can be worked out. */
  firstOfAprilHolds: boolean | null;
  /** Whether Council still meets before the day by which the council tax is to be set; null likewise. */
  councilTaxDayHolds: boolean | null;
  /** What has to be done about an agenda that is published already. */
  agenda: 'publish-anew' | 'supplement' | null;
}

/** @param today the council's day */
export function whatFollows(council: CouncilAtWork, change: MeetingChange, changed: WorkedOutChange, today: string): ChangeFollows {
  const rules = meetingRules(council);
  const { meeting, toMeeting } = changed;
  const isOnNewDay = toMeeting && (isNew(changed) || change.kind === 'moved');
  const onNewDay = isOnNewDay ? warningsOfDay(toMeeting.body, toMeeting.date, today, rules) : [];
  return {
    changes: changesInWords(changed),
    withoutDates: withoutDates(changed, rules),
    clashes: inWords([...onNewDay, ...clashesOfChange(changed, { ...rules, today })]),
    firstOfAprilHolds: firstOfAprilHolds(changed),
    councilTaxDayHolds: holdsForAll(yearsWorkedOut(changed).map(({ dates }) => isTaxSetInTime(dates, rules))),
    agenda: agendaToDo(change, meeting, toMeeting),
  };
}

/**
 * All that a clerk is shown, as plain data: the meetings by their days and agendas, since a new one has no lasting id yet, and what
 * follows. Other meetings, settings and the day change it as well, which no revision of the meeting would tell.
 */
export function asShown(change: MeetingChange, changed: WorkedOutChange, follows: ChangeFollows): Record<string, unknown> {
  const shown = ({ body, date, state, considers }: KnownMeeting): Record<string, unknown> => ({ body, date, state, considers });
  const { meeting, toMeeting } = changed;
  return {
    kind: change.kind,
    meeting: { id: meeting.id, ...shown(meeting) },
    toMeeting: toMeeting && { id: isNew(changed) ? null : toMeeting.id, ...shown(toMeeting) },
    ...follows,
  };
}

/** Whether the business goes to a meeting that there is not yet. */
export function isNew({ before, toMeeting }: WorkedOutChange): boolean {
  return toMeeting !== null && !before.some(({ id }) => id === toMeeting.id);
}

function changesInWords({ cycles, quarters, coming }: WorkedOutChange): ChangedDate[] {
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

function withoutDates({ coming }: WorkedOutChange, { bodies }: MeetingRules): WithoutDates[] {
  return coming.touched
    .filter(({ missing }) => missing.length > 0)
    .map(({ business, missing }) => ({ of: subjectInWords(business), missing: missing.map((body) => bodyTitle(body, bodies)) }));
}

/** The clashes that the calendar has then and has not now, with everything on the agendas that comes to them when it opens. */
function clashesOfChange({ before, meetings, cycles, coming }: WorkedOutChange, rules: MeetingRules): Pick<Clash, 'what' | 'why'>[] {
  const [was, is] = [before, meetings].map((all) => withBusiness<KnownMeeting>(coming.business, all, rules)) as [
    KnownMeeting[],
    KnownMeeting[],
  ];
  const years = [
    ...cycles.map(({ dates }) => dates.year),
    ...coming.business.flatMap(({ what, year }) => (what === 'plans' ? [year] : [])),
  ];
  const lost = coming.touched.filter(
    ({ business, missing, wasComplete }) => business.what === 'quarter' && wasComplete && missing.length > 0,
  );
  return [
    ...years.flatMap((year) => newClashes(year, was, is, rules)),
    ...newReportClashes(was, is, rules),
    ...lost.map(({ business, missing }) => ({
      what: `The report on ${subjectInWords(business)}`,
      why: `No meeting of ${missing.map((body) => bodyTitle(body, rules.bodies)).join(', and none of ')} is left that it could go to in time. Add one.`,
    })),
  ];
}

/** The dates of every year whose plans are ahead: of the open cycles, and of those to come as far as their meetings are there. */
function yearsWorkedOut({ cycles, coming }: WorkedOutChange): { dates: CycleTimetable; route: Route }[] {
  return [
    ...cycles.map(({ cycle, dates }) => ({ dates, route: cycle.route })),
    ...coming.years.map((dates) => ({ dates, route: missionRoute })),
  ];
}

function firstOfAprilHolds(changed: WorkedOutChange): boolean | null {
  if (changed.coming.undecided.length > 0) return false;
  return holdsForAll(yearsWorkedOut(changed).map(({ dates, route }) => isDecidedInTime(dates, route)));
}

/** null of nothing: what nobody looked at does not hold. */
function holdsForAll(each: readonly boolean[]): boolean | null {
  return each.length === 0 ? null : each.every(Boolean);
}

function agendaToDo({ kind }: MeetingChange, before: KnownMeeting, toMeeting: KnownMeeting | null): ChangeFollows['agenda'] {
  if (kind === 'moved') return before.state === 'agenda-published' ? 'publish-anew' : null;
  return toMeeting?.state === 'agenda-published' && before.considers.length > 0 ? 'supplement' : null;
}

function inWords(clashes: readonly Pick<Clash, 'what' | 'why'>[]): ChangeFollows['clashes'] {
  return eachOnce(clashes).map(({ what, why }) => ({ what, why }));
}
