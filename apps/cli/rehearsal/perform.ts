/** One rehearsal from an empty stage to its timeline: of the demonstration's council in any year, or of a council as it is now. */
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { weekdayInWords } from '../../../libs/calendar/dates.js';
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearId } from '../../../libs/domain/financial-year.js';
import { SCENARIOS, type AskedScenario, type RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { demonstrationCouncil } from '../demonstration/write-council.js';
import { changeMeeting, type MeetingChangeAsked } from './cast.js';
import { copyCouncil } from './copy-council.js';
import { rehearseYear } from './rehearse-year.js';
import { writeRehearsedCouncil } from './rehearsed-council.js';
import { RunningYear } from './running-year.js';
import { scenarios, TITLES, type Scenario } from './scenario.js';
import type { Stage } from './stage.js';
import { timelineOf } from './timeline.js';

export interface RehearsalAsked {
  /** '2028/29' */
  year: string;
  /** 'all' gives each plan another one, in turn. */
  scenario: AskedScenario;
  /** The last day that is played, 'YYYY-MM-DD'; the whole year unless given. */
  until?: string | undefined;
  /** A real council, and what changes in it first; without it the demonstration's is rehearsed. */
  council?: { id: string; databaseUrl: string; change?: MeetingChangeAsked };
  /** Hears of each day that the rehearsal has come to. */
  tell: (today: string) => void;
}

/** @throws DomainError for a year that cannot be rehearsed, an end before its beginning, or a council or meeting that there is not */
export async function perform(stage: Stage, asked: RehearsalAsked): Promise<RehearsedEvent[]> {
  const databaseUrl = await stage.newDatabase();
  if (asked.council) await copyCouncil(asked.council.databaseUrl, databaseUrl, asked.council.id);
  const running = await RunningYear.start(databaseUrl);
  try {
    const { year, scenario, until, tell } = asked;
    const councilId = asked.council?.id ?? demonstrationCouncil;
    const slugs = asked.council ? await slugsOf(running, councilId) : await writeDemonstration(running, year, scenario);
    const begins = (await councilAtWork(running.orm.em.fork(), councilId, () => 0)).clock.toCouncilTime(new Date(await running.now()));
    refuseEarlierEnd(until, londonDay(begins));
    if (asked.council) await takeOver(running, asked.council);
    await rehearseYear(running, { year, councilId, scenarioOf: (slug) => scenarioOf(scenario, slugs.indexOf(slug)), until, tell });
    return await timelineOf(running.orm.em.fork(), { councilId, year: financialYearId(year), begins, mail: running.mail });
  } finally {
    await running.close();
  }
}

/** A rehearsal that ends before it begins would look like a year in which nothing happens. */
function refuseEarlierEnd(until: string | undefined, begins: string): void {
  if (until !== undefined && until < begins)
    throw new DomainError(
      'invalid',
      `The rehearsal begins on ${weekdayInWords(begins)}, so nothing of it lies before ${weekdayInWords(until)}. Choose a later day to end with.`,
    );
}

function scenarioOf(asked: AskedScenario, index: number): Scenario {
  return scenarios[asked === 'all' ? (SCENARIOS[index % SCENARIOS.length] ?? 'on-time') : asked];
}

/** @returns the plans' parts of their addresses: one, or where every scenario is asked for one for each */
async function writeDemonstration(running: RunningYear, year: string, scenario: AskedScenario): Promise<string[]> {
  const titles = scenario === 'all' ? SCENARIOS.map((name) => TITLES[name]) : [TITLES['on-time']];
  const now = await running.now();
  const plans = await running.orm.em.fork().transactional((em) => writeRehearsedCouncil(em, year, titles, now));
  return plans.map(({ slug }) => slug);
}

/** Lets what is under way in a council go on from where its database says, as after a restore; then the change is made. */
async function takeOver(running: RunningYear, { id, change }: NonNullable<RehearsalAsked['council']>): Promise<void> {
  await running.goOnFromDatabase();
  if (change) await changeMeeting(running, id, change);
}

async function slugsOf({ orm }: RunningYear, councilId: string): Promise<string[]> {
  const plans = await orm.em.fork().find(Plan, { councilId }, { orderBy: { slug: 'asc' } });
  return [...new Set(plans.map(({ slug }) => slug))];
}
