/** Which rows are one and the same row, which are new, gone or moved. */
import { describe, expect, test } from '@jest/globals';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { movedAmong } from '../../libs/domain/differences/moved.js';
import { pairRows } from '../../libs/domain/differences/pair-rows.js';
import { randomFrom } from '../../apps/cli/rehearsal/random.js';
import { action, differencesAfter, indicator, rewrite } from '../support/seed-differences.js';
import { seedPlan } from '../support/seed-plan.js';

/** The differences in short: what kind, of which row, and from what to what. */
function told(edit: (plan: BusinessPlan) => void, first?: (plan: BusinessPlan) => void): string[] {
  return differencesAfter(edit, first).map(
    ({ kind, table, code, field, before, after, meaning }) =>
      `${kind} ${table} ${code} ${field}: ${before} → ${after}${meaning ? ` (${meaning})` : ''}`,
  );
}

function newAction(action: string): Row {
  return { id: 'added', cells: { action, outcome: 'Fewer crimes', partners: '', officers: 'Licensing Manager March 2026', comments: '' } };
}

function without(rows: Row[], row: Row): void {
  rows.splice(rows.indexOf(row), 1);
}

describe('an added or removed row', () => {
  test('is one difference with its words, and moves no other', () => {
    expect(told((plan) => plan.actions.rows.splice(3, 0, newAction('Open a hub COMS2629_99 (New)')))).toEqual([
      'added actions COMS2629_99 null: null → Open a hub (new)',
    ]);
    expect(told((plan) => without(plan.kpis.rows, indicator(plan, 'ComS_012d')))).toEqual([
      'removed kpi ComS_012 null: Environmental Health related ASB cases closed in less than three months No. received Closed in 3mths % → null (dropped)',
    ]);
  });

  test('of a text that is like a removed one’s is not taken for it', () => {
    const edit = (plan: BusinessPlan): void => {
      without(plan.actions.rows, action(plan, 'COMS2427_10'));
      plan.actions.rows.push(newAction('Review and update the Volunteering Policy COMS2629_99'));
    };
    expect(told(edit)).toEqual([
      'added actions COMS2629_99 null: null → Review and update the Volunteering Policy (new)',
      'removed actions COMS2427_10 null: Review and update the Adult Safeguarding Policy → null (dropped)',
    ]);
  });

  test('is told of a table that the other text does not have, the columns are not', () => {
    const edit = (plan: BusinessPlan): void => void (plan.kpis = { columns: [], rows: [] });
    const kpis = told(edit).filter((line) => line.includes(' kpi '));
    expect(kpis.map((line) => line.slice(0, 'removed kpi ComS_0'.length))).toEqual(
      ['ComS_012', 'ComS_013', 'ComS_014', 'ComS_NEW', 'ComS_048', 'ComS_049'].map((code) => `removed kpi ${code.slice(0, 6)}`),
    );
  });
});

