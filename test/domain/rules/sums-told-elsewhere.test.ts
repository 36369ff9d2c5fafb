/** Sums of money that stand in the budget table and with an action. */
import { describe, expect, it } from '@jest/globals';
import { seedPlan } from '../../support/seed-plan.js';
import { addedBy, foundBy, foundInSeed } from './changed-seed.js';

describe('a sum that is told in two places', () => {
  it('is queried where it differs: £45k in the budget, £43k with the plan that it speaks of', () => {
    expect(foundInSeed('sum-told-elsewhere')).toMatchObject([{ line: 138, column: 'text', severity: 'note' }]);
    expect(foundInSeed('sum-told-elsewhere')[0]?.message).toMatch(
      /“£45k” is told here, but “£43k” with BCRP on line 81 and BCRP on line 84/,
    );
  });

  it('is queried where it is the same, so that it stays the same', () => {
    expect(addedBy('sum-told-elsewhere', '£43k', '£45,000')).toMatchObject([{ line: 138 }]);
    expect(addedBy('sum-told-elsewhere', '£43k', '£45,000')[0]?.message).toContain('Tell it in one place');
  });

  it('is not seen in sums of other things, nor where they are far apart', () => {
    expect(addedBy('sum-told-elsewhere', '£43k', '£90k')).toEqual([]);
    expect(addedBy('sum-told-elsewhere', 'ring fenced, any', 'ring fenced at £13,000, any')).toEqual([]);
  });

  it('is told by the code as well that the line names', () => {
    const plan = seedPlan();
    const line = plan.budget.rows.find(({ cells }) => cells.text?.startsWith('Funding will be applied for'))!;
    const action = plan.actions.rows.find(({ id }) => id === 'action-BCRPMS_01')!;
    line.cells.text = 'Funding of £12,500 will be applied for';
    action.cells.comments = 'Needs £12k';
    expect(foundBy('sum-told-elsewhere', plan)).toHaveLength(1);
    line.cells.actionCode = 'BCRPMS_01';
    expect(foundBy('sum-told-elsewhere', plan).at(-1)?.message).toContain('“£12,500” is told here, but “£12k” with BCRPMS_01 on line 107');
  });
});
