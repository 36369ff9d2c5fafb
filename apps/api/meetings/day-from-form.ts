/** A day as people type it into three fields (GOV.UK's date input). */
import { parseDay } from '../../../libs/calendar/dates.js';
import type { FormError } from '../rendering/page.js';

/** The fields as they come: `to-day`, `to-month`, `to-year`. */
export type DayTyped = Record<string, string | undefined>;

/** The day, or what has to be put right, linked to the field that it is about. */
export type DayRead = { date: string; error: null } | { date: null; error: FormError };

/**
 * Reads a day, or says which day has to be put right, and how (the error messages of GOV.UK's date input).
 * @param name what the fields' names begin with
 * @param what which day it is, within a sentence: 'first day away'
 */
export function dayFromForm(name: string, what: string, typed: DayTyped): DayRead {
  const parts = ['day', 'month', 'year'] as const;
  const missing = parts.filter((part) => (typed[`${name}-${part}`] ?? '').trim() === '');
  if (missing.length === parts.length) return refused(name, 'day', `Enter the ${what}`);
  if (missing.length > 0) return refused(name, missing[0]!, `The ${what} must include a ${missing.join(' and a ')}`);
  const [day = '', month = '', year = ''] = parts.map((part) => (typed[`${name}-${part}`] ?? '').trim());
  if (!/^\d{4}$/.test(year)) return refused(name, 'year', `The ${what} must have a year of four digits`);
  try {
    return { date: parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).toString(), error: null };
  } catch {
    return refused(name, 'day', `The ${what} must be a real date, such as 27 1 2026`);
  }
}

/** The fields of a day that was read before. @param date 'YYYY-MM-DD' */
export function dayToForm(name: string, date: string): DayTyped {
  const { day, month, year } = parseDay(date);
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
}

/** The input that a field belongs to: the three parts of a day are one. */
export function groupOf(field: string): string {
  return field.replace(/-(?:day|month|year)$/, '');
}

/** The errors as the page has their fields, as GOV.UK's error summary wants them; what is no field of it comes last. */
export function inOrder(errors: readonly FormError[], groups: readonly string[]): FormError[] {
  const known = new Map(groups.map((group, index) => [group, index]));
  const place = ({ field }: FormError): number => known.get(groupOf(field)) ?? groups.length;
  return errors.toSorted((a, b) => place(a) - place(b));
}

function refused(name: string, part: string, text: string): DayRead {
  return { date: null, error: { field: `${name}-${part}`, text } };
}
