/**
 * The clashes of a year's meetings by a plain search: it counts and compares days one by one, with bank holidays of its own, and
 * uses nothing of the product but the settings' shape. Each clash is its kind and the days it speaks of, in their order.
 */
import type { TimetableSettings } from '../../libs/calendar/timetable-settings.js';
import { bankHolidays, daysOfYear, isWeekday } from './bank-holidays.js';

export interface PlainMeeting {
  /** The id of one of the council's bodies, or a name that it does not know. */
  body: string;
  date: string;
  agendaIsPublished?: boolean;
  noticeIsGiven?: boolean;
}

export interface PlainCalendar {
  /** The calendar year in which the plans' year begins. */
  start: number;
  meetings: readonly PlainMeeting[];
  closures: readonly string[];
  settings: TimetableSettings;
  today: string | undefined;
}

/** Every day from 2022 to 2042, and which of them a council without closures works on: 2024 to 2040 and the years around. */
const YEARS = Array.from({ length: 21 }, (_, index) => 2022 + index);
export const DAYS = YEARS.flatMap(daysOfYear);
const NUMBERS = new Map(DAYS.map((day, number) => [day, number]));
const HOLIDAYS = new Set(YEARS.flatMap(bankHolidays));
const ORDINARY = DAYS.map((day) => isWeekday(day) && !HOLIDAYS.has(day));
const numberOf = (day: string): number => NUMBERS.get(day)!;

interface NumberedMeeting extends PlainMeeting {
  day: number;
}

/** The days of a calendar, found by trying one after the other. */
export function plainDays({ start, closures, settings }: Omit<PlainCalendar, 'meetings' | 'today'>) {
  const closed = new Set(closures.map(numberOf));
  const works = (day: number): boolean => ORDINARY[day]! && !closed.has(day);
  function between(from: number, to: number): number {
    let count = 0;
    for (let day = from + 1; day < to; day++) if (works(day)) count++;
    return count;
  }
  function latest(before: number, holds: (day: number) => boolean): number {
    let day = before - 1;
    while (!works(day) || !holds(day)) day--;
    return day;
  }
  function earliest(after: number, holds: (day: number) => boolean): number {
    let day = after + 1;
    while (!works(day) || !holds(day)) day++;
    return day;
  }
  const inAdvance = (to: number, workingDays: number): number => latest(to, (day) => between(day, to) >= workingDays - 1);
  const later = (from: number, workingDays: number): number => earliest(from, (day) => between(from, day) >= workingDays - 1);
  const agenda = (meeting: number): number => latest(meeting, (day) => between(day, meeting) >= settings.clearDaysOfNotice);
  const set = settings.years[yearOf(start)];
  const begins = numberOf(`${start}-04-01`);
  return {
    works,
    latest,
    earliest,
    inAdvance,
    later,
    agenda,
    report: (meeting: number): number => inAdvance(agenda(meeting), settings.finalReportBeforeAgenda),
    notice: (meeting: number): number => latest(meeting, (day) => meeting - day > settings.keyDecisionNotice),
    exception: (meeting: number): number => latest(meeting, (day) => between(day, meeting) >= 5),
    callInEnds: (meeting: number): number => later(meeting, settings.callIn.publishedWithin + settings.callIn.days),
    publication: set ? numberOf(set.publication) : inAdvance(begins, settings.publicationBeforeYear),
    begins,
  };
}

export function yearOf(start: number): string {
  return `${start}/${String((start + 1) % 100).padStart(2, '0')}`;
}

