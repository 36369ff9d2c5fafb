/** A rehearsal's events as a timeline to read: filtered, alike ones on one line, by month and day, and in pages that stay short. */
import { londonDay, londonTime } from '../../../libs/calendar/council-clock.js';
import { weekdayAndDay } from '../../../libs/calendar/dates.js';
import type { EventKind, RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { KIND_NAMES } from './event-kinds.js';

/** What the address asks for; null for all. */
export interface TimelineFilter {
  kind: EventKind | null;
  plan: string | null;
  who: string | null;
}

/** Events of one moment that say the same to several people. */
export interface TimelineLine {
  time: string;
  kind: EventKind;
  plan: string | null;
  who: string[];
  what: string;
}

export interface TimelineDay {
  day: string;
  /** 'Tuesday 2 December' */
  title: string;
  lines: TimelineLine[];
}

export interface TimelineMonth {
  /** '2025-12', which is its anchor too. */
  id: string;
  title: string;
  days: TimelineDay[];
}

export interface Timeline {
  /** Of this page. */
  months: TimelineMonth[];
  /** Every month with the page on which it begins and how many events it has. */
  contents: { id: string; title: string; page: number; count: number }[];
  page: number;
  pages: number;
  /** How many events the filter leaves. */
  count: number;
}

/** A page of so many lines is read without waiting, and searched with the browser's own search. */
const LINES_ON_A_PAGE = 400;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** @param wanted the page; one that there is not is the nearest */
export function timelineOf(events: readonly RehearsedEvent[], filter: TimelineFilter, wanted = 1): Timeline {
  const left = events.filter((event) => isWanted(event, filter));
  const lines = linesOf(left);
  const pages = Math.max(1, Math.ceil(lines.length / LINES_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(wanted) || 1), pages);
  return {
    months: monthsOf(lines.slice((page - 1) * LINES_ON_A_PAGE, page * LINES_ON_A_PAGE)),
    contents: contentsOf(lines),
    ...{ page, pages, count: left.length },
  };
}

/** The people that a filter can name, in the order of their names. */
export function peopleIn(events: readonly RehearsedEvent[]): string[] {
  return [...new Set(events.flatMap(({ who }) => namesIn(who)))].sort((a, b) => a.localeCompare(b));
}

/** The kinds that there are, with how often, in the order in which pages name them. */
export function countKinds(events: readonly RehearsedEvent[]): { kind: EventKind; count: number }[] {
  const count = (wanted: EventKind): number => events.filter(({ kind }) => kind === wanted).length;
  return KIND_NAMES.map((kind) => ({ kind, count: count(kind) }));
}

/** A task that several people have names them all. */
function namesIn(who: string): string[] {
  return who.split(', ');
}

function isWanted(event: RehearsedEvent, { kind, plan, who }: TimelineFilter): boolean {
  return (
    (kind === null || event.kind === kind) && (plan === null || event.plan === plan) && (who === null || namesIn(event.who).includes(who))
  );
}

type LineOfDay = TimelineLine & { day: string; events: number };

function linesOf(events: readonly RehearsedEvent[]): LineOfDay[] {
  const lines = new Map<string, LineOfDay>();
  for (const { at, kind, plan, who, what } of events) {
    const key = [at, kind, plan ?? '', what].join('\u0000');
    const known = lines.get(key);
    if (known) {
      known.who.push(...namesIn(who));
      known.events += 1;
    } else {
      const moment = new Date(at);
      lines.set(key, { day: londonDay(moment), time: londonTime(moment), kind, plan, who: namesIn(who), what, events: 1 });
    }
  }
  return [...lines.values()];
}

function monthsOf(lines: readonly LineOfDay[]): TimelineMonth[] {
  return [...Map.groupBy(lines, ({ day }) => day.slice(0, 7))].map(([id, ofMonth]) => ({
    ...{ id, title: monthInWords(id) },
    days: [...Map.groupBy(ofMonth, ({ day }) => day)].map(([day, ofDay]) => ({ day, title: weekdayAndDay(day), lines: ofDay })),
  }));
}

function contentsOf(lines: readonly LineOfDay[]): Timeline['contents'] {
  return [...Map.groupBy(lines, ({ day }) => day.slice(0, 7))].map(([id, ofMonth]) => ({
    ...{ id, title: monthInWords(id), count: ofMonth.reduce((sum, { events }) => sum + events, 0) },
    page: Math.floor(lines.indexOf(ofMonth[0]!) / LINES_ON_A_PAGE) + 1,
  }));
}

/** '2025-12' → 'December 2025' */
export function monthInWords(id: string): string {
  return MONTH.format(new Date(`${id}-01T00:00:00Z`));
}
