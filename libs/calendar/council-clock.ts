/** The council's time: the server's time plus one offset, which is nought but for a demonstration that lives on another day. */
import { Temporal } from 'temporal-polyfill';
import { DomainError } from '../domain/domain-error.js';
import { parseDay } from './dates.js';

const LONDON = 'Europe/London';

/** Tells the council's time and turns instants into the server's time, which timers wait for, and back. */
export interface CouncilClock {
  /** The council's present instant. */
  now(): Date;
  /** The council's present day in London, 'YYYY-MM-DD'. */
  today(): string;
  /** When the server's clock will show what the council's clock shows at that instant. */
  toServerTime(councilInstant: Date): Date;
  toCouncilTime(serverInstant: Date): Date;
}

/**
 * Makes the council's clock.
 * @param offsetMs what to add to the server's time, in milliseconds; 0 in production
 * @param now the server's time in milliseconds since 1970, usually Date.now
 */
export function createCouncilClock(offsetMs: number, now: () => number): CouncilClock {
  if (!Number.isSafeInteger(offsetMs))
    throw new RangeError(`The offset of the council's clock is a whole number of milliseconds, not ${offsetMs}.`);
  return {
    now: () => new Date(now() + offsetMs),
    today: () => londonDay(new Date(now() + offsetMs)),
    toServerTime: (councilInstant) => new Date(councilInstant.getTime() - offsetMs),
    toCouncilTime: (serverInstant) => new Date(serverInstant.getTime() + offsetMs),
  };
}

/** The day in London ('YYYY-MM-DD') at an instant. */
export function londonDay(instant: Date): string {
  return inLondon(instant).toPlainDate().toString();
}

/** The time of day in London ('HH:MM') at an instant. */
export function londonTime(instant: Date): string {
  return inLondon(instant).toPlainTime().toString({ smallestUnit: 'minute' });
}

/**
 * The offset with which the council lives on another day at the same time of day in London.
 * @param today the council's day, 'YYYY-MM-DD'
 * @returns milliseconds to add to the server's time
 */
export function offsetFor(today: string, serverNow: Date): number {
  const council = parseDay(today).toZonedDateTime({ timeZone: LONDON, plainTime: inLondon(serverNow).toPlainTime() });
  return council.epochMilliseconds - serverNow.getTime();
}

/**
 * A time of day in London as an instant: instantOf('2026-07-01', '09:00') is '2026-07-01T08:00:00Z'.
 * @param time 'HH:MM', never from 01:00 to 01:59: that hour comes twice in October and not at all in March
 * @throws DomainError 'invalid' for such a time or one that does not exist
 */
export function instantOf(date: string, time: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new DomainError('invalid', `"${time}" is not a time of day. Write it like 09:00.`);
  if (time.startsWith('01:')) {
    throw new DomainError('invalid', `Nothing can be set for ${time}: between 01:00 and 02:00 the clocks change. Choose another time.`);
  }
  return parseDay(date).toZonedDateTime({ timeZone: LONDON, plainTime: time }).toInstant().toString();
}

function inLondon(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LONDON);
}
