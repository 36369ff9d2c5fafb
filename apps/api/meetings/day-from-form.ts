/** A day as people type it into three fields (GOV.UK's date input). */
import { parseDay } from '../../../libs/calendar/dates.js';
import type { FormError } from '../rendering/page.js';

/** The fields as they come: `to-day`, `to-month`, `to-year`. */
export type DayTyped = Record<string, string | undefined>;

/** The day, or what has to be put right, linked to the field that it is about. */
export type DayRead = { date: string; error: null } | { date: null; error: FormError };

/** @param name what the fields' names begin with */
export function dayFromForm(name: string, typed: DayTyped): DayRead {
  const parts = ['day', 'month', 'year'] as const;
  const missing = parts.filter((part) => (typed[`${name}-${part}`] ?? '').trim() === '');
  if (missing.length > 0) return refused(name, missing[0]!, `The date must include a ${missing.join(' and a ')}`);
  const [day = '', month = '', year = ''] = parts.map((part) => (typed[`${name}-${part}`] ?? '').trim());
  if (!/^\d{4}$/.test(year)) return refused(name, 'year', 'The year must have four digits');
  try {
    return { date: parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).toString(), error: null };
  } catch {
    return refused(name, 'day', 'The date must be a real date, such as 27 1 2026');
  }
}

/** The fields of a day that was read before. @param date 'YYYY-MM-DD' */
export function dayToForm(name: string, date: string): DayTyped {
  const { day, month, year } = parseDay(date);
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
}

function refused(name: string, part: string, text: string): DayRead {
  return { date: null, error: { field: `${name}-${part}`, text } };
}
