/** The council of a rehearsal: the demonstration's people and rules on the day before a year's cycle opens, with last year's plans published. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf } from '../../../libs/calendar/council-clock.js';
import { cycleOpening } from '../../../libs/calendar/timetable.js';
import type { CalendarSettings } from '../../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../../libs/calendar/working-days.js';
import { Person, RoleGrant } from '../../../libs/database/entities/people.js';
import { importPlan, slugOf } from '../../../libs/database/import-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearId, previousYear } from '../../../libs/domain/financial-year.js';
import { demonstrationCalendar, demonstrationCouncil, writeCouncilBy } from '../demonstration/write-council.js';
import { meetingsOfYear } from './meetings-of-year.js';
import { planTextOf } from './plans-of-year.js';

/** The hour of the council's day at which a rehearsal begins, before anything of the year has happened. */
const BEGINNING = '06:00';

/** Years that a plan's text can be moved to. */
const [FIRST_YEAR, LAST_YEAR] = [2002, 2094];

export interface RehearsedPlan {
  /** The name of its priority, "Community Safety". */
  title: string;
  slug: string;
}

/**
 * Writes the council. The plans of the year before are the demonstration's text under each title.
 * @param year the year to be rehearsed, '2028/29'
 * @param now the server's present time, in milliseconds
 * @throws DomainError 'invalid' for a year too far away to have a text for
 */
export async function writeRehearsedCouncil(
  em: EntityManager,
  year: string,
  titles: readonly string[],
  now: number,
): Promise<RehearsedPlan[]> {
  refuseFarYear(year);
  const calendar = calendarOfYear(year, await demonstrationCalendar());
  const source = { settings: calendar.timetable, calendar: createCalendar({ closures: calendar.closures }) };
  const begins = new Date(instantOf(cycleOpening(year, source), BEGINNING));
  await writeCouncilBy(em, calendar, begins.getTime() - now);
  const plans: RehearsedPlan[] = [];
  for (const title of titles) plans.push(await writePlanBefore(em, year, title, begins));
  await em.flush();
  return plans;
}

/** The demonstration's rules with the year's own meetings; publication follows from the rule. */
function calendarOfYear(year: string, demonstration: CalendarSettings): CalendarSettings {
  const timetable = { ...demonstration.timetable, years: {} };
  return { ...demonstration, timetable, meetings: meetingsOfYear(year, demonstration) };
}

/** Imports the demonstration's text as the plan of the year before under a title, with a leader and a head of service. */
export async function writePlanBefore(em: EntityManager, year: string, title: string, at: Date): Promise<RehearsedPlan> {
  const before = previousYear(year);
  const bytes = await planTextOf(before, title);
  await importPlan(em, { councilId: demonstrationCouncil, year: financialYearId(before), fileName: `${title}.txt`, bytes, at });
  const slug = slugOf(title);
  await giveItsPeople(em, slug);
  return { title, slug };
}

/** Whoever leads one priority of the demonstration leads every plan of the rehearsal. */
async function giveItsPeople(em: EntityManager, slug: string): Promise<void> {
  const known = await em.find(RoleGrant, {
    councilId: demonstrationCouncil,
    scope: { $ne: null },
    role: { $in: ['priority-leader', 'head-of-service'] },
  });
  if (known.some(({ scope }) => scope === slug)) return;
  const leader = await em.findOneOrFail(Person, { id: known[0]?.personId ?? '' });
  for (const role of ['priority-leader', 'head-of-service'] as const)
    em.persist(em.create(RoleGrant, { id: randomUUID(), councilId: demonstrationCouncil, personId: leader.id, role, scope: slug }));
}

function refuseFarYear(year: string): void {
  const start = Number(year.slice(0, 4));
  if (start < FIRST_YEAR || start > LAST_YEAR)
    throw new DomainError('invalid', `${year} cannot be rehearsed. Choose a year from ${FIRST_YEAR} to ${LAST_YEAR}.`);
}