describe('rows pair', () => {
  test('by code, though the words are all others', () => {
    const edit = (plan: BusinessPlan): void =>
      rewrite(indicator(plan, 'ComS_001'), 'description', 'All crime', 'Burglaries told to the police');
    expect(told(edit)).toEqual(['changed csi ComS_001 description: All crime → Burglaries told to the police (definition changed)']);
  });

  test('by the most similar text where they share a code', () => {
    const edit = (plan: BusinessPlan): void => {
      plan.actions.rows.splice(0, 1);
      rewrite(plan.actions.rows[0]!, 'partners', 'Police', 'Fire');
    };
    expect(told(edit)).toEqual([
      'changed actions BCRP partners: Police / Voluntary Sector / Change Grow Live → Fire / Voluntary Sector / Change Grow Live',
      'removed actions BCRP null: Implement the Broxtowe Crime Reduction Plan (including E-scooters and off road bikes) → null (dropped)',
    ]);
  });

  test('by their words where two of one code are told apart by a new code', () => {
    const edit = (plan: BusinessPlan): void => rewrite(plan.actions.rows[1]!, 'action', ') BCRP', ') BCRP_02');
    expect(told(edit)).toEqual(['changed actions BCRP code: BCRP → BCRP_02']);
  });

  test('within their tables where a code stands in two', () => {
    const edit = (plan: BusinessPlan): void => {
      rewrite(indicator(plan, 'ComS_012', 'csi'), 'target 2025/26', '400', '390');
      without(plan.kpis.rows, indicator(plan, 'ComS_013', 'kpi'));
    };
    expect(told(edit)).toEqual([
      'changed csi ComS_012 target 2025/26: 400 → 390 (target raised)',
      expect.stringMatching(/^removed kpi ComS_013 null/),
    ]);
  });

  test('by everything else where two swapped their codes', () => {
    const edit = (plan: BusinessPlan): void => {
      rewrite(action(plan, 'BCRPASB_28'), 'action', 'BCRPASB_28', 'BCRPASB_00');
      rewrite(action(plan, 'BCRPASB_29'), 'action', 'BCRPASB_29', 'BCRPASB_28');
      rewrite(action(plan, 'BCRPASB_00'), 'action', 'BCRPASB_00', 'BCRPASB_29');
    };
    expect(told(edit)).toEqual([
      'changed actions BCRPASB_28 code: BCRPASB_28 → BCRPASB_29',
      'changed actions BCRPASB_29 code: BCRPASB_29 → BCRPASB_28',
    ]);
  });

  test('by similar text where they have no code', () => {
    const first = (plan: BusinessPlan): void => {
      rewrite(indicator(plan, 'ComS_048'), 'description', ' (ComS_048)', '');
      rewrite(indicator(plan, 'ComS_049'), 'description', ' (ComS_049)', '');
    };
    const edit = (plan: BusinessPlan): void => {
      plan.kpis.rows.reverse();
      rewrite(indicator(plan, 'High Risk'), 'description', 'Inspect all', 'Inspect most');
    };
    const fields = differencesAfter(edit, first).filter(({ kind }) => kind !== 'moved');
    expect(fields).toMatchObject([
      { kind: 'changed', code: null, field: 'description', before: expect.stringContaining('High Risk') as unknown as string },
    ]);
  });

  test('where a code was mistyped or left out', () => {
    expect(told((plan) => rewrite(action(plan, 'COMS2427_08'), 'action', ' COMS2427_08', ''))).toEqual([
      'changed actions COMS2427_08 code: COMS2427_08 → ',
    ]);
    expect(told((plan) => rewrite(action(plan, 'BCRPDA&V_14'), 'action', 'V_14', 'V_ 14'))).toHaveLength(2);
  });

  test('of the budget by heading and text, then by similar text, then by place', () => {
    const edit = (plan: BusinessPlan): void => {
      rewrite(plan.budget.rows[0]!, 'text', 'Budget Implications', 'What it costs');
      rewrite(plan.budget.rows[4]!, 'text', 'Funding will be applied', 'Grants will be applied');
    };
    expect(told(edit)).toEqual([
      'changed budget null text: Budget Implications → What it costs',
      expect.stringMatching(/^changed budget null text: Funding .* → Grants/),
    ]);
  });

  test('for whoever lets a document go on with the rows of a draft, by the rows themselves', () => {
    const [draft, document] = [seedPlan(), seedPlan()];
    document.actions.rows.push(newAction('Open a hub COMS2629_99'));
    document.actions.rows.reverse();
    rewrite(indicator(document, 'ComS_NEW'), 'description', 'ComS_NEW', 'ComS_050');
    const pairs = pairRows(draft, document);
    expect(pairs.get(indicator(document, 'ComS_050'))).toBe(indicator(draft, 'ComS_NEW'));
    expect(pairs.has(action(document, 'COMS2629_99'))).toBe(false);
    expect(document.actions.rows.slice(1).map((row) => pairs.get(row))).toEqual(draft.actions.rows.toReversed());
    expect(pairs.get(document.budget.rows[6]!)).toBe(draft.budget.rows[6]);
  });
});

describe('a moved row', () => {
  test('is told with its places, and only the fewest are', () => {
    const edit = (plan: BusinessPlan): void => {
      plan.actions.rows.splice(20, 0, ...plan.actions.rows.splice(4, 1));
      plan.actions.rows.splice(10, 1);
    };
    expect(told(edit)).toEqual(['moved actions BCRPASB_29 order: 5 → 20', expect.stringMatching(/^removed actions COMS2526_01/)]);
  });

  test('to another objective says where from and where to, and what else changed', () => {
    const edit = (plan: BusinessPlan): void => {
      const [first, second] = plan.objectives;
      const [row] = first!.table.rows.splice(1, 1);
      second!.table.rows.push(row!);
      rewrite(row!, 'futureYears', '400', '380');
    };
    expect(told(edit)).toEqual(['moved csi ComS_012 table: CS1 → CS2', 'changed csi ComS_012 futureYears: 400 → 380 (target raised)']);
  });

  test('between the tables of CSIs and KPIs says so', () => {
    const edit = (plan: BusinessPlan): void => void plan.kpis.rows.unshift(plan.objectives[1]!.table.rows.pop()!);
    expect(told(edit)).toEqual(['moved kpi ComS_032 table: csi → kpi']);
  });

  test('is the same one whichever of the two texts is the earlier', () => {
    const [one, other] = [seedPlan(), seedPlan()];
    other.actions.rows.splice(7, 0, ...other.actions.rows.splice(8, 1));
    const [there, back] = [comparePlans(one, other), comparePlans(other, one)];
    expect(there).toHaveLength(1);
    expect(back.map(({ code, before, after }) => [code, after, before])).toEqual(
      there.map(({ code, before, after }) => [code, before, after]),
    );
  });

  test('is one of the fewest possible, by trying all', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 200; round += 1) {
      const places = Array.from({ length: 7 }, (_, index) => index).sort(() => random.next() - 0.5);
      const placed = places.map((before, after) => ({ before, after }));
      const kept = placed.filter((item) => !movedAmong(placed, ({ before }) => String(before)).has(item));
      expect(kept.every((item, index) => index === 0 || item.before > kept[index - 1]!.before)).toBe(true);
      expect(kept).toHaveLength(longestRise(places));
    }
  });
});

/** The length of the longest rising choice of numbers, by trying every choice. */
function longestRise(numbers: readonly number[]): number {
  const choices = Array.from({ length: 2 ** numbers.length }, (_, choice) => numbers.filter((__, index) => (choice >> index) & 1));
  return Math.max(
    ...choices.filter((few) => few.every((number, index) => index === 0 || number > few[index - 1]!)).map(({ length }) => length),
  );
}
