/** Counting what a plan holds. */
import { describe, expect, it } from '@jest/globals';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { countPlan } from '../../libs/domain/count-plan.js';
import { seedPlan, seedWith } from '../support/seed-plan.js';

describe('the counts of a plan', () => {
  it('are those of the document', () => {
    const expected = { csiObjectives: 3, csiIndicators: 9, kpiRows: 6, compositeRows: 3, measures: 18, actions: 32, budgetLines: 4 };
    expect(countPlan(seedPlan())).toEqual(expected);
  });

  it('follow the rows', () => {
    const line =
      seedWith('Review Prevent Strategy', 'Review Prevent Strategy')
        .split('\n')
        .find((each) => each.startsWith('Review Prevent')) ?? '';
    expect(countPlan(readPlanText(seedWith(line, `${line}\n${line}`))).actions).toBe(33);
  });
});
