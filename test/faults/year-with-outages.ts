/** A year on the skipped clock in which nothing runs for some days, and what of it can be compared with the same year without. */
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { wakeMorningRound } from '../../activities/pending-signals.js';
import type { Act } from '../../apps/cli/rehearsal/acts.js';
import { violationsOf } from '../../apps/cli/rehearsal/invariants.js';
import { onDays } from '../../apps/cli/rehearsal/mishaps.js';
import { rehearseYear } from '../../apps/cli/rehearsal/rehearse-year.js';
import { writeRehearsedCouncil } from '../../apps/cli/rehearsal/rehearsed-council.js';
import { RunningYear } from '../../apps/cli/rehearsal/running-year.js';
import { scenarios } from '../../apps/cli/rehearsal/scenario.js';
import type { Stage } from '../../apps/cli/rehearsal/stage.js';
import { timelineOf } from '../../apps/cli/rehearsal/timeline.js';
import { instantOf, londonDay, londonTime } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { Absence, Person } from '../../libs/database/entities/people.js';
import { Plan } from '../../libs/database/entities/plans.js';
import { Message, Notice } from '../../libs/database/entities/tasks.js';
import { councilId, people } from '../support/running-council.js';

/** The hour of an outage's first day at which everything ends, and of the day after its last at which everything is back. */
const HOUR = '05:00';
const DAYS = 3;
/** One plan whose people do everything in time, and one for which nobody does anything. */
const PLANS = { 'community-safety': 'on-time', 'business-growth': 'nobody-acts' } as const;
const UNTIL = '2026-07-10';

/** One thing that happened: who did or was told what, and on which council day. */
export interface Happened {
  day: string;
  what: string;
}

export interface PlayedYear {
  /** Tasks, decisions, reminders, alarms, reports and each e-mail that leaves at once, in order. */
  happened: Happened[];
  /** Digests that left: to whom, the day and the time in London. */
  digests: { to: string; subject: string; day: string; time: string }[];
  /** Which alarms of the guard were raised, counted by its calendar. */
  alarms: string[];
  waiting: number;
  violations: string[];
}

/** @param outages the first days of three in which nothing runs, 'YYYY-MM-DD' */
export async function playYear(stage: Stage, outages: readonly string[]): Promise<PlayedYear> {
  const running = await RunningYear.start(await stage.newDatabase());
  try {
    const now = await running.now();
    await running.orm.em.fork().transactional((em) => writeRehearsedCouncil(em, '2026/27', ['Community Safety', 'Business Growth'], now));
    await rehearseYear(running, {
      ...{ year: '2026/27', councilId, until: UNTIL },
      scenarioOf: (slug) => scenarios[PLANS[slug as keyof typeof PLANS]],
      mishaps: [onDays(absence(running), ...outages.map((day) => outage(running, day)))],
    });
    return await whatHappened(running);
  } finally {
    await running.close();
  }
}

/** The day on which something is done that is meant for a day: its own, or the first after the outage that it falls into. */
export function dayWith(outages: readonly string[], day: string): string {
  const first = outages.find((from) => from <= day && day < backOn(from));
  return first ? backOn(first) : day;
}

/** The day on which everything is back. */
export function backOn(outage: string): string {
  return Temporal.PlainDate.from(outage).add({ days: DAYS }).toString();
}

function outage(running: RunningYear, day: string): Act {
  const perform = (): Promise<void> => running.outage(DAYS * 86_400_000);
  return { at: new Date(instantOf(day, HOUR)), order: `nothing runs from ${day}`, perform };
}

/** The performance officer is away for two weeks in February, and the manager stands in. */
function absence({ orm }: RunningYear): Act {
  const perform = async (): Promise<void> => {
    const em = orm.em.fork();
    const idOf = async (name: string): Promise<string> => (await em.findOneOrFail(Person, { name })).id;
    const [personId, standInId] = [await idOf('Sam Whitlock'), await idOf(people.performance)];
    const days = { firstDay: '2026-02-10', lastDay: '2026-02-20', recordedAt: new Date(instantOf('2025-12-01', '10:00')) };
    await em.insert(Absence, { id: randomUUID(), councilId, personId, standInId, handovers: [], recordedBy: personId, ...days });
    await wakeMorningRound(em, councilId);
  };
  return { at: new Date(instantOf('2025-12-01', '10:00')), order: 'an absence is recorded', perform };
}

async function whatHappened({ orm, temporal, mail }: RunningYear): Promise<PlayedYear> {
  const em = orm.em.fork();
  const { clock } = await councilAtWork(em, councilId, () => 0);
  const events = await timelineOf(em, { councilId, year: '2026-27', begins: new Date(0), mail });
  const subjects = new Map(mail.seen.map(({ messageId, subject }) => [messageId, subject]));
  const sent = (await em.find(Message, { councilId, status: 'sent' })).map((message) => ({
    ...{ to: message.recipientEmail, isDigest: Boolean(message.digestOn), subject: subjects.get(message.id) ?? '' },
    at: clock.toCouncilTime(message.sentAt!),
  }));
  const plans = await em.find(Plan, { year: '2026-27' });
  const violations: string[] = [];
  for (const plan of plans) violations.push(...(await violationsOf(em, temporal, plan)));
  const alarms = await em.find(Notice, { kind: 'guard-alarm', recipient: 'helen.marsh@broxtowe.example' });
  return {
    happened: [
      ...events
        .filter(({ kind }) => kind !== 'email')
        .map(({ at, kind, plan, step, who, what }) => ({
          day: londonDay(new Date(at)),
          what: [kind, plan, step, who, what].filter(Boolean).join(' | '),
        })),
      ...sent
        .filter(({ isDigest }) => !isDigest)
        .map(({ at, to, subject }) => ({ day: londonDay(at), what: `email | ${to} | ${subject}` })),
    ].sort((a, b) => (`${a.day} ${a.what}` < `${b.day} ${b.what}` ? -1 : 1)),
    digests: sent
      .filter(({ isDigest }) => isDigest)
      .map(({ to, subject, at }) => ({ to, subject, day: londonDay(at), time: londonTime(at) })),
    alarms: alarms
      .map(({ occurrence }) => Number(occurrence))
      .sort((a, b) => a - b)
      .map(String),
    waiting: await em.count(Message, { councilId, status: 'queued' }),
    violations,
  };
}
