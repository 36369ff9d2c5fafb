/** A council's own closures and its polling days: how they are kept, what can be changed about them, and who is refused. */
import { Temporal } from 'temporal-polyfill';
import type { CalendarChange, Closure, PollingDay } from '../domain/calendar-change.js';
import { DomainError, type InvalidField } from '../domain/domain-error.js';
import { inWords, parseDay, weekdayInWords } from './dates.js';
import { dayAfter } from './neighbouring-days.js';

/** What the days are called: a closure's reason and a poll's name, by the day. */
export interface DayNames {
  closures: Record<string, string>;
  polls: Record<string, string>;
}

/** As the council's settings have them, each day 'YYYY-MM-DD'. */
export interface SpecialDays {
  closures: readonly string[];
  pollingDays: readonly string[];
  names: DayNames;
}

/** What is asked of whoever leaves out why the council is closed, or what is elected. */
export const SAY_WHY = 'Say why the council is closed';
export const SAY_WHAT = 'Say what is elected, such as “County Council”';

/** No council is closed for longer; a wrong year would be. */
const LONGEST_CLOSURE = 60;

/** The closures in the order of their days. */
export function closuresOf({ closures, names }: SpecialDays): Closure[] {
  const found: Closure[] = [];
  for (const day of [...new Set(closures)].sort()) {
    const [last, reason] = [found.at(-1), names.closures[day] ?? ''];
    if (last && last.reason === reason && dayAfter(last.to) === day) last.to = day;
    else found.push({ from: day, to: day, reason });
  }
  return found;
}

/** The polling days in their order. */
export function pollingDaysOf({ pollingDays, names }: SpecialDays): PollingDay[] {
  return [...new Set(pollingDays)].sort().map((date) => ({ date, name: names.polls[date] ?? '' }));
}

/**
 * The next ordinary day of election that is no polling day of the council yet: the first Thursday in May (Representation of the
 * People Act 1983 s37). A suggestion only: not every council elects each year, and an order can fix another day.
 */
export function ordinaryElectionDay({ pollingDays }: Pick<SpecialDays, 'pollingDays'>, today: string): string {
  for (let year = Number(today.slice(0, 4)); ; year++) {
    const first = Temporal.PlainDate.from({ year, month: 5, day: 1 });
    const date = first.add({ days: (11 - first.dayOfWeek) % 7 }).toString();
    if (date >= today && !pollingDays.includes(date)) return date;
  }
}

/**
 * The days after a change. What is over stays as it was: dates that have passed were worked out by it.
 * @param today the council's day
 * @throws DomainError 'invalid' with pointers '/from', '/to', '/reason', '/date' and '/name'
 */
export function withCalendarChanged(days: SpecialDays, change: CalendarChange, today: string): SpecialDays {
  switch (change.act) {
    case 'close':
      return closed(days, change, today);
    case 'open-again':
      return openAgain(days, change, today);
    case 'add-poll':
      return withPoll(days, change, today);
    case 'remove-poll':
      return withoutPoll(days, change, today);
  }
}

/** What was changed, as a sentence. */
export function calendarChangeInWords(change: CalendarChange): string {
  switch (change.act) {
    case 'close':
      return `The council is closed ${spanInWords(change)}: ${change.reason.trim()}.`;
    case 'open-again':
      return `The council is not closed ${spanInWords(change)} after all.`;
    case 'add-poll':
      return `${weekdayInWords(change.date)} is a polling day: ${change.name.trim()}.`;
    case 'remove-poll':
      return `${weekdayInWords(change.date)} is no polling day after all.`;
  }
}

/** 'on Friday 2 January 2026', 'from Monday 29 December 2025 to Friday 2 January 2026'. */
export function spanInWords({ from, to }: Pick<Closure, 'from' | 'to'>): string {
  return from === to ? `on ${weekdayInWords(from)}` : `from ${weekdayInWords(from)} to ${weekdayInWords(to)}`;
}

