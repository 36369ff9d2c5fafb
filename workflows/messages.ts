/** What the workflows can be asked and told while they run. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AwaitedTask, PlanState } from '../libs/domain/route.js';
import type { PreparedReport, QuarterRequest, StepAnswer, StepRequest } from './activity-contract.js';

/** A person takes a step with a plan; refused unless the steps table allows it where the plan stands. */
export const takeStep = defineUpdate<StepAnswer, [StepRequest]>('takeStep');

/** Where the plan stands. */
export const planState = defineQuery<PlanState>('planState');

/** What the plan waits for; equals the open tasks in the database (I5). */
export const awaited = defineQuery<AwaitedTask[]>('awaited');

/** The approval timetable changed: look up the dates again. Numbered, so that an older one that comes late is ignored. */
export const timetableMoved = defineSignal<[number]>('timetableMoved');

/** Something changed that a workflow alone waits by, as a meeting chosen for one plan: look it up again. Coming twice it does no harm. */
export const waitsChanged = defineSignal('waitsChanged');

/** A person asks for a report now, or records that Cabinet noted it. */
export const takeQuarterStep = defineUpdate<PreparedReport, [QuarterRequest]>('takeQuarterStep');
