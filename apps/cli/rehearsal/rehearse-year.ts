/** One year rehearsed from the opening of its cycle to the year-end report: clock skipped, people scripted, everything told. */
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { instantOf, londonDay, londonTime } from '../../../libs/calendar/council-clock.js';
import { cycleOpening, quarterOpening } from '../../../libs/calendar/timetable.js';
import { MORNING } from '../../../libs/calendar/hours.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import { financialYearId, QUARTERS, quarterEnd } from '../../../libs/domain/financial-year.js';
import { startCycle, startQuarter } from '../../../libs/temporal/start-workflows.js';
import type { CycleRef } from '../../../workflows/activity-contract.js';
import { nextActs, playAt, type Act, type Play } from './acts.js';
import { nextMorning } from './mornings.js';
import { onDays, type Mishap } from './mishaps.js';
import { TASK_QUEUE, type RunningYear } from './running-year.js';
import type { Scenario } from './scenario.js';

export interface Rehearsal {
  /** '2028/29' */
  year: string;
  councilId: string;
  /** By the plan's part of its address. */
  scenarioOf: (slug: string) => Scenario;
  /** Besides what the people of the scenarios do. */
  mishaps?: readonly Mishap[];
  /** The last day that is played, 'YYYY-MM-DD'; the whole year unless given. */
  until?: string | undefined;
  /** Hears of each day ('YYYY-MM-DD') that the rehearsal has come to. */
  tell?: (today: string) => void;
}

/**
 * Plays the year in the running council. It ends some days after the last Cabinet meeting of the year's quarters. Whoever is
 * refused tries again on the next working day.
 */
export async function rehearseYear(running: RunningYear, rehearsal: Rehearsal): Promise<void> {
  await running.startMorningRound(rehearsal.councilId);
  const script = new Script([...(rehearsal.mishaps ?? []), await openingsOf(running, rehearsal)]);
  for (;;) {
    await running.settle();
    const play = await playAt(running, rehearsal.councilId, rehearsal.scenarioOf);
    rehearsal.tell?.(play.moment.today);
    const [act] = await script.toCome(play);
    if (act && act.at <= play.now) {
      await script.perform(act, play);
      continue;
    }
    const [next] = [act?.at, await nextMorning(play)].filter((moment) => moment instanceof Date).sort((a, b) => a.getTime() - b.getTime());
    if (!next || next > (await endOf(play, rehearsal))) return;
    await running.skipTo(play.moment.council.clock.toServerTime(next).getTime());
  }
}

/** Everything that people and chance still do, each act once; whoever is refused does not ask for the same again on the same day. */
class Script {
  private readonly done = new Set<string>();
  private readonly refused = new Map<string, Date>();

  constructor(private readonly mishaps: readonly Mishap[]) {}

  /** In order of their moments. */
  async toCome(play: Play): Promise<Act[]> {
    const happens = (await Promise.all(this.mishaps.map((mishap) => mishap()))).flat();
    const acts = [...happens, ...(await nextActs(play)).map((act) => this.putOff(act, play))];
    return acts
      .filter((act) => !this.done.has(keyOf(act)))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.order.localeCompare(b.order));
  }

  async perform(act: Act, { year }: Play): Promise<void> {
    this.done.add(keyOf(act));
    try {
      await act.perform();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.refused.set(act.order, act.at);
      await year.settle();
    }
  }

  /** The act, or the same later where it was refused before. */
  private putOff(act: Act, { moment }: Play): Act {
    const last = this.refused.get(act.order);
    if (!last || act.at > last) return act;
    const day = moment.council.calendar.addWorkingDays(londonDay(last), 1);
    return { ...act, at: new Date(instantOf(day, londonTime(act.at))) };
  }
}

function keyOf({ order, at }: Act): string {
  return `${at.toISOString()} ${order}`;
}

/** What the product refuses comes back as a failure with the refusal's own code. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError ? error.cause : null;
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}

/**
 * What Schedules would have opened, on the days for which they hold it. Their openers start each as a child that outlives them;
 * the time-skipping server skips no more once such a child has ended, so here each is started without one.
 */
async function openingsOf(running: RunningYear, { year, councilId }: Rehearsal): Promise<Mishap> {
  const { calendar, settings } = await councilAtWork(running.orm.em.fork(), councilId, () => 0);
  const source = { settings: settings.timetable, calendar };
  const cycle: CycleRef = { councilId, year: financialYearId(year) };
  const open = (day: string, what: string, perform: Act['perform']): Act => ({
    at: new Date(instantOf(day, MORNING)),
    order: `open ${what}`,
    perform,
  });
  const isOpen = (await running.orm.em.fork().count(Cycle, cycle)) > 0;
  return onDays(
    ...(isOpen ? [] : [open(cycleOpening(year, source), 'cycle', () => startCycle(running.temporal, TASK_QUEUE, cycle))]),
    ...QUARTERS.map((quarter) =>
      open(quarterOpening(year, quarter, calendar), `quarter ${quarter}`, () =>
        startQuarter(running.temporal, TASK_QUEUE, { ...cycle, quarter }),
      ),
    ),
  );
}

/** Working days after the last meeting in which the clerk records what it did. */
const AFTER_THE_LAST_MEETING = 3;

async function endOf({ em, moment }: Play, { year, until }: Rehearsal): Promise<Date> {
  if (until) return new Date(instantOf(until, '23:45'));
  const { council } = moment;
  const cabinet = (await meetingsOf(em, council.id)).filter(({ body }) => body === council.settings.timetable.bodies.cabinet);
  const reported = cabinet.filter(({ considers }) => considers.some((item) => item.what === 'quarter' && item.year === year));
  const last = [quarterEnd(year, 4), ...cabinet.map(({ date }) => date), ...reported.map(({ date }) => date)].sort().at(-1)!;
  return new Date(instantOf(council.calendar.addWorkingDays(last, AFTER_THE_LAST_MEETING), MORNING));
}