function closed(days: SpecialDays, { from, to, reason }: Closure, today: string): SpecialDays {
  const fields: InvalidField[] = [];
  if (reason.trim() === '') fields.push({ pointer: '/reason', detail: SAY_WHY });
  const span = spanOf(from, to, fields);
  if (from < today) fields.push({ pointer: '/from', detail: `${inWords(from)} has passed. Choose a day from today on` });
  if (span.length > LONGEST_CLOSURE)
    fields.push({
      pointer: '/to',
      detail: `That would be ${span.length} days. Is the year right? A closure has at most ${LONGEST_CLOSURE}`,
    });
  const known = span.find((day) => days.closures.includes(day));
  if (known) fields.push({ pointer: '/from', detail: `The council is closed on ${inWords(known)} already. Remove that closure first` });
  refuseIfAny(fields);
  const named = Object.fromEntries(span.map((day) => [day, reason.trim()]));
  return {
    ...days,
    closures: [...days.closures, ...span].sort(),
    names: { ...days.names, closures: { ...days.names.closures, ...named } },
  };
}

function openAgain(days: SpecialDays, { from, to }: Pick<Closure, 'from' | 'to'>, today: string): SpecialDays {
  const span = spanOf(from, to);
  const fields: InvalidField[] = [];
  if (from < today) fields.push({ pointer: '/from', detail: `${inWords(from)} has passed. What is over stays as it was` });
  const unknown = span.find((day) => !days.closures.includes(day));
  if (unknown) fields.push({ pointer: '/from', detail: `The council is not recorded as closed on ${inWords(unknown)}` });
  refuseIfAny(fields);
  const left = Object.entries(days.names.closures).filter(([day]) => !span.includes(day));
  return {
    ...days,
    closures: days.closures.filter((day) => !span.includes(day)),
    names: { ...days.names, closures: Object.fromEntries(left) },
  };
}

function withPoll(days: SpecialDays, { date: day, name }: PollingDay, today: string): SpecialDays {
  const date = parseDay(day).toString();
  const fields: InvalidField[] = [];
  if (date < today) fields.push({ pointer: '/date', detail: `${inWords(date)} has passed. Choose a day from today on` });
  if (days.pollingDays.includes(date)) fields.push({ pointer: '/date', detail: `${inWords(date)} is a polling day already` });
  if (name.trim() === '') fields.push({ pointer: '/name', detail: SAY_WHAT });
  refuseIfAny(fields);
  return {
    ...days,
    pollingDays: [...days.pollingDays, date].sort(),
    names: { ...days.names, polls: { ...days.names.polls, [date]: name.trim() } },
  };
}

function withoutPoll(days: SpecialDays, { date }: Pick<PollingDay, 'date'>, today: string): SpecialDays {
  const fields: InvalidField[] = [];
  if (date < today) fields.push({ pointer: '/date', detail: `${inWords(date)} has passed. What is over stays as it was` });
  if (!days.pollingDays.includes(date)) fields.push({ pointer: '/date', detail: `${inWords(date)} is no polling day` });
  refuseIfAny(fields);
  const left = Object.entries(days.names.polls).filter(([day]) => day !== date);
  return {
    ...days,
    pollingDays: days.pollingDays.filter((day) => day !== date),
    names: { ...days.names, polls: Object.fromEntries(left) },
  };
}

/**
 * @param found what has to be put right besides, told in the same refusal
 * @throws DomainError 'invalid' for days that do not exist, or in the wrong order
 */
function spanOf(from: string, to: string, found: readonly InvalidField[] = []): string[] {
  const [first, last] = [parseDay(from), parseDay(to)];
  const length = first.until(last).days + 1;
  if (length < 1) refuseIfAny([{ pointer: '/to', detail: 'The last day must be the first day or later' }, ...found]);
  return Array.from({ length }, (_, index) => first.add({ days: index }).toString());
}

function refuseIfAny(fields: InvalidField[]): void {
  const [first] = fields;
  if (first) throw new DomainError('invalid', `${first.detail}.`, fields);
}
