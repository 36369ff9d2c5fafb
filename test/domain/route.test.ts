import { describe, expect, it } from '@jest/globals';
import {
  after,
  awaitedTasks,
  beginning,
  isReadyToPublish,
  mayTake,
  missionRoute,
  ROLES,
  ruleFor,
  STEPS,
  stepsAt,
  type PlanState,
  type Role,
  type Route,
  type StepName,
} from '../../libs/domain/route.js';

/** The mission's route with Cabinet and Council after O&S, which recommends; and a body that only notes. */
const broxtoweRoute: Route = {
  id: 'council-decides',
  version: 1,
  stages: [
    ...missionRoute.stages.slice(0, 2),
    { ...missionRoute.stages[2]!, power: 'recommend' },
    { id: 'cabinet', title: 'Cabinet', body: 'cabinet', power: 'note', role: 'committee-clerk', deadline: 'cabinetMeeting', callInDays: 0 },
    {
      id: 'council',
      title: 'Council',
      body: 'council',
      power: 'approve',
      role: 'committee-clerk',
      deadline: 'councilMeeting',
      callInDays: 0,
    },
  ],
};

const places = (route: Route): string[] => ['opening', ...route.stages.map((stage) => stage.id), 'publication', 'published', 'given-up'];
const fullPlans = ['not-asked-for', 'asked-for', 'complete'] as const;
const steps = [...new Set(STEPS.map((rule) => rule.step))];

/** What is allowed, written down by hand: at each place the steps by people, and whose they are. */
const expected: Record<string, Partial<Record<StepName, Role>>> = {
  opening: {},
  drafting: { submit: 'priority-leader', complete: 'head-of-service', 'give-up': 'performance-team' },
  'gmt-review': { agree: 'gmt', return: 'gmt', complete: 'head-of-service', 'give-up': 'performance-team' },
  'overview-and-scrutiny': {
    approve: 'committee-clerk',
    note: 'committee-clerk',
    'refer-back': 'committee-clerk',
    complete: 'head-of-service',
    'give-up': 'performance-team',
  },
  publication: { complete: 'head-of-service', 'give-up': 'performance-team' },
  published: {},
  'given-up': {},
};

describe('the steps table', () => {
  it.each(places(missionRoute))(
    'allows at %s exactly what the procedure says, to exactly whom, step by role by state of the full plan',
    (at) => {
      let checked = 0;
      for (const fullPlan of fullPlans)
        for (const step of steps)
          for (const role of ROLES) {
            const state: PlanState = { at, round: 1, fullPlan };
            const rule = ruleFor(missionRoute, state, step);
            const allowed = rule !== null && mayTake(missionRoute, state, rule, 'community-safety', [{ role, scope: null }]);
            // The full plan is signed off once, when it has been asked for.
            const notAsked = step === 'complete' && fullPlan !== 'asked-for';
            expect([fullPlan, step, role, allowed]).toEqual([fullPlan, step, role, !notAsked && expected[at]?.[step] === role]);
            checked += 1;
          }
      expect(checked).toBe(fullPlans.length * steps.length * ROLES.length);
    },
  );

  it('gives a leader and a clerk only what is in their scope', () => {
    const drafting: PlanState = { at: 'drafting', round: 1, fullPlan: 'not-asked-for' };
    const submit = ruleFor(missionRoute, drafting, 'submit')!;
    expect(mayTake(missionRoute, drafting, submit, 'community-safety', [{ role: 'priority-leader', scope: 'community-safety' }])).toBe(
      true,
    );
    expect(mayTake(missionRoute, drafting, submit, 'community-safety', [{ role: 'priority-leader', scope: 'housing' }])).toBe(false);
    const before: PlanState = { ...drafting, at: 'overview-and-scrutiny' };
    const approve = ruleFor(missionRoute, before, 'approve')!;
    expect(mayTake(missionRoute, before, approve, 'community-safety', [{ role: 'committee-clerk', scope: 'overview-and-scrutiny' }])).toBe(
      true,
    );
    expect(mayTake(missionRoute, before, approve, 'community-safety', [{ role: 'committee-clerk', scope: 'cabinet' }])).toBe(false);
  });

  it.each([missionRoute, broxtoweRoute])(
    'reaches publication only over every stage, and every state leads on or is an end ($id)',
    (route) => {
      const seen = new Map<string, PlanState>();
      const open: PlanState[] = [beginning];
      while (open.length > 0) {
        const state = open.pop()!;
        const key = `${state.at} ${Math.min(state.round, 2)} ${state.fullPlan}`;
        if (seen.has(key)) continue;
        seen.set(key, state);
        const rules = stepsAt(route, state);
        if (rules.length === 0) expect(['published', 'given-up']).toContain(state.at);
        for (const rule of rules) {
          const next = after(route, state, rule.step);
          if (next.at === 'publication' && state.at !== 'publication') expect(state.at).toBe(route.stages.at(-1)!.id);
          if (next.at === 'published') expect(isReadyToPublish(state)).toBe(true);
          const fullPlan = state.fullPlan === 'complete' ? 'asked-for' : state.fullPlan;
          if (rule.to === 'first') expect(next).toEqual({ at: 'drafting', round: state.round + 1, fullPlan });
          open.push(next);
        }
      }
      expect([...new Set([...seen.values()].map((state) => state.at))].sort()).toEqual(places(route).sort());
    },
  );

  it('keeps a plan with a committee that was asked to decide and only noted', () => {
    const state: PlanState = { at: 'overview-and-scrutiny', round: 2, fullPlan: 'asked-for' };
    expect(after(missionRoute, state, 'note')).toEqual(state);
    expect(ruleFor(missionRoute, state, 'note')).toMatchObject({ effective: false });
  });

  it('lets a body that only notes pass the plan on', () => {
    const state: PlanState = { at: 'cabinet', round: 1, fullPlan: 'asked-for' };
    expect(after(broxtoweRoute, state, 'note')).toMatchObject({ at: 'council' });
    expect(ruleFor(broxtoweRoute, state, 'approve')).toBeNull();
  });

  it('asks for what a step needs', () => {
    const needs = Object.fromEntries(STEPS.map((rule) => [`${rule.step} ${rule.from.join()}`, rule.needs.join()]));
    expect(needs).toMatchObject({
      'return review': 'version,reason',
      'approve approve': 'version,minute',
      'refer-back approve,recommend,note': 'version,reason,minute',
    });
  });

  it('waits for the stage and, once asked for, for the full plan, and for nothing at an end', () => {
    expect(awaitedTasks(missionRoute, { at: 'gmt-review', round: 3, fullPlan: 'asked-for' })).toEqual([
      { kind: 'stage', at: 'gmt-review', round: 3 },
      { kind: 'full-plan', at: 'full-plan', round: 1 },
    ]);
    expect(awaitedTasks(missionRoute, { at: 'publication', round: 1, fullPlan: 'complete' })).toEqual([]);
    expect(awaitedTasks(missionRoute, { at: 'published', round: 1, fullPlan: 'complete' })).toEqual([]);
  });

  it('does not take a step that cannot be taken', () => {
    expect(() => after(missionRoute, beginning, 'approve')).toThrow('cannot be taken');
  });
});
