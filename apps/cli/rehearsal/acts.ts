/** What the people of a rehearsal would do next, from what is asked of them now and the scenario of each plan. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { councilMoment, type CouncilMoment } from '../../../activities/council-moment.js';
import { peopleWithRole } from '../../../activities/person-roles.js';
import { instantOf, londonDay } from '../../../libs/calendar/council-clock.js';
import { ActionUpdate, Measurement, Quarter } from '../../../libs/database/entities/monitoring.js';
import type { Person } from '../../../libs/database/entities/people.js';
import { Cycle, Plan, PlanVersion } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { scopeOf, stageOf, type Role } from '../../../libs/domain/route.js';
import { giveUpdates, noteReport, takePlanStep, writeFullPlan } from './cast.js';
import type { RunningYear } from './running-year.js';
import type { Scenario } from './scenario.js';
import { intended } from './timeline.js';

/** The hours at which people do things, council time: each on a quarter of an hour, as everything of a rehearsal. */
const HOURS = { submit: '10:00', review: '15:00', decide: '19:00', complete: '11:00', update: '14:00', note: '12:00' } as const;

/** Working days before the day it is due that people sign off the full plan and give their updates. */
const EARLY = 3;

export interface Act {
  /** The moment in the council's time. */
  at: Date;
  /** Its place among acts of the same moment. */
  order: string;
  perform: () => Promise<void>;
}

/** A council at one moment, with what each of its plans goes through. */
export interface Play {
  year: RunningYear;
  em: EntityManager;
  moment: CouncilMoment;
  /** The quarter of an hour that it is, in the council's time: people act at the full quarter. */
  now: Date;
  scenarioOf: (slug: string) => Scenario;
  /** Everything that is asked of somebody. */
  open: readonly Task[];
}

/** @param scenarioOf by the plan's part of its address */
export async function playAt(year: RunningYear, councilId: string, scenarioOf: Play['scenarioOf']): Promise<Play> {
  const em = year.orm.em.fork();
  const moment = await councilMoment(em, councilId, new Date(await year.now()).toISOString());
  const open = await em.find(Task, { councilId, closedAt: null });
  return { year, em, moment, now: new Date(intended(moment.at)), scenarioOf, open };
}

/** Every act that somebody would take if nothing else happened, in order of their moments; none of them in the past. */
export async function nextActs(play: Play): Promise<Act[]> {
  const { open } = play;
  const plans = await play.em.find(Plan, { id: { $in: open.flatMap(({ planId }) => (planId ? [planId] : [])) } });
  const acts: (Act | null)[] = [];
  for (const task of open) {
    const plan = plans.find(({ id }) => id === task.planId);
    if (plan) acts.push(await actOfPlan(play, plan, task));
  }
  acts.push(...(await actsOfQuarters(play)));
  return acts.filter((act) => act !== null).sort((a, b) => a.at.getTime() - b.at.getTime() || a.order.localeCompare(b.order));
}

async function actOfPlan(play: Play, plan: Plan, task: Task): Promise<Act | null> {
  const scenario = play.scenarioOf(plan.slug);
  if (task.kind === 'full-plan') return scenario.othersAct ? completeFullPlan(play, plan, task) : null;
  const cycle = await play.em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const stage = stageOf(cycle.route, { ...plan, at: task.at });
  if (!stage) return null;
  if (stage.power === 'draft') return submit(play, plan, task, scenario);
  const decider = await deciderOf(play, plan, stage.role, scopeOf(stage.role, plan.slug, stage));
  if (!decider) return null;
  if (stage.power === 'review') return review(play, plan, task, scenario, decider);
  return decide(play, plan, task, scenario, decider, stage.power);
}

async function submit(play: Play, plan: Plan, task: Task, { submits }: Scenario): Promise<Act | null> {
  const leader = submits === null ? null : await firstWith(play, 'priority-leader', plan.slug);
  if (submits === null || !leader) return null;
  // A draft that was returned is sent again on the day it is due at the latest.
  const days = plan.round === 1 ? submits : -1;
  const words = { reason: 'The figures that are still missing come with the outturn.' };
  return act(play, dayFrom(play, task.dueOn ?? play.moment.today, days), HOURS.submit, `${plan.slug} submit`, () =>
    takePlanStep(play.year, plan, leader.id, 'submit', words),
  );
}

function review(play: Play, plan: Plan, task: Task, { returns }: Scenario, decider: Person): Act {
  const step = plan.round <= returns ? 'return' : 'agree';
  const words = step === 'return' ? { reason: 'Please explain the new targets.' } : {};
  return act(play, task.dueOn ?? play.moment.today, HOURS.review, `${plan.slug} ${step}`, () =>
    takePlanStep(play.year, plan, decider.id, step, words),
  );
}

