/** A rehearsal as a picture: a row for each kind of event, a mark for each week that has one, larger where there are many. The table beside it has the same. */
import { scaleLog, scaleUtc } from 'd3-scale';
import { Temporal } from 'temporal-polyfill';
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { inWords } from '../../../libs/calendar/dates.js';
import type { EventKind, RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { KIND_NAMES, KINDS } from './event-kinds.js';

/** One week with how many events of each kind it has, in the order of the kinds. */
export interface PicturedWeek {
  /** Its Monday, 'YYYY-MM-DD'. */
  monday: string;
  counts: number[];
}

export interface PictureMark {
  /** The corner of a shape of 18 by 18, and by how much it is drawn larger. */
  x: number;
  y: number;
  scale: number;
  /** '12 e-mails in the week of 5 January 2026' */
  title: string;
}

export interface RehearsalPicture {
  width: number;
  height: number;
  axis: number;
  months: { x: number; label: string }[];
  rows: { kind: EventKind; title: string; shape: string; y: number; marks: PictureMark[] }[];
  /** Where the financial year of the plans begins; null outside the picture. */
  yearBegins: number | null;
  description: string;
  weeks: PicturedWeek[];
}

const WIDTH = 960;
/** Room for the names of the kinds. */
const LEFT = 130;
const ROW = 30;
/** Of the shapes, as drawn elsewhere. */
const SHAPE = 18;
const [SMALLEST, LARGEST] = [0.4, 1.35];
const WEEK_MS = 7 * 86_400_000;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/**
 * @param events in order of their moments, at least one
 * @param yearBegins the first day of the plans' year
 */
export function rehearsalPicture(events: readonly RehearsedEvent[], yearBegins: string): RehearsalPicture {
  const weeks = weeksOf(events);
  const kinds = KIND_NAMES.filter((_kind, index) => weeks.some(({ counts }) => counts[index]! > 0));
  const [first, last] = [dayOf(weeks[0]!.monday), dayOf(weeks.at(-1)!.monday)];
  // A picture of one week only still has a left and a right.
  const along = scaleUtc([first, new Date(Math.max(last.getTime(), first.getTime() + 4 * WEEK_MS))], [LEFT + 20, WIDTH - 20]);
  const perWeek = along(new Date(first.getTime() + WEEK_MS)) - along(first);
  // The largest mark has the room of its week, so that none lies upon another.
  const scaleOf = scaleLog([1, Math.max(2, ...weeks.flatMap(({ counts }) => counts))], [SMALLEST, Math.min(LARGEST, perWeek / SHAPE)]);
  const axis = kinds.length * ROW + 10;
  const begins = dayOf(yearBegins);
  return {
    ...{ width: WIDTH, height: axis + 56, axis, weeks },
    months: along
      .ticks(16)
      .filter((day) => day.getUTCDate() === 1)
      .map((day) => ({ x: Math.round(along(day)), label: MONTH.format(day) })),
    rows: kinds.map((kind, row) => {
      const y = row * ROW + ROW / 2 + 5;
      const { plural: title, shape } = KINDS[kind];
      return { kind, title, shape, y, marks: marksOf(kind, weeks, { y, xOf: (monday) => along(dayOf(monday)), scaleOf }) };
    }),
    yearBegins: begins >= along.domain()[0]! && begins <= along.domain()[1]! ? Math.round(along(begins)) : null,
    description: `${events.length} events from ${inWords(londonDay(new Date(events[0]!.at)))} to ${inWords(londonDay(new Date(events.at(-1)!.at)))}, by kind and week. The table below has the numbers.`,
  };
}

/** Where the marks of one kind go, and how large one is that stands for so many events. */
interface RowPlace {
  y: number;
  xOf: (monday: string) => number;
  scaleOf: (count: number) => number;
}

function marksOf(kind: EventKind, weeks: readonly PicturedWeek[], { y, xOf, scaleOf }: RowPlace): PictureMark[] {
  return weeks.flatMap(({ monday, counts }) => {
    const count = counts[KIND_NAMES.indexOf(kind)]!;
    if (count === 0) return [];
    const scale = scaleOf(count);
    const side = SHAPE * scale;
    const { word, plural } = KINDS[kind];
    const title = `${count} ${(count === 1 ? word : plural).toLowerCase()} in the week of ${inWords(monday)}`;
    return [{ x: round(xOf(monday) - side / 2), y: round(y - side / 2), scale: round(scale), title }];
  });
}

/** The weeks that have an event, in order. */
function weeksOf(events: readonly RehearsedEvent[]): PicturedWeek[] {
  return [...Map.groupBy(events, ({ at }) => mondayOf(londonDay(new Date(at))))].map(([monday, ofWeek]) => ({
    monday,
    counts: KIND_NAMES.map((kind) => ofWeek.filter((event) => event.kind === kind).length),
  }));
}

function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
