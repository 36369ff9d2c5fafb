/** A clash in a year's meetings, and the meetings of the plans that the finders of clashes look at. */
import type { CalendarRules } from './listed-meetings.js';
import type { Meeting } from './timetable-settings.js';

/** The kinds of clash there are. */
export type ClashKind =
  | 'unknown-body'
  | 'day-off'
  | 'twice'
  | 'no-committee'
  | 'no-review'
  | 'out-of-order'
  | 'after-publication'
  | 'last-chance'
  | 'tax-day'
  | 'report-before-data'
  | 'late-quarter-review'
  | 'no-quarter-review'
  | 'no-quarter-meeting'
  | 'publication-late'
  | 'publication-day-off'
  | 'full-plan-late'
  | 'pre-election'
  | 'clear-days'
  | 'key-decision'
  | 'call-in';

export interface Clash {
  kind: ClashKind;
  /** What clashes. */
  what: string;
  /** Why, and what would help. */
  why: string;
  /** The meetings that it is about, by which pages lead to them; none where one is missing. */
  meetings?: readonly Pick<Meeting, 'body' | 'date'>[];
}

/** The meeting of each body that considers a year's plans. */
export type PlanMeetings = Record<'review' | 'committee' | 'cabinet' | 'council', Meeting | undefined>;

/** Finds them; a body's first one, where several have the plans on their agenda. */
export function planMeetings(year: string, meetings: readonly Meeting[], { settings: { bodies } }: CalendarRules): PlanMeetings {
  const of = (body: string): Meeting | undefined =>
    meetings.find((meeting) => meeting.body === body && meeting.considers.some((item) => item.what === 'plans' && item.year === year));
  return { review: of(bodies.review), committee: of(bodies.committee), cabinet: of(bodies.cabinet), council: of(bodies.council) };
}