function decide(
  play: Play,
  plan: Plan,
  task: Task,
  { returns, refersBack }: Scenario,
  decider: Person,
  power: 'approve' | 'recommend' | 'note',
): Act {
  const isReferred = plan.round - returns <= refersBack;
  const step = isReferred ? 'refer-back' : power;
  const words = { minute: `${plan.round}/${plan.year}`, ...(isReferred ? { reason: 'The committee asks for other targets.' } : {}) };
  return act(play, task.dueOn ?? play.moment.today, HOURS.decide, `${plan.slug} ${step}`, () =>
    takePlanStep(play.year, plan, decider.id, step, words),
  );
}

async function completeFullPlan(play: Play, plan: Plan, task: Task): Promise<Act | null> {
  const head = await firstWith(play, 'head-of-service', plan.slug);
  if (!head) return null;
  return act(play, dayFrom(play, task.dueOn ?? play.moment.today, -EARLY), HOURS.complete, `${plan.slug} complete`, async () => {
    await writeFullPlan(play.year, plan, head.id);
    await takePlanStep(play.year, plan, head.id, 'complete');
  });
}

async function actsOfQuarters(play: Play): Promise<(Act | null)[]> {
  const { em, moment, open } = play;
  const quarters = await em.find(Quarter, { id: { $in: open.flatMap(({ quarterId }) => (quarterId ? [quarterId] : [])) } });
  return Promise.all(quarters.map((period) => (period.status === 'with-cabinet' ? note(play, period) : update(play, period, moment))));
}

async function update(play: Play, period: Quarter, { council }: CouncilMoment): Promise<Act | null> {
  const plans = await play.em.find(Plan, { councilId: council.id, year: period.year });
  const acting = plans.filter(({ slug }) => play.scenarioOf(slug).othersAct);
  const day = dayFrom(play, period.dates.due, -EARLY);
  // Once given, what is still missing is others': nobody gives it twice.
  if (acting.length === 0 || !(await areRowsMissing(play, period, acting))) return null;
  const giver = await firstWith(play, 'performance-team', null);
  if (!giver) return null;
  return act(play, day, HOURS.update, `quarter ${period.quarter} update`, () => giveUpdates(play.year, period, acting, giver.id));
}

async function areRowsMissing({ em }: Play, { councilId, year, quarter }: Quarter, plans: readonly Plan[]): Promise<boolean> {
  const place = { councilId, year, quarter, planId: { $in: plans.map(({ id }) => id) } };
  return (await em.count(Measurement, { ...place, value: '' })) + (await em.count(ActionUpdate, { ...place, status: null })) > 0;
}

async function note(play: Play, period: Quarter): Promise<Act | null> {
  const plans = await play.em.find(Plan, { councilId: period.councilId, year: period.year });
  if (!plans.some(({ slug }) => play.scenarioOf(slug).othersAct)) return null;
  const clerk = await firstWith(play, 'committee-clerk', play.moment.council.settings.timetable.bodies.cabinet);
  if (!clerk) return null;
  return act(play, dayFrom(play, period.dates.cabinetMeeting, 1), HOURS.note, `quarter ${period.quarter} note`, () =>
    noteReport(play.year, period, clerk.id, `Q${period.quarter}/${period.year}`),
  );
}

/** Whoever has a stage and did not submit the version themselves. */
async function deciderOf(play: Play, plan: Plan, role: Role, scope: string | null): Promise<Person | null> {
  const [version] = await play.em.find(PlanVersion, { planId: plan.id, origin: 'submitted' }, { orderBy: { number: 'desc' }, limit: 1 });
  const people = await peopleWithRole(play.em, play.moment, role, scope);
  return people.find(({ id }) => id !== version?.authorId) ?? null;
}

async function firstWith(play: Play, role: Role, scope: string | null): Promise<Person | null> {
  return (await peopleWithRole(play.em, play.moment, role, scope))[0] ?? null;
}

/** So many working days after a day, or before it. */
function dayFrom({ moment }: Play, day: string, days: number): string {
  const { calendar } = moment.council;
  return days < 0 ? calendar.workingDaysBefore(day, -days) : calendar.addWorkingDays(day, days);
}

/** On its day, or on the first working day from now on where that has passed. */
function act({ moment, now }: Play, day: string, hour: string, order: string, perform: () => Promise<void>): Act {
  const wanted = new Date(instantOf(day, hour));
  if (wanted >= now) return { at: wanted, order, perform };
  const { calendar } = moment.council;
  const today = londonDay(now);
  const isToday = calendar.isWorkingDay(today) && new Date(instantOf(today, hour)) >= now;
  return { at: new Date(instantOf(isToday ? today : calendar.addWorkingDays(today, 1), hour)), order, perform };
}
