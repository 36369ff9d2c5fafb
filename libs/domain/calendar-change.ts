/** What can be changed about a council's closures and polling days. All days 'YYYY-MM-DD'. */

/** Days one after the other on which the council is closed for one reason; '' where none is on record. */
export interface Closure {
  from: string;
  to: string;
  reason: string;
}

/** A polling day; its name is '' where none is on record. */
export interface PollingDay {
  date: string;
  name: string;
}

/** What somebody wants changed. */
export type CalendarChange =
  | ({ act: 'close' } & Closure)
  | { act: 'open-again'; from: string; to: string }
  | ({ act: 'add-poll' } & PollingDay)
  | { act: 'remove-poll'; date: string };
