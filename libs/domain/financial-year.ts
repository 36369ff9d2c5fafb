/** Financial years, 1 April to 31 March, and their quarters: written '2025/26' for people and '2025-26' in ids and addresses. */
import { DomainError } from './domain-error.js';

/** A quarter of the financial year; the first is April to June. */
export type Quarter = 1 | 2 | 3 | 4;

export const QUARTERS: readonly Quarter[] = [1, 2, 3, 4];

const MONTHS_OF_QUARTER = ['April to June', 'July to September', 'October to December', 'January to March'] as const;

/**
 * Reads a financial year as people write it.
 * @param text for example '2025/26'
 * @returns the same text, once it is known to be two years that follow each other
 * @throws DomainError 'invalid' for anything else, '2025/27' included
 */
export function parseFinancialYear(text: string): string {
  const start = /^(\d{4})\/\d{2}$/.exec(text)?.[1];
  if (start === undefined || startingIn(Number(start)) !== text) {
    throw new DomainError('invalid', `"${text}" is not a financial year. Write it like 2025/26.`);
  }
  return text;
}

/** '2025-26' from an id or an address → '2025/26'. Throws DomainError 'invalid' for anything else. */
export function financialYearFromId(id: string): string {
  if (!/^\d{4}-\d{2}$/.test(id))
    throw new DomainError('invalid', `"${id}" is not a financial year. In an address it is written like 2025-26.`);
  return parseFinancialYear(id.replace('-', '/'));
}

/** '2025/26' → '2025-26', for ids and addresses. */
export function financialYearId(year: string): string {
  return parseFinancialYear(year).replace('/', '-');
}

/** '2025/26' → '2025-04-01'. */
export function firstDay(year: string): string {
  return `${firstCalendarYear(year)}-04-01`;
}

/** '2025/26' → '2026-03-31'. */
export function lastDay(year: string): string {
  return `${firstCalendarYear(year) + 1}-03-31`;
}

/** '2025/26' → '2026/27'. */
export function nextYear(year: string): string {
  return startingIn(firstCalendarYear(year) + 1);
}

/** '2025/26' → '2024/25'. */
export function previousYear(year: string): string {
  return startingIn(firstCalendarYear(year) - 1);
}

/** The financial year that a day ('YYYY-MM-DD') lies in. */
export function currentYearOf(date: string): string {
  const { year, month } = calendarMonth(date);
  return startingIn(month >= 4 ? year : year - 1);
}

/** The financial year and quarter that a day ('YYYY-MM-DD') lies in. */
export function quarterOf(date: string): { year: string; quarter: Quarter } {
  const { month } = calendarMonth(date);
  const quarter = (Math.floor(((month + 8) % 12) / 3) + 1) as Quarter;
  return { year: currentYearOf(date), quarter };
}

/** The first day of a quarter: quarterStart('2025/26', 4) is '2026-01-01'. */
export function quarterStart(year: string, quarter: Quarter): string {
  const start = firstCalendarYear(year);
  return [`${start}-04-01`, `${start}-07-01`, `${start}-10-01`, `${start + 1}-01-01`][quarter - 1]!;
}

/** The last day of a quarter: quarterEnd('2025/26', 2) is '2025-09-30'. */
export function quarterEnd(year: string, quarter: Quarter): string {
  const start = firstCalendarYear(year);
  return [`${start}-06-30`, `${start}-09-30`, `${start}-12-31`, `${start + 1}-03-31`][quarter - 1]!;
}

/** 'Quarter 2 of 2025/26 (July to September 2025)'. */
export function quarterInWords(year: string, quarter: Quarter): string {
  return `Quarter ${quarter} of ${year} (${MONTHS_OF_QUARTER[quarter - 1]} ${quarterStart(year, quarter).slice(0, 4)})`;
}

function firstCalendarYear(year: string): number {
  return Number(parseFinancialYear(year).slice(0, 4));
}

function startingIn(calendarYear: number): string {
  return `${calendarYear}/${String((calendarYear + 1) % 100).padStart(2, '0')}`;
}

function calendarMonth(date: string): { year: number; month: number } {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])-\d{2}$/.exec(date);
  if (!parts) throw new DomainError('invalid', `"${date}" is not a date. Write it like 2025-11-03.`);
  return { year: Number(parts[1]), month: Number(parts[2]) };
}
