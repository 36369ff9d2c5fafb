/** The route that a council's plans take, and the one table of what may be done at each step of it. */

/** What people can be; a scope narrows it to one priority or one body. */
export const ROLES = ['priority-leader', 'head-of-service', 'gmt', 'committee-clerk', 'performance-team', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** What a body does with a plan that comes before it: a setting of the council, since councils differ (domain.md a, "who decides"). */
export type Power = 'draft' | 'review' | 'approve' | 'recommend' | 'note';

/** The dates of the approval timetable that a stage can fall due on. */
export type DeadlineName = 'draftDue' | 'gmtMeeting' | 'committeeMeeting' | 'cabinetMeeting' | 'councilMeeting';

/** One stage of a route: who has the plan, with what power, until when. */
export interface Stage {
  id: string;
  /** As people say it: "Drafting", "GMT review", "Overview and Scrutiny Committee". */
  title: string;
  /** The id of the body that meets, null while the plan is drafted. */
  body: string | null;
  power: Power;
  role: Role;
  deadline: DeadlineName;
  /** Working days in which an executive decision can be called in; 0 where it cannot. */
  callInDays: number;
}

/** A route is data: a cycle keeps the one it started with. */
export interface Route {
  id: string;
  version: number;
  stages: Stage[];
}

/** Where a plan is when no body has it any more. */
export type EndOfRoute = 'publication' | 'published' | 'given-up';

/** Where a plan stands in its year. Small enough to travel in a workflow's history. */
export interface PlanState {
  /** 'opening' before the cycle has opened the draft, a stage's id, or an end of the route. */
  at: string;
  /** Goes up by one with each return, so that decisions of different rounds stay apart. */
  round: number;
  /** The parts that the full plan adds to the approved extract. */
  fullPlan: 'not-asked-for' | 'asked-for' | 'complete';
}

export type StepName =
  | 'open'
  | 'submit'
  | 'return'
  | 'agree'
  | 'approve'
  | 'recommend'
  | 'note'
  | 'refer-back'
  | 'ask-for-full-plan'
  | 'complete'
  | 'publish'
  | 'give-up';

/** What a step must come with. */
export type Need = 'draft' | 'version' | 'reason' | 'minute';

/** Where a step leads: the next stage, back to the start in a new round, or nowhere. */
type Destination = 'next' | 'first' | 'stay' | 'published' | 'given-up';

export interface StepRule {
  step: StepName;
  /** What the step's button says. */
  label: string;
  /** The power of the stage it belongs to, or the place after the last stage. */
  from: readonly (Power | 'opening' | 'publication' | 'any')[];
  to: Destination;
  /** 'stage': whoever has the plan at this stage; 'product': no person, the workflow itself. */
  by: 'stage' | 'product' | Role;
  needs: readonly Need[];
  /** An effective decision ends the stage: there is one for each plan, stage and round (I2). */
  effective: boolean;
}

/** Every step there is. Buttons, the API's answer, the Update's validator and the exhaustive test read this table. */
export const STEPS: readonly StepRule[] = [
  { step: 'open', label: 'Open', from: ['opening'], to: 'next', by: 'product', needs: [], effective: false },
  { step: 'submit', label: 'Submit', from: ['draft'], to: 'next', by: 'stage', needs: ['draft'], effective: false },
  { step: 'agree', label: 'Agree for committee', from: ['review'], to: 'next', by: 'stage', needs: ['version'], effective: true },
  {
    step: 'return',
    label: 'Return with a reason',
    from: ['review'],
    to: 'first',
    by: 'stage',
    needs: ['version', 'reason'],
    effective: true,
  },
  { step: 'approve', label: 'Approved', from: ['approve'], to: 'next', by: 'stage', needs: ['version', 'minute'], effective: true },
  { step: 'recommend', label: 'Recommended', from: ['recommend'], to: 'next', by: 'stage', needs: ['version', 'minute'], effective: true },
  { step: 'note', label: 'Noted', from: ['note'], to: 'next', by: 'stage', needs: ['version', 'minute'], effective: true },
  // A committee that is asked to decide and only notes has not decided: the plan stays before it (domain.md a, January 2025).
  {
    step: 'note',
    label: 'Noted, not decided',
    from: ['approve', 'recommend'],
    to: 'stay',
    by: 'stage',
    needs: ['version', 'minute'],
    effective: false,
  },
  {
    step: 'refer-back',
    label: 'Referred back',
    from: ['approve', 'recommend', 'note'],
    to: 'first',
    by: 'stage',
    needs: ['version', 'reason', 'minute'],
    effective: true,
  },
  { step: 'ask-for-full-plan', label: 'Ask for the full plan', from: ['any'], to: 'stay', by: 'product', needs: [], effective: false },
  {
    step: 'complete',
    label: 'Sign off the full plan',
    from: ['any'],
    to: 'stay',
    by: 'head-of-service',
    needs: ['draft'],
    effective: false,
  },
  { step: 'publish', label: 'Publish', from: ['publication'], to: 'published', by: 'product', needs: [], effective: false },
  {
    step: 'give-up',
    label: 'Give up this plan',
    from: ['any'],
    to: 'given-up',
    by: 'performance-team',
    needs: ['reason'],
    effective: false,
  },
];

/** Where a plan begins before its cycle has opened the draft. */
export const beginning: PlanState = { at: 'opening', round: 1, fullPlan: 'not-asked-for' };

/** The stage a plan is at, or null before the first and after the last. */
export function stageOf(route: Route, state: PlanState): Stage | null {
  return route.stages.find((stage) => stage.id === state.at) ?? null;
}

/** Whether the plan's way is over: published, or formally given up. */
export function isOver(state: PlanState): boolean {
  return state.at === 'published' || state.at === 'given-up';
}

/** Whether nothing but the date keeps the plan from publication: decided by every body of its route, and complete. */
export function isReadyToPublish(state: PlanState): boolean {
  return state.at === 'publication' && state.fullPlan === 'complete';
}

/** The rules of the steps that can be taken where the plan stands, whoever asks. */
export function stepsAt(route: Route, state: PlanState): StepRule[] {
  if (isOver(state)) return [];
  const place = stageOf(route, state)?.power ?? (state.at as 'opening' | 'publication');
  return STEPS.filter((rule) => (rule.from.includes(place) || rule.from.includes('any')) && !isRuledOut(rule, state));
}

function isRuledOut(rule: StepRule, state: PlanState): boolean {
  switch (rule.step) {
    case 'ask-for-full-plan':
      return state.at === 'opening' || state.fullPlan !== 'not-asked-for';
    case 'complete':
      return state.at === 'opening' || state.fullPlan !== 'asked-for';
    case 'publish':
      return !isReadyToPublish(state);
    case 'give-up':
      return state.at === 'opening';
    default:
      return false;
  }
}

/** The rule of one step where the plan stands, or null if it cannot be taken there. */
export function ruleFor(route: Route, state: PlanState, step: StepName): StepRule | null {
  return stepsAt(route, state).find((rule) => rule.step === step) ?? null;
}

/** The role that takes a step where the plan stands; null for a step that the product takes itself. */
export function roleFor(route: Route, state: PlanState, rule: StepRule): Role | null {
  if (rule.by === 'product') return null;
  if (rule.by !== 'stage') return rule.by;
  return stageOf(route, state)?.role ?? null;
}

/**
 * Where the plan stands after a step.
 * @throws Error if the step cannot be taken there: callers ask `ruleFor` first, so this is a fault and no refusal
 */
export function after(route: Route, state: PlanState, step: StepName): PlanState {
  const rule = ruleFor(route, state, step);
  if (!rule) throw new Error(`The step ${step} cannot be taken at ${state.at}.`);
  switch (rule.to) {
    case 'next':
      return { ...state, at: nextPlace(route, state) };
    case 'first':
      return { at: firstStage(route).id, round: state.round + 1, fullPlan: reopened(state.fullPlan) };
    case 'published':
    case 'given-up':
      return { ...state, at: rule.to };
    case 'stay':
      return { ...state, fullPlan: fullPlanAfter(state, step) };
  }
}

function nextPlace(route: Route, state: PlanState): string {
  const index = route.stages.findIndex((stage) => stage.id === state.at);
  return route.stages[index + 1]?.id ?? 'publication';
}

function firstStage(route: Route): Stage {
  const [first] = route.stages;
  if (!first) throw new Error('A route needs at least one stage.');
  return first;
}

/** What was signed off went with a text that is now rewritten, so it is looked through and signed off again. */
function reopened(fullPlan: PlanState['fullPlan']): PlanState['fullPlan'] {
  return fullPlan === 'complete' ? 'asked-for' : fullPlan;
}

function fullPlanAfter(state: PlanState, step: StepName): PlanState['fullPlan'] {
  if (step === 'ask-for-full-plan') return 'asked-for';
  if (step === 'complete') return 'complete';
  return state.fullPlan;
}

/** What a plan waits for at a moment: one task for each, in the database as in the workflow (I5). */
export interface AwaitedTask {
  kind: 'stage' | 'full-plan';
  /** The stage's id, or 'full-plan'. */
  at: string;
  round: number;
}

/** The tasks that a plan in this state waits for. */
export function awaitedTasks(route: Route, state: PlanState): AwaitedTask[] {
  if (isOver(state) || state.at === 'opening') return [];
  const tasks: AwaitedTask[] = [];
  if (stageOf(route, state)) tasks.push({ kind: 'stage', at: state.at, round: state.round });
  if (state.fullPlan === 'asked-for') tasks.push({ kind: 'full-plan', at: 'full-plan', round: 1 });
  return tasks;
}

/** The role in a person's hands, with the priority or body that it is for; null is for all of them. */
export interface GrantedRole {
  role: Role;
  scope?: string | null;
  /** Whose role it is and past whom it went, where one stands in for somebody (`standing-in.ts`); empty for a role of one's own. */
  through?: readonly string[];
}

/** What a role's scope is compared with: a priority for those who write, a body for its clerk. */
export function scopeOf(role: Role, priority: string, stage: Stage | null): string | null {
  if (role === 'committee-clerk') return stage?.body ?? null;
  if (role === 'priority-leader' || role === 'head-of-service') return priority;
  return null;
}

/** Whether someone with these roles may take the step: the one answer for buttons, API and record. */
export function mayTake(route: Route, state: PlanState, rule: StepRule, priority: string, granted: readonly GrantedRole[]): boolean {
  return takenBy(route, state, rule, priority, granted) !== null;
}

/** The role by which someone takes the step: one of their own before one that they stand in for; null if they may not. */
export function takenBy(
  route: Route,
  state: PlanState,
  rule: StepRule,
  priority: string,
  granted: readonly GrantedRole[],
): GrantedRole | null {
  const role = roleFor(route, state, rule);
  if (!role) return null;
  const scope = scopeOf(role, priority, stageOf(route, state));
  const fit = granted.filter((grant) => grant.role === role && ((grant.scope ?? null) === null || grant.scope === scope));
  return ownFirst(fit);
}

/** Whoever has a role of their own acts in their own name. */
export function ownFirst<Granted extends Pick<GrantedRole, 'through'>>(granted: readonly Granted[]): Granted | null {
  return granted.find(({ through }) => !through?.length) ?? granted[0] ?? null;
}

/** The mission's route: the leader drafts, GMT reviews, the Overview and Scrutiny Committee approves. */
export const missionRoute: Route = {
  id: 'overview-and-scrutiny-approves',
  version: 1,
  stages: [
    { id: 'drafting', title: 'Drafting', body: null, power: 'draft', role: 'priority-leader', deadline: 'draftDue', callInDays: 0 },
    { id: 'gmt-review', title: 'GMT review', body: 'gmt', power: 'review', role: 'gmt', deadline: 'gmtMeeting', callInDays: 0 },
    {
      id: 'overview-and-scrutiny',
      title: 'Overview and Scrutiny Committee',
      body: 'overview-and-scrutiny',
      power: 'approve',
      role: 'committee-clerk',
      deadline: 'committeeMeeting',
      callInDays: 0,
    },
  ],
};
