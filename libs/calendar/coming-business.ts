/** The business of years and quarters that are not open yet: what there will be, and the meetings that get it when it opens. */
import { currentYearOf, firstDay, previousYear, QUARTERS } from '../domain/financial-year.js';
import { isStanding, isToCome, type MeetingState } from '../domain/meeting.js';
import { meetingsFor, type CalendarRules } from './listed-meetings.js';
import { businessKey, isSameBusiness, quarterOpening } from './timetable.js';
import type { Consideration, Meeting } from './timetable-settings.js';

type MeetingOfCalendar = Meeting & { state: MeetingState };

/** The meetings that get some business when it opens. */
export interface MeetingsToTake<Kind> {
  /** By the rule of `meetingsFor`; none of a body that has the business on an agenda already, as a clerk has put it there. */
  found: Kind[];
  /** The ids of the bodies of which a meeting is missing that its dates cannot do without. */
  missing: string[];
}

/** @param meetings in the order of their days */
export function meetingsToTake<Kind extends MeetingOfCalendar>(
  business: Consideration,
  meetings: readonly Kind[],
  rules: CalendarRules,
): MeetingsToTake<Kind> {
  const isSet = (body: string): boolean => meetings.some((meeting) => meeting.body === body && considers(meeting, business));
  const open = meetings.filter(({ state }) => isToCome(state));
  const found = meetingsFor(business, open, rules).filter(({ body }) => !isSet(body));
  const { review, committee, cabinet } = rules.settings.bodies;
  const needed = [review, business.what === 'plans' ? committee : cabinet];
  return { found, missing: needed.filter((body) => !isSet(body) && !found.some((meeting) => meeting.body === body)) };
}

/** The same meetings with some business on the agendas of those that would have it, whatever else it cannot do without. */
export function withBusiness<Kind extends MeetingOfCalendar>(
  business: readonly Consideration[],
  meetings: readonly Kind[],
  rules: CalendarRules,
): Kind[] {
  return business.reduce<Kind[]>((agendas, item) => onAgendas(item, meetingsToTake(item, agendas, rules).found, agendas), [...meetings]);
}

/** The same meetings with some business on the agendas of those that were found for it. */
export function onAgendas<Kind extends Meeting>(item: Consideration, found: readonly Kind[], meetings: readonly Kind[]): Kind[] {
  return meetings.map((meeting) => (found.includes(meeting) ? { ...meeting, considers: [...meeting.considers, item] } : meeting));
}

/**
 * The business that meetings from today on can have and that no cycle or quarter was opened for: the plans of years to come, the
 * quarters whose day is still to come and the one that is to be open now. An earlier quarter is opened no more (`quarterToOpen`).
 * @param opened what was opened once, as `businessKey` writes it
 */
export function comingBusiness(
  meetings: readonly MeetingOfCalendar[],
  opened: ReadonlySet<string>,
  today: string,
  { calendar }: Pick<CalendarRules, 'calendar'>,
): Consideration[] {
  const ahead = meetings.filter(({ date, state }) => isStanding(state) && date >= today);
  const years = [...new Set(ahead.flatMap(({ date }) => [currentYearOf(`${date.slice(0, 4)}-04-01`), currentYearOf(date)]))];
  const quarters = [...new Set(years.flatMap((year) => [previousYear(year), year]))].flatMap((year) =>
    QUARTERS.map((quarter) => ({ what: 'quarter' as const, year, quarter })),
  );
  const opening = ({ year, quarter }: (typeof quarters)[number]): string => quarterOpening(year, quarter, calendar);
  const byOpening = quarters.toSorted((a, b) => opening(a).localeCompare(opening(b)));
  const latest = byOpening.findLast((item) => opening(item) <= today);
  const plans = years.filter((year) => firstDay(year) > today || ahead.some((one) => considers(one, { what: 'plans', year })));
  const all: Consideration[] = [
    ...plans.toSorted().map((year) => ({ what: 'plans' as const, year })),
    ...byOpening.filter((item) => !latest || opening(item) >= opening(latest)),
  ];
  return all.filter((item) => !opened.has(businessKey(item)));
}

/** Whether a meeting has some business on its agenda. */
export function considers(meeting: Pick<Meeting, 'considers'>, business: Consideration): boolean {
  return meeting.considers.some((item) => isSameBusiness(item, business));
}
