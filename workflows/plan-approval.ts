/** One plan's way through one year: drafted by its leader, before each body of the route, completed, published on its date. */
import { allHandlersFinished, condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { after, awaitedTasks, isOver, isReadyToPublish, ruleFor, type PlanState, type Route, type StepName } from '../libs/domain/route.js';
import type { Activities, PlanRef, PlanWaits, StepAnswer, StepRequest } from './activity-contract.js';
import { AlarmClock } from './alarm-clock.js';
import { awaited, planState, takeStep, timetableMoved, waitsChanged } from './messages.js';
import { refusal, unwrapRefusal } from './refusal.js';
import { recording } from './retry-policies.js';
import { Turns } from './turns.js';

const activities = proxyActivities<Activities>(recording);

const MOVED_ON = 'The plan has moved on, so this can no longer be done. Look at the plan to see where it stands now.';

export interface PlanApprovalInput extends PlanRef {
  route: Route;
  /** Where the plan stands: at its beginning, or where an earlier history ended. */
  state: PlanState;
  /** Known from an earlier history. */
  waits?: PlanWaits;
  toldNotReady?: boolean;
}

/** Runs until the plan is published or formally given up, and returns which. */
export async function planApproval(input: PlanApprovalInput): Promise<PlanState> {
  const plan = new PlanOnItsWay(input);
  setHandler(planState, () => plan.state);
  setHandler(awaited, () => awaitedTasks(input.route, plan.state));
  setHandler(takeStep, (request) => plan.take(request), { validator: (request: StepRequest) => plan.refuseUnlessBusy(request.step) });
  setHandler(timetableMoved, (number) => plan.lookUpDatesAgain(number));
  setHandler(waitsChanged, () => plan.lookUpWaits());

  await plan.open();
  await Promise.race([
    Promise.all([plan.remind(), plan.askForFullPlan(), plan.publishOnItsDate()]),
    condition(() => workflowInfo().continueAsNewSuggested),
  ]);
  await condition(allHandlersFinished);
  if (!isOver(plan.state)) await continueAsNew<typeof planApproval>({ ...input, ...plan.carryOver() });
  return plan.state;
}

/** The plan as its workflow knows it: where it stands and when to act next. What was written and decided is in the database. */
class PlanOnItsWay {
  state: PlanState;
  private waits: PlanWaits | null;
  private toldNotReady: boolean;
  private timetable = 0;
  private readonly turns = new Turns();
  private readonly isOver = () => isOver(this.state);

  constructor(private readonly input: PlanApprovalInput) {
    this.state = input.state;
    this.waits = input.waits ?? null;
    this.toldNotReady = input.toldNotReady ?? false;
  }

  carryOver(): Pick<PlanApprovalInput, 'state' | 'waits' | 'toldNotReady'> {
    return { state: this.state, toldNotReady: this.toldNotReady, ...(this.waits ? { waits: this.waits } : {}) };
  }

  async open(): Promise<void> {
    if (this.state.at === 'opening') await this.turns.take(() => this.takeByItself('open'));
    this.waits ??= await activities.planWaits(this.ref());
  }

  /** A step by a person. Two at once are taken one after the other, and the second is asked again whether it still can be. */
  take(request: StepRequest): Promise<StepAnswer> {
    return this.turns.take(async () => {
      this.refuseIfNotNow(request.step);
      const answer = await this.record(request);
      if (!answer) throw refusal('not-now', MOVED_ON);
      return answer;
    });
  }

  /** At the door; whoever comes while another step is being recorded is asked when their turn comes. */
  refuseUnlessBusy(step: StepName): void {
    if (!this.turns.isBusy) this.refuseIfNotNow(step);
  }

  private refuseIfNotNow(step: StepName): void {
    const rule = ruleFor(this.input.route, this.state, step);
    if (!rule || rule.by === 'product') throw refusal('not-now', MOVED_ON);
  }

  /** Reminds whoever has the plan until it is over. */
  async remind(): Promise<void> {
    const clock = new AlarmClock();
    while (await clock.waitFor(() => this.waits?.remindAt ?? null, this.isOver)) {
      await this.turns.take(async () => {
        const remindAt = await activities.remindOfPlan(this.ref());
        if (this.waits) this.waits = { ...this.waits, remindAt };
      });
    }
  }

  /** In parallel with the committees, from its date on, the head of service is asked to complete the full plan. */
  async askForFullPlan(): Promise<void> {
    const asked = () => this.isOver() || this.state.fullPlan !== 'not-asked-for';
    if (!(await new AlarmClock().waitFor(() => this.waits?.askForFullPlanAt ?? null, asked))) return;
    await this.turns.take(async () => {
      if (!asked()) await this.takeByItself('ask-for-full-plan');
    });
  }

  /** On the publication date the plan is published; if it is not ready, a named person is told once and the plan stays until it is. */
  async publishOnItsDate(): Promise<void> {
    const clock = new AlarmClock();
    while (await clock.waitFor(() => this.waits?.publishAt ?? null, this.isOver)) {
      if (!isReadyToPublish(this.state) && !this.toldNotReady) {
        this.toldNotReady = true;
        await activities.tellNotReady(this.ref());
      }
      await condition(() => isReadyToPublish(this.state) || this.isOver());
      await this.turns.take(async () => {
        // A later day may have been accepted while the plan was not ready: then the loop waits for that one.
        if (isReadyToPublish(this.state) && this.hasItsDateCome()) await this.takeByItself('publish');
      });
    }
  }

  private hasItsDateCome(): boolean {
    return Date.parse(this.waits?.publishAt ?? '') <= Date.now();
  }

  async lookUpDatesAgain(number: number): Promise<void> {
    if (number <= this.timetable) return;
    this.timetable = number;
    await this.lookUpWaits();
  }

  async lookUpWaits(): Promise<void> {
    await this.turns.take(async () => {
      this.waits = await activities.planWaits(this.ref());
    });
  }

  private takeByItself(step: StepName): Promise<StepAnswer | null> {
    const key = `${this.input.planId}/${step}/${this.state.round}`;
    return this.record({ step, personId: null, key, bodyHash: key });
  }

  private async record(request: Omit<StepRequest, 'personId'> & { personId: string | null }): Promise<StepAnswer | null> {
    const to = after(this.input.route, this.state, request.step);
    try {
      const { answer, state, waits } = await activities.recordTransition({ ...this.ref(), request, from: this.state, to });
      this.state = state;
      this.waits = waits;
      return answer;
    } catch (error) {
      throw unwrapRefusal(error);
    }
  }

  private ref(): PlanRef & { at: string } {
    return { councilId: this.input.councilId, planId: this.input.planId, at: new Date(Date.now()).toISOString() };
  }
}
