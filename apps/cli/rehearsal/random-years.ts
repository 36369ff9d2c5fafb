/** Random years: people who are late or away, meetings that are moved or fail, mail that comes back; after each the invariants are checked. */
import { Temporal } from 'temporal-polyfill';
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import { Message, Notice } from '../../../libs/database/entities/tasks.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { cycleOpening } from '../../../libs/calendar/timetable.js';
import { financialYearId, firstDay } from '../../../libs/domain/financial-year.js';
import { demonstrationCouncil } from '../demonstration/write-council.js';
import { violationsOf } from './invariants.js';
import { drawMishaps } from './mishaps.js';
import { randomFrom, type Random } from './random.js';
import { rehearseYear } from './rehearse-year.js';
import { writeRehearsedCouncil } from './rehearsed-council.js';
import { RunningYear } from './running-year.js';
import { TITLES, type Scenario } from './scenario.js';
import { openStage, type Stage } from './stage.js';
import { timelineOf } from './timeline.js';

/** How one random year ended. */
export interface RandomRun {
  /** Repeats it: `plancycle rehearse --random 1 --seed SEED`. */
  seed: number;
  /** Whether every plan was published before its year began. */
  published: boolean;
  /** Whether a named person was told in time of each that was not. */
  alarmed: boolean;
  events: number;
  violations: string[];
}

/** Opens a stage and plays so many years, the seed going up by one with each. */
export async function rehearseRandomYears(count: number, seed: number, tell: (line: string) => void): Promise<RandomRun[]> {
  const stage = await openStage();
  try {
    const runs: RandomRun[] = [];
    for (let number = 0; number < count; number++) {
      const run = await rehearseRandomYear(stage, seed + number);
      runs.push(run);
      tell(
        `${number + 1} of ${count}: seed ${run.seed}, ${run.events} events${run.violations.length > 0 ? `, ${run.violations.join('; ')}` : ''}`,
      );
    }
    return runs;
  } finally {
    await stage.close();
  }
}

/** Plays one random year on a stage that is open. */
export async function rehearseRandomYear(stage: Stage, seed: number): Promise<RandomRun> {
  const random = randomFrom(seed);
  const start = random.between(2024, 2039);
  const year = `${start}/${String((start + 1) % 100).padStart(2, '0')}`;
  const scenario = drawScenario(random);
  const running = await RunningYear.start(await stage.newDatabase());
  try {
    const now = await running.now();
    await running.orm.em.fork().transactional((em) => writeRehearsedCouncil(em, year, [TITLES['on-time']], now));
    const mishaps = drawMishaps(await seasonOf(running, year), random);
    await rehearseYear(running, { year, councilId: demonstrationCouncil, scenarioOf: () => scenario, mishaps });
    return { seed, ...(await outcomeOf(running, year)) };
  } finally {
    await running.close();
  }
}

function drawScenario(random: Random): Scenario {
  return {
    submits: random.next() < 0.1 ? null : random.between(-6, 8),
    returns: random.oneOf([0, 0, 0, 1, 2]),
    refersBack: random.oneOf([0, 0, 0, 1]),
    othersAct: random.next() < 0.85,
  };
}

/** Working days between the opening of the cycle and the end of June. */
async function seasonOf(running: RunningYear, year: string): Promise<Parameters<typeof drawMishaps>[0]> {
  const { calendar, settings } = await councilAtWork(running.orm.em.fork(), demonstrationCouncil, () => 0);
  const last = Temporal.PlainDate.from(firstDay(year)).add({ months: 3 }).toString();
  const days: string[] = [];
  for (
    let day = calendar.addWorkingDays(cycleOpening(year, { settings: settings.timetable, calendar }), 1);
    day < last;
    day = calendar.addWorkingDays(day, 1)
  )
    days.push(day);
  return { running, councilId: demonstrationCouncil, days, calendar };
}

async function outcomeOf(running: RunningYear, year: string): Promise<Omit<RandomRun, 'seed'>> {
  const em = running.orm.em.fork();
  const councilId = demonstrationCouncil;
  const plans = await em.find(Plan, { councilId, year: financialYearId(year) });
  const late = plans.filter(({ at, since }) => at !== 'published' || since.toISOString().slice(0, 10) >= firstDay(year));
  const told = await em.find(Notice, { councilId, kind: { $in: ['guard-alarm', 'not-ready-for-publication'] } });
  const isTold = told.some(({ createdAt }) => createdAt.toISOString().slice(0, 10) < firstDay(year));
  const events = await timelineOf(em, { councilId, year: financialYearId(year), begins: new Date(0), mail: running.mail });
  const violations: string[] = plans.length === 0 ? ['the cycle has no plan'] : [];
  for (const plan of plans) violations.push(...(await violationsOf(em, running.temporal, plan)));
  const waiting = await em.count(Message, { councilId, status: 'queued', dueAt: { $lt: new Date((await running.now()) - DAY_MS) } });
  if (waiting > 0) violations.push(`${waiting} e-mails still wait although the mail server is there`);
  if (late.length > 0 && !isTold) violations.push('a plan was not published in time, and nobody was told in time');
  return { published: late.length === 0, alarmed: isTold, events: events.length, violations };
}

const DAY_MS = 86_400_000;
