/** The days of the calendar beside a day, working or not. */
import { parseDay } from './dates.js';

export function dayBefore(date: string): string {
  return parseDay(date).subtract({ days: 1 }).toString();
}

export function dayAfter(date: string): string {
  return parseDay(date).add({ days: 1 }).toString();
}

/** The Monday of the week after a day. */
export function nextMonday(date: string): string {
  const day = parseDay(date);
  return day.add({ days: 8 - day.dayOfWeek }).toString();
}