/** Every clash as '<kind>: <days>', sorted. */
export function plainClashes(calendar: PlainCalendar): string[] {
  const { start, settings } = calendar;
  const { bodies } = settings;
  const days = plainDays(calendar);
  const today = calendar.today === undefined ? undefined : numberOf(calendar.today);
  const told: string[] = [];
  const tell = (kind: string, ...of: number[]): unknown =>
    told.push(
      clashAsText(
        kind,
        of.map((day) => DAYS[day]!),
      ),
    );
  const meetings: NumberedMeeting[] = calendar.meetings.map((meeting) => ({ ...meeting, day: numberOf(meeting.date) }));
  const sorted = meetings.toSorted((a, b) => a.day - b.day);
  const january = numberOf(`${start}-01-01`);
  const inSpring = (body: string): NumberedMeeting[] =>
    sorted.filter((each) => each.body === body && each.day >= january && each.day < days.begins);

  // Which meeting considers the plans.
  const committee = inSpring(bodies.committee)[0];
  const cabinet = inSpring(bodies.cabinet).find(({ day }) => day >= (committee?.day ?? january));
  const council = inSpring(bodies.council).find(({ day }) => day >= (cabinet?.day ?? committee?.day ?? january));
  const reviewBy = committee ? days.report(committee.day) : days.begins;
  const review = sorted.findLast(
    ({ body, day }) => body === bodies.review && day >= numberOf(`${start - 1}-${settings.cycleOpens}`) && day <= reviewBy,
  );

  // The list in itself.
  const known = Object.values(bodies);
  for (const body of new Set(meetings.map((each) => each.body))) if (!known.includes(body)) tell('unknown-body');
  for (const { day } of meetings) if (!days.works(day)) tell('day-off', day);
  for (const [index, one] of meetings.entries())
    if (meetings.slice(0, index).some((other) => other.body === one.body && other.day === one.day)) tell('twice', one.day);

  // The order of the steps.
  if (!committee) tell('no-committee');
  if (!review) tell('no-review', ...(committee ? [reviewBy] : []));
  for (const [body, before] of [
    [bodies.cabinet, committee],
    [bodies.council, cabinet ?? committee],
  ] as const) {
    const last = inSpring(body).at(-1);
    if (before && last && last.day < before.day) tell('out-of-order', last.day, before.day);
  }
  for (const each of [committee, cabinet, council])
    if (each && each.day >= days.publication) tell('after-publication', each.day, days.publication);
  if (committee && !sorted.some(({ body, day }) => body === bodies.committee && day > committee.day && day < days.publication))
    tell('last-chance', committee.day, days.publication);
  const taxDay = numberOf(`${start}-${settings.taxSetBefore}`);
  if (council && council.day >= taxDay) tell('tax-day', council.day, taxDay);

  // Notice.
  for (const [meeting, steps] of [
    [cabinet, [committee]],
    [council, [committee, cabinet]],
  ] as const) {
    const agenda = meeting && days.agenda(meeting.day);
    const waited = steps.flatMap((step) => (step && meeting && step.day >= agenda! && step.day <= meeting.day ? [step.day] : []));
    if (!meeting || waited.length === 0) continue;
    const last = Math.max(...waited);
    const soonest = days.earliest(last, (day) => days.agenda(day) > last);
    tell('clear-days', meeting.day, agenda!, ...waited, soonest);
  }
  if (today !== undefined) {
    for (const meeting of [committee, cabinet, council]) {
      if (!meeting || meeting.agendaIsPublished || meeting.day < today || days.agenda(meeting.day) >= today) continue;
      const soonest = days.earliest(today, (day) => days.agenda(day) >= today);
      tell('clear-days', meeting.day, days.agenda(meeting.day), soonest);
    }
    if (cabinet && !cabinet.noticeIsGiven && cabinet.day >= today && days.notice(cabinet.day) < today) {
      const exception = days.exception(cabinet.day);
      const soonest = days.earliest(today, (day) => days.notice(day) >= today);
      if (exception >= today) tell('key-decision general exception', cabinet.day, days.notice(cabinet.day), exception, soonest);
      else tell('key-decision special urgency', cabinet.day, days.notice(cabinet.day), soonest);
    }
  }

  // Call-in.
  if (cabinet && settings.callIn.days > 0 && (!council || settings.cabinetAlwaysDecides)) {
    const steps = [...(council ? [council.day] : []), ...(days.publication > cabinet.day ? [days.publication] : [])];
    const next = Math.min(...steps);
    const ends = days.callInEnds(cabinet.day);
    if (steps.length > 0 && ends >= next)
      tell(
        'call-in',
        cabinet.day,
        ends,
        next,
        days.latest(next, (day) => days.callInEnds(day) < next),
      );
  }

  // The quarters' reports, of the year before and of this one: each goes to the first Cabinet that GMT can see it before, both after
  // the updates are due. The ninth quarter is only looked at to know where the eighth one's time ends.
  const ends = [0, 1, 2].flatMap((more) => [
    ...[`${start - 1 + more}-06-30`, `${start - 1 + more}-09-30`, `${start - 1 + more}-12-31`, `${start + more}-03-31`],
  ]);
  const updatesDue = (which: number): number => days.later(days.later(numberOf(ends[which]!), 1), settings.quarterlyUpdateDueAfter);
  const cabinets = sorted.filter(({ body }) => body === bodies.cabinet);
  const reviews = sorted.filter(({ body }) => body === bodies.review);
  const canSee = (which: number, at: NumberedMeeting): NumberedMeeting[] =>
    reviews.filter(({ day }) => day > updatesDue(which) && day <= days.report(at.day));
  const goesTo = (which: number): NumberedMeeting | undefined =>
    cabinets.find((each) => each.day > updatesDue(which) && canSee(which, each).length > 0);
  for (let which = 0; which < 8; which++) {
    const [due, next] = [updatesDue(which), updatesDue(which + 1)];
    const at = goesTo(which);
    if (at) {
      const seen = canSee(which, at).at(-1)!;
      const prepared = days.inAdvance(seen.day, settings.quarterReportBeforeReview);
      if (prepared < due) tell('report-before-data', at.day, prepared, due, seen.day);
    }
    const isCovered = (of: NumberedMeeting[]): boolean => which >= 4 || (of[0]?.day ?? Infinity) <= due;
    const firstReview = reviews.find(({ day }) => day > due);
    const later = cabinets.filter(({ day }) => day > due);
    const inTurn = later.filter(({ day }) => day <= next);
    if (at && at.day <= next) continue;
    if (!firstReview || later.length === 0) continue;
    if (inTurn.length > 0 || !at) {
      const missed = inTurn.length > 0 ? inTurn.at(-1)! : later[0]!;
      if (isCovered(reviews)) tell('no-quarter-review', missed.day, days.report(missed.day), firstReview.day);
    } else if (goesTo(which + 1)?.day === at.day && isCovered(cabinets)) tell('no-quarter-meeting', due, at.day, next);
  }

  // The days set for the plans.
  const set = settings.years[yearOf(start)];
  const complete = set ? numberOf(set.fullPlanDue) : days.inAdvance(days.publication, settings.fullPlanBeforePublication);
  if (days.publication >= days.begins)
    tell(
      'publication-late',
      days.publication,
      days.latest(days.begins, () => true),
    );
  if (!days.works(days.publication)) tell('publication-day-off', days.publication);
  if (complete > days.publication) tell('full-plan-late', complete, days.publication);

  // Elections.
  for (const poll of settings.pollingDays.map(numberOf)) {
    const begins = days.inAdvance(poll, settings.preElectionPeriod);
    if (days.publication >= begins && days.publication <= poll) tell('pre-election', days.publication, begins, poll);
  }
  return told.sort();
}

/** A clash as both sides write it down to be compared. */
export function clashAsText(kind: string, days: readonly string[]): string {
  return `${kind}: ${days.join(', ')}`;
}
