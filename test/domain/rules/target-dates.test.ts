/** Actions without a date, with words in its place, or with a date that does not fit their code or their plan. */
import { describe, expect, it } from '@jest/globals';
import { seedPlan } from '../../support/seed-plan.js';
import { addedBy, foundBy } from './changed-seed.js';

describe('words in place of a date', () => {
  it('are told apart where they only say that the action goes on', () => {
    for (const words of ['Ongoing', 'Annually', 'Continuous', 'Throughout the year'])
      expect([words, addedBy('ongoing-target-date', 'September 2025', words)]).toMatchObject([
        words,
        [{ code: 'BCRPMS_01', severity: 'warning' }],
      ]);
    expect(addedBy('prose-target-date', 'September 2025', 'Ongoing')).toEqual([]);
  });

  it('are not “ongoing” where they say more, and nothing where a date stands beside them', () => {
    expect(addedBy('ongoing-target-date', 'September 2025', 'Subject to funding')).toEqual([]);
    expect(addedBy('prose-target-date', 'September 2025', 'Subject to funding')).toHaveLength(1);
    expect(addedBy('ongoing-target-date', 'September 2025', 'Ongoing, review March 2026')).toEqual([]);
  });
});

describe('a date in a column of its own', () => {
  it('is where the query points, and settles it', () => {
    const plan = seedPlan();
    const row = plan.actions.rows.at(-1)!;
    row.cells['other Target date'] = '';
    expect(foundBy('no-target-date', plan)).toMatchObject([{ code: 'ComS_2528_03', column: 'other Target date' }]);
    row.cells['other Target date'] = '31/03/2026';
    expect(foundBy('no-target-date', plan)).toEqual([]);
  });
});

describe('a date against the years', () => {
  it('is queried before the first of the code', () => {
    expect(addedBy('date-before-code-year', 'COMS2528_01', 'COMS3132_01')).toMatchObject([{ code: 'COMS3132_01', column: 'officers' }]);
  });

  it('is queried after the last of the plan, and not on its last day', () => {
    expect(addedBy('date-beyond-plan', 'September 2025', '1 April 2028')).toMatchObject([{ code: 'BCRPMS_01' }]);
    expect(addedBy('date-beyond-plan', 'September 2025', 'Q1 2028/29')).toHaveLength(1);
    expect(addedBy('date-beyond-plan', 'September 2025', '2027/28')).toEqual([]);
  });

  it('is not queried where the plan names no years', () => {
    const plan = seedPlan();
    plan.actions.rows[0]!.cells.officers = 'Head of Communities March 2040';
    expect(foundBy('date-beyond-plan', plan)).toHaveLength(1);
    plan.budget.columns = [];
    expect(foundBy('date-beyond-plan', plan)).toEqual([]);
  });
});
