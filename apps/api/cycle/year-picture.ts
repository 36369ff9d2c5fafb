/** A cycle's dates as a picture: months along a line, a numbered mark for each date, and where today is. The table beside it has the same numbers. */
import { scaleUtc } from 'd3-scale';
import { inWords } from '../../../libs/calendar/dates.js';

/** A date to be shown. */
export interface PicturedDate {
  /** 'YYYY-MM-DD' */
  date: string;
  title: string;
  isMeeting: boolean;
  isPast: boolean;
}

export interface Mark extends PicturedDate {
  /** From 1, as in the table. */
  number: number;
  /** The middle of the mark, in the units of the picture's view box. */
  x: number;
  y: number;
}

export interface YearPicture {
  width: number;
  height: number;
  /** The height of the line of months. */
  axis: number;
  months: { x: number; label: string }[];
  marks: Mark[];
  /** null where today lies outside the picture. */
  today: number | null;
  /** The same as a sentence, for those who do not see it. */
  description: string;
}

const WIDTH = 960;
const MARGIN = 24;
/** A mark's width with the room around it. */
const ROOM = 30;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** @param dates in order of their days, at least one */
export function yearPicture(dates: readonly PicturedDate[], today: string): YearPicture {
  const [first, last] = [monthOf(dates[0]!.date, 0), monthOf(dates.at(-1)!.date, 1)];
  const along = scaleUtc([first, last], [MARGIN, WIDTH - MARGIN]);
  const ends: number[] = [];
  const levels = dates.map(({ date }) => {
    const x = along(dayOf(date));
    const free = ends.findIndex((end) => end <= x - ROOM);
    const level = free < 0 ? ends.length : free;
    ends[level] = x;
    return { x, level };
  });
  const axis = ends.length * ROOM + ROOM / 2;
  const marks = dates.map((date, index): Mark => {
    const { x, level } = levels[index]!;
    return { ...date, number: index + 1, x: Math.round(x), y: Math.round(axis - (level + 0.9) * ROOM) };
  });
  const isInside = dayOf(today) >= first && dayOf(today) <= last;
  return {
    width: WIDTH,
    height: axis + 2 * ROOM,
    axis,
    months: along
      .ticks(12)
      .filter((day) => day.getUTCDate() === 1)
      .map((day) => ({ x: Math.round(along(day)), label: MONTH.format(day) })),
    marks,
    today: isInside ? Math.round(along(dayOf(today))) : null,
    description: `From ${inWords(dates[0]!.date)} to ${inWords(dates.at(-1)!.date)}: ${dates.filter(({ isPast }) => isPast).length} of ${dates.length} dates are past. The table has them all.`,
  };
}

function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** The first day of the date's month, or of one later. */
function monthOf(date: string, later: 0 | 1): Date {
  const day = dayOf(date);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + later, 1));
}
