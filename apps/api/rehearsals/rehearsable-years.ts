/** Which years a council can rehearse: those on their way, the next one that has not begun, and a few after it. */
import {
  currentYearOf,
  financialYearFromId,
  financialYearId,
  nextYear,
  parseFinancialYear,
  quarterEnd,
} from '../../../libs/domain/financial-year.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { CouncilAtWork } from '../../../libs/database/council-at-work.js';
import type { Meeting } from '../../../libs/database/entities/council.js';

/** A year that is offered, and whether its cycle is open, so that only the rest of it is rehearsed. */
export interface OfferedYear {
  /** "2026-27" */
  year: string;
  isOpen: boolean;
}

/** Whoever looks further ahead has no meetings to rehearse with. */
const YEARS_AHEAD = 3;
/** Working days after the last meeting in which what it did is recorded. */
const AFTER_THE_LAST_MEETING = 3;

/**
 * The years to choose from, the nearest first.
 * @param cycles years with a cycle ("2026-27"), and whether it is open
 * @param today the council's day
 */
export function offeredYears(cycles: readonly OfferedYear[], today: string): OfferedYear[] {
  const open = cycles.filter(({ isOpen }) => isOpen).sort((a, b) => a.year.localeCompare(b.year));
  const latest = cycles
    .map(({ year }) => year)
    .sort()
    .at(-1);
  const next = nextYear(latest ? financialYearFromId(latest) : currentYearOf(today));
  return [...open, { year: financialYearId(next), isOpen: false }];
}

/**
 * A year as somebody gave it: '2028/29' or '2028-29'.
 * @returns its id, "2028-29"
 * @throws DomainError 'invalid' at /year
 */
export function readYear(given: string, today: string): string {
  const year = parsed(given);
  const [first, last] = [currentYearOf(today), Number(currentYearOf(today).slice(0, 4)) + YEARS_AHEAD];
  if (year < first) throw invalid(`The year ${year} is over. Choose ${first} or a later one`);
  if (Number(year.slice(0, 4)) > last)
    throw invalid(`${year} is too far ahead: its meetings are not known. Choose a year up to ${last}/${(last + 1) % 100}`);
  return financialYearId(year);
}

function parsed(given: string): string {
  try {
    return parseFinancialYear(given.trim().replace(/[-–]/, '/'));
  } catch {
    throw invalid('Write the financial year like 2028/29');
  }
}

function invalid(detail: string): DomainError {
  return new DomainError('invalid', `${detail}.`, [{ pointer: '/year', detail }]);
}

/** About the last day that a rehearsal plays: after Cabinet's last meeting, when the year's last report is done with. */
export function lastRehearsedDay(year: string, council: CouncilAtWork, meetings: readonly Pick<Meeting, 'body' | 'date'>[]): string {
  const cabinet = meetings.filter(({ body }) => body === council.settings.timetable.bodies.cabinet).map(({ date }) => date);
  const last = [quarterEnd(financialYearFromId(year), 4), ...cabinet].sort().at(-1)!;
  return council.calendar.addWorkingDays(last, AFTER_THE_LAST_MEETING);
}
