/** Random changes to the demonstration's plan, each with the differences that it makes: what a comparison has to tell, and no more. */
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import type { DifferenceInJson } from '../../libs/domain/differences/difference.js';
import type { MeasureSettings } from '../../libs/domain/measure-settings.js';
import { columnMutations } from './mutate-columns.js';
import { narrativeMutations } from './mutate-narrative.js';
import { rowMutations } from './mutate-rows.js';
import type { Random } from '../../apps/cli/rehearsal/random.js';

export interface MutatedPlan {
  plan: BusinessPlan;
  /** In any order. */
  expected: DifferenceInJson[];
}

/** A plan while it is being changed. */
export interface Mutating {
  /** Free to be changed. */
  plan: BusinessPlan;
  random: Random;
  measures: readonly MeasureSettings[];
  /** Whether nothing was done yet to a row, a column or a text, by any name for it; from then on something is. */
  claim: (...names: string[]) => boolean;
  expect: (difference: Partial<DifferenceInJson> & Pick<DifferenceInJson, 'kind' | 'table'>) => void;
}

/** Changes a plan if it can, and says whether it did. */
export type Mutation = (mutating: Mutating) => boolean;

/**
 * A copy of the seed's plan with some changes, each to another row, column or text.
 * @param count how many changes
 */
export function mutatedPlan(seed: BusinessPlan, count: number, random: Random, measures: readonly MeasureSettings[]): MutatedPlan {
  const plan = structuredClone(seed);
  const expected: DifferenceInJson[] = [];
  const claimed = new Set<string>();
  const mutating: Mutating = {
    ...{ plan, random, measures },
    claim: (...names) => {
      if (names.some((name) => claimed.has(name))) return false;
      names.forEach((name) => claimed.add(name));
      return true;
    },
    expect: ({ kind, table, code = null, field = null, before = null, after = null, meaning = null }) =>
      void expected.push({ kind, table, code, field, before, after, meaning }),
  };
  const mutations = [...rowMutations, ...columnMutations, ...narrativeMutations];
  for (let done = 0; done < count;) if (random.oneOf(mutations)(mutating)) done += 1;
  return { plan, expected: expected.map((one) => (one.field === 'order' ? withPlaces(one, seed, plan) : one)) };
}

/** Where a row stood and stands is known only once everything else is done; until then `before` holds its id. */
function withPlaces(difference: DifferenceInJson, seed: BusinessPlan, plan: BusinessPlan): DifferenceInJson {
  const placeIn = (where: BusinessPlan): string => {
    const rows = rowLists(where).find((list) => list.some(({ id }) => id === difference.before)) ?? [];
    return String(rows.findIndex(({ id }) => id === difference.before) + 1);
  };
  return { ...difference, before: placeIn(seed), after: placeIn(plan) };
}

/** The rows of every table, each table's own list. */
export function rowLists(plan: BusinessPlan): Row[][] {
  return [...plan.objectives.map(({ table }) => table.rows), plan.kpis.rows, plan.actions.rows, plan.budget.rows];
}
