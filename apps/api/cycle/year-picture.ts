/**
 * A year's dates as a picture: months along a line, above it a lane for the plans, one for the quarters and one for other meetings, a
 * numbered mark for each date, and where today is. The table beside it has the same numbers.
 */
import { scaleUtc } from 'd3-scale';
import { inWords } from '../../../libs/calendar/dates.js';

/** A date to be shown. */
export interface PicturedDate {
  /** 'YYYY-MM-DD' */
  date: string;
  title: string;
  isMeeting: boolean;
  isPast: boolean;
  /** From 1, as in the table. */
  number: number;
}

/** Dates that are drawn side by side; at least one. */
export interface PicturedLane<Name extends string = string> {
  lane: Name;
  title: string;
  dates: readonly PicturedDate[];
}

export interface Mark extends PicturedDate {
  /** The middle of the mark, in the units of the picture's view box. */
  x: number;
  y: number;
}

export interface DrawnLane<Name extends string = string> {
  lane: Name;
  title: string;
  top: number;
  height: number;
  marks: Mark[];
}

export interface YearPicture<Name extends string = string> {
  width: number;
  height: number;
  /** The height of the line of months. */
  axis: number;
  months: { x: number; label: string }[];
  lanes: DrawnLane<Name>[];
  /** null where today lies outside the picture. */
  today: number | null;
  /** The same as a sentence, for those who do not see it. */
  description: string;
}

const WIDTH = 960;
const MARGIN = 24;
/** A mark's width with the room around it. */
const ROOM = 30;
/** The height of a lane's title. */
const TITLE = 28;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

type Along = (day: Date) => number;

/** @param lanes at least one */
export function yearPicture<Name extends string>(lanes: readonly PicturedLane<Name>[], today: string): YearPicture<Name> {
  const dates = lanes.flatMap((lane) => lane.dates);
  const days = dates.map(({ date }) => date).sort();
  const [first, last] = [monthOf(days[0]!, 0), monthOf(days.at(-1)!, 1)];
  const along = scaleUtc([first, last], [MARGIN, WIDTH - MARGIN]);
  const drawn: DrawnLane<Name>[] = [];
  for (const lane of lanes) drawn.push(drawnLane(lane, (drawn.at(-1)?.top ?? 0) + (drawn.at(-1)?.height ?? 0), along));
  const bottom = drawn.at(-1)!;
  const axis = bottom.top + bottom.height;
  const isInside = dayOf(today) >= first && dayOf(today) <= last;
  return {
    width: WIDTH,
    height: axis + 1.75 * ROOM,
    axis,
    months: along
      .ticks(12)
      .filter((day) => day.getUTCDate() === 1)
      .map((day) => ({ x: Math.round(along(day)), label: MONTH.format(day) })),
    lanes: drawn,
    today: isInside ? Math.round(along(dayOf(today))) : null,
    description: `From ${inWords(days[0]!)} to ${inWords(days.at(-1)!)}: ${dates.filter(({ isPast }) => isPast).length} of ${dates.length} dates are past. The table has them all.`,
  };
}

/** Marks that would lie upon each other stand one above the other. */
function drawnLane<Name extends string>({ lane, title, dates }: PicturedLane<Name>, top: number, along: Along): DrawnLane<Name> {
  const ends: number[] = [];
  const levels = [...dates]
    .sort((one, other) => one.date.localeCompare(other.date))
    .map((date) => {
      const x = along(dayOf(date.date));
      const free = ends.findIndex((end) => end <= x - ROOM);
      const level = free < 0 ? ends.length : free;
      ends[level] = x;
      return { date, x, level };
    });
  const height = TITLE + ends.length * ROOM + ROOM / 3;
  const marks = levels.map(({ date, x, level }) => ({ ...date, x: Math.round(x), y: Math.round(top + height - (level + 0.65) * ROOM) }));
  return { lane, title, top, height, marks };
}

function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** The first day of the date's month, or of one later. */
function monthOf(date: string, later: 0 | 1): Date {
  const day = dayOf(date);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + later, 1));
}
