/** A product whose council has a day on which much falls due, put together into seconds of the server's time, and out of whose reach it can be put. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { takePlanStep, writeFullPlan } from '../../apps/cli/rehearsal/cast.js';
import { writePlanBefore } from '../../apps/cli/rehearsal/rehearsed-council.js';
import { demonstrationCalendar, writeCouncilBy } from '../../apps/cli/demonstration/write-council.js';
import { instantOf } from '../../libs/calendar/council-clock.js';
import { Council } from '../../libs/database/entities/council.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { Person } from '../../libs/database/entities/people.js';
import { Plan } from '../../libs/database/entities/plans.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { openDatabase } from '../../libs/database/orm.js';
import { startCycle } from '../../libs/temporal/start-workflows.js';
import { timetableMoved, waitsChanged } from '../../workflows/messages.js';
import { cycleWorkflowId, planWorkflowId, quarterWorkflowId } from '../../workflows/workflow-ids.js';
import { startProduct, type Product } from '../support/product.js';
import { councilId, people, until, year, type PersonInTest } from '../support/running-council.js';

/** Monday 16 March 2026: the report for GMT, a draft, the first alarm of the guard and publication all fall due. */
export const THE_DAY = '2026-03-16';
const TASK_QUEUE = 'plancycle';
const THIRD_QUARTER = quarterWorkflowId(councilId, '2025-26', 3);

/** What each plan waits for: its publication, its leader, and whatever a test does with it. */
export const PLANS = { ready: 'community-safety', late: 'housing', other: 'environment' } as const;
export type PlanInOutage = keyof typeof PLANS;

/** Starts the product at six in the morning of the day, with one plan ready for publication and the drafts of two others. */
export async function startCouncilInOutage(): Promise<Product> {
  const product = await startProduct(THE_DAY, { prepare: writeCouncilOfTheDay });
  await until(async () => (await product.orm.em.fork().count(Plan, { year, at: 'drafting' })) === 3);
  await until(async () => (await product.orm.em.fork().count(Quarter, { quarter: 3 })) === 1);
  await makeReady(product);
  return product;
}

export function planOf({ orm }: Product, plan: PlanInOutage): Promise<Plan> {
  return orm.em.fork().findOneOrFail(Plan, { councilId, year, slug: PLANS[plan] });
}

/**
 * Lets the council's clock show a time on a day at a moment of the server's. What waits to be sent keeps its council time.
 * @param moment in the server's time, milliseconds
 */
export async function setClock({ orm }: Pick<Product, 'orm'>, day: string, time: string, moment: number): Promise<void> {
  const em = orm.em.fork();
  const { clockOffsetMs } = await em.findOneOrFail(Council, councilId);
  const offset = Date.parse(instantOf(day, time)) - moment;
  const later = Number(clockOffsetMs) - offset;
  await em.execute('update council set clock_offset_ms = ? where id = ?', [offset, councilId]);
  await em.execute(
    `update message set due_at = due_at + ? * interval '1 millisecond', next_attempt_at = next_attempt_at + ? * interval '1 millisecond'
     where status = 'queued'`,
    [later, later],
  );
}

/** Seven, eight and nine o'clock of the day come to lie a second apart. @param seven when, in the server's time */
export async function putTogether(product: Product, seven: number): Promise<void> {
  await setClock(product, THE_DAY, '07:00', seven);
  await product.temporal.workflow.getHandle(THIRD_QUARTER).signal(timetableMoved, 1_000_000);
  await isQuiet(product, THIRD_QUARTER);
  await setClock(product, THE_DAY, '08:00', seven + 1_000);
  await lookUpDates(product, 'late');
  // The guard is told its first alarm when the cycle begins: here it begins anew, and its plans go on.
  await product.temporal.workflow.getHandle(cycleWorkflowId(councilId, year)).terminate('its alarm is to be soon');
  await startCycle(product.temporal, TASK_QUEUE, { councilId, year });
  await isQuiet(product, cycleWorkflowId(councilId, year));
  await setClock(product, THE_DAY, '09:00', seven + 2_000);
  await lookUpDates(product, 'ready');
}

/** Lets a plan look up its dates by the council's present clock. */
export async function lookUpDates(product: Product, plan: PlanInOutage): Promise<void> {
  const workflowId = planWorkflowId(councilId, year, PLANS[plan]);
  await product.temporal.workflow.getHandle(workflowId).signal(waitsChanged);
  await isQuiet(product, workflowId);
}

/** How many of a workflow's timers have rung. */
export async function timersRung({ temporal }: Product, workflowId: string): Promise<number> {
  const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.timerFiredEventAttributes).length;
}

/** The workflows whose moments the day brings. */
export const TIMED = [
  THIRD_QUARTER,
  cycleWorkflowId(councilId, year),
  planWorkflowId(councilId, year, PLANS.ready),
  planWorkflowId(councilId, year, PLANS.late),
];

async function writeCouncilOfTheDay(databaseUrl: string): Promise<void> {
  const orm = await openDatabase(databaseUrl);
  const { timetable, meetings, ...rest } = await demonstrationCalendar();
  const moved = { '2026-02-10': '2026-03-23', '2026-03-03': '2026-04-21' } as Record<string, string>;
  const calendar = {
    ...rest,
    meetings: meetings.map((meeting) => ({ ...meeting, date: moved[meeting.date] ?? meeting.date })),
    timetable: {
      ...timetable,
      guard: { ...timetable.guard, first: 12 },
      years: { '2026/27': { fullPlanDue: '2026-03-13', publication: THE_DAY } },
    },
  };
  const six = new Date(instantOf(THE_DAY, '06:00'));
  await orm.em.fork().transactional(async (em) => {
    await writeCouncilBy(em, calendar, six.getTime() - Date.now());
    for (const title of ['Community Safety', 'Housing', 'Environment']) await writePlanBefore(em, '2026/27', title, six);
  });
  await orm.close();
}

async function makeReady(product: Product): Promise<void> {
  const em = product.orm.em.fork();
  const idOf = async (person: PersonInTest): Promise<string> => (await em.findOneOrFail(Person, { name: people[person] })).id;
  const plan = await planOf(product, 'ready');
  await takePlanStep(product, plan, await idOf('leader'), 'submit', { reason: 'The figures come with the outturn.' });
  await takePlanStep(product, plan, await idOf('gmt'), 'agree');
  await takePlanStep(product, plan, await idOf('clerk'), 'approve', { minute: '42' });
  await writeFullPlan({ orm: product.orm, now: () => Promise.resolve(Date.now()) }, plan, await idOf('leader'));
  await takePlanStep(product, plan, await idOf('leader'), 'complete');
  await dueToday(product.orm, (await planOf(product, 'late')).id);
}

/** The drafts that a late cycle asks for are due some days later; this one today, and its leader was reminded of it on Friday. */
async function dueToday(orm: MikroORM, planId: string): Promise<void> {
  const task = await orm.em.fork().findOneOrFail(Task, { planId, at: 'drafting' });
  await orm.em.fork().nativeUpdate(Task, { id: task.id }, { dueOn: THE_DAY, remindedOn: '2026-03-13' });
}

/** Waits until nobody has anything to do for a workflow at the moment. */
async function isQuiet({ temporal }: Product, workflowId: string): Promise<void> {
  await until(async () => {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    return (raw.pendingActivities?.length ?? 0) === 0 && !raw.pendingWorkflowTask;
  });
}
