/** What people do with a plan in a rehearsal, as data: how they go about each stage, round by round. */
import type { ScenarioName } from '../../../libs/domain/rehearsal.js';

/** One plan's way through its year. */
export interface Scenario {
  /** How many working days after the day it is due the leader submits the first round; before it where negative; null never. */
  submits: number | null;
  /** In how many rounds GMT returns the plan before it agrees. */
  returns: number;
  /** How often the committee refers the plan back before it approves. */
  refersBack: number;
  /** Whether the head of service completes the full plan, updaters give their figures, and the clerk records what Cabinet did. */
  othersAct: boolean;
}

const ON_TIME: Scenario = { submits: -2, returns: 0, refersBack: 0, othersAct: true };

/** The scenarios that a rehearsal can be asked for. */
export const scenarios: Record<ScenarioName, Scenario> = {
  'on-time': ON_TIME,
  'late-draft': { ...ON_TIME, submits: 4 },
  'returned-twice': { ...ON_TIME, returns: 2 },
  'referred-back': { ...ON_TIME, refersBack: 1 },
  'nobody-acts': { submits: null, returns: 0, refersBack: 0, othersAct: false },
};

/** The priorities whose plans are rehearsed: one, or for all scenarios at once one for each. */
export const TITLES: Record<ScenarioName, string> = {
  'on-time': 'Community Safety',
  'late-draft': 'Housing',
  'returned-twice': 'Environment',
  'referred-back': 'Health',
  'nobody-acts': 'Business Growth',
};
