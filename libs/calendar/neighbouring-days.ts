/** The days of the calendar beside a day, working or not. */
import { parseDay } from './dates.js';

export function dayBefore(date: string): string {
  return parseDay(date).subtract({ days: 1 }).toString();
}

export function dayAfter(date: string): string {
  return parseDay(date).add({ days: 1 }).toString();
}
