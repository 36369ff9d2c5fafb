/** What taking a calendar over does or would do, as plain lists: for the page, for programs and for the command line. */
import { disagreementOf, listedThere, type CalendarComparison, type ChangedDetail, type ComparableMeeting } from './compare-calendar.js';
import type { CalendarSettings } from './timetable-settings.js';

/** A meeting in the calendar's own words, or ours with its id. */
export interface SummarisedMeeting {
  id?: string;
  /** The body's name. */
  body: string;
  /** 'YYYY-MM-DD' */
  date: string;
}

export interface CalendarSummary {
  added: (SummarisedMeeting & { time: string | null; place: string | null; address: string | null; extraordinary: boolean })[];
  changed: (SummarisedMeeting & { details: ChangedDetail[] })[];
  /** Ours that the calendar has on another day; nothing is moved by itself. */
  onAnotherDay: (SummarisedMeeting & { calendarDate: string })[];
  /** Ours that are cancelled in the calendar; nothing is cancelled by itself. */
  cancelledThere: SummarisedMeeting[];
  /** Ours that are put off in the calendar; nothing is moved by itself. */
  postponedThere: SummarisedMeeting[];
  /** Ours that are cancelled and still stand in the calendar. */
  stillThere: SummarisedMeeting[];
  unknownBodies: { body: string; meetings: number }[];
  leftOut: SummarisedMeeting[];
  missing: SummarisedMeeting[];
  /** Meetings that the calendar gives just as we have them. */
  same: number;
}

/** @param bodies the council's bodies, for their names */
export function summaryOf(compared: CalendarComparison, bodies: CalendarSettings['bodies']): CalendarSummary {
  const { added, matched, unknown, leftOut, missing } = compared;
  const nameOf = (body: string): string => bodies.find(({ id }) => id === body)?.name ?? body;
  const ours = ({ id, body, date }: ComparableMeeting): SummarisedMeeting => ({ id, body: nameOf(body), date });
  const told = matched.map(({ meeting, entry, details }) => ({
    ...{ meeting, entry, details },
    against: disagreementOf({ ...meeting, listed: listedThere(entry) }),
  }));
  return {
    added: added.map(({ bodyId, date, time, place, address, extraordinary }) => ({
      ...{ body: nameOf(bodyId), date, time, place, address, extraordinary },
    })),
    changed: told.filter(({ details }) => details.length > 0).map(({ meeting, details }) => ({ ...ours(meeting), details })),
    onAnotherDay: told.flatMap(({ meeting, against }) =>
      against?.kind === 'other-day' ? [{ ...ours(meeting), calendarDate: against.date }] : [],
    ),
    cancelledThere: told.filter(({ against }) => against?.kind === 'cancelled-there').map(({ meeting }) => ours(meeting)),
    postponedThere: told.filter(({ against }) => against?.kind === 'postponed-there').map(({ meeting }) => ours(meeting)),
    stillThere: told.filter(({ against }) => against?.kind === 'still-there').map(({ meeting }) => ours(meeting)),
    unknownBodies: [...Map.groupBy(unknown, ({ body }) => body)].map(([body, meetings]) => ({ body, meetings: meetings.length })),
    leftOut: leftOut.map(({ body, date }) => ({ body, date })),
    missing: missing.map(ours),
    same: told.filter(({ details, against }) => details.length === 0 && against === null).length,
  };
}
