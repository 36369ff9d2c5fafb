/** What is told of a changed cell: which field it is, what it said and says, and what a councillor would ask about it. */
import { describe, expect, test } from '@jest/globals';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import type { DifferenceInJson } from '../../libs/domain/differences/difference.js';
import { action, changes, differencesAfter, indicator, rewrite, type Told } from '../support/seed-differences.js';
import { seedPlan } from '../support/seed-plan.js';

type Edit = (plan: BusinessPlan) => void;
/** Asserts that an edit makes exactly these differences. */
function expectTold(table: DifferenceInJson['table'], edit: Edit, ...told: Told[]): void {
  expect(differencesAfter(edit)).toEqual(changes(table, ...told));
}

describe('a figure', () => {
  test.each<[string, string, string, string, string, DifferenceInJson['meaning']]>([
    ['a lower target of which less is better', 'ComS_011', 'target 2025/26', '1,850', '1,700', 'target raised'],
    ['a higher target of which less is better', 'ComS_011', 'target 2025/26', '1,850', '1,900', 'target softened'],
    ['a higher target of which more is better', 'ComS_100', 'target 2025/26', '420', '440', 'target raised'],
    ['a lower figure for future years', 'ComS_100', 'futureYears', '450', '430', 'target softened'],
    ['a target of unknown direction', 'ComS_025', 'target 2025/26', '1,100', '1,000', 'target changed'],
    ['a target that is no number any more', 'ComS_011', 'target 2025/26', '1,850', 'TBC', 'target changed'],
    ['a target that is gone', 'ComS_011', 'target 2025/26', '1,850', '', 'target changed'],
    ['a target in another unit', 'ComS_24', 'target 2025/26', '20%', '20', 'target changed'],
    ['the same target written otherwise', 'ComS_011', 'target 2025/26', '1,850', '1850', null],
    ['a result', 'ComS_011', 'achieved 2023/24', '1,975', '1975', null],
  ])('%s', (_what, code, key, before, after, meaning) => {
    expectTold('csi', (plan) => rewrite(indicator(plan, code), key, before, after), [code, key, before, after, meaning]);
  });

  test('of a composite row is told under the measure’s own code, with that measure’s part of the cell', () => {
    expectTold('kpi', (plan) => rewrite(indicator(plan, 'ComS_012d'), 'achieved 2021/22', '79%', '81%'), [
      'ComS_012d',
      'achieved 2021/22',
      '79%',
      '81%',
    ]);
    const edit: Edit = (plan) => rewrite(indicator(plan, 'ComS_013d'), 'target 2025/26', '100 85%', '90 80%');
    expectTold(
      'kpi',
      edit,
      ['ComS_013', 'target 2025/26', '100', '90', 'target changed'],
      ['ComS_013d', 'target 2025/26', '85%', '80%', 'target softened'],
    );
  });

  test('of a composite row that cannot be taken apart is told as a whole under the first code', () => {
    expectTold('kpi', (plan) => rewrite(indicator(plan, 'ComS_012d'), 'target 2025/26', '400 82%', 'TBC'), [
      'ComS_012',
      'target 2025/26',
      '400 82%',
      'TBC',
      'target changed',
    ]);
  });

  test('follows the words of a measure that nobody has set up', () => {
    const [before, after] = [seedPlan(), seedPlan()];
    rewrite(indicator(after, 'ComS_012'), 'target 2025/26', '400', '410');
    rewrite(indicator(after, 'ComS_032'), 'target 2025/26', '80%', '70%');
    expect(comparePlans(before, after).map(({ meaning }) => meaning)).toEqual(['target softened', 'target changed']);
  });

  test('follows the setting of another table where its own has none', () => {
    const [before, after] = [seedPlan(), seedPlan()];
    rewrite(indicator(after, 'ComS_001'), 'target 2025/26', '7,000', '7,100');
    const measures = [{ code: 'ComS_001', table: 'kpi', direction: 'lower', dataOnly: false } as const];
    expect(comparePlans(before, after, { measures })).toMatchObject([{ meaning: 'target softened' }]);
  });
});

describe('an indicator', () => {
  test('with other words has another definition', () => {
    expectTold('csi', (plan) => rewrite(indicator(plan, 'ComS_001'), 'description', 'All crime', 'All recorded crime'), [
      'ComS_001',
      'description',
      'All crime',
      'All recorded crime',
      'definition changed',
    ]);
  });

  test('whose code alone changed is one difference, under the code that it had', () => {
    expectTold('kpi', (plan) => rewrite(indicator(plan, 'ComS_NEW'), 'description', 'ComS_NEW', 'ComS_050'), [
      'ComS_NEW',
      'code',
      'ComS_NEW',
      'ComS_050',
    ]);
  });

  test('tells words, code and “(New)” apart', () => {
    expectTold(
      'csi',
      (plan) => rewrite(indicator(plan, 'ComS_100'), 'description', '(CGL) ComS_100 (New)', 'by all services ComS_101'),
      [
        'ComS_100',
        'description',
        'Number of residents referred to Substance Misuse Support Services (CGL)',
        'Number of residents referred to Substance Misuse Support Services by all services',
        'definition changed',
      ],
      ['ComS_100', 'code', 'ComS_100', 'ComS_101'],
      ['ComS_100', 'new', '(New)', ''],
    );
  });

  test('of several codes tells the one that changed under the first', () => {
    expectTold('kpi', (plan) => rewrite(indicator(plan, 'ComS_014d'), 'description', 'ComS_014d', 'ComS_014e'), [
      'ComS_014',
      'code',
      'ComS_014d',
      'ComS_014e',
    ]);
  });

  test('whose words are put together otherwise shows the whole cell, and no other definition', () => {
    expectTold('csi', (plan) => rewrite(indicator(plan, 'ComS_001'), 'description', '(ComS_001)', 'ComS_001'), [
      'ComS_001',
      'description',
      'All crime (ComS_001)',
      'All crime ComS_001',
    ]);
  });
});

describe('the budget', () => {
  const line = (plan: BusinessPlan) => plan.budget.rows.find(({ cells }) => cells.text?.startsWith('Broxtowe Crime'))!;

  test('tells text, action code and years, under the action code', () => {
    const { text = '' } = line(seedPlan()).cells;
    expectTold('budget', (plan) => rewrite(line(plan), 'text', '£13,000', '£14,000'), [
      null,
      'text',
      text,
      text.replace('£13,000', '£14,000'),
    ]);
    expectTold('budget', (plan) => rewrite(line(plan), 'actionCode', '', 'BCRP'), ['BCRP', 'actionCode', '', 'BCRP']);
    expectTold('budget', (plan) => rewrite(line(plan), 'budget 2025/26', '(13,000)', '(14,000)'), [
      null,
      '2025/26',
      '(13,000)',
      '(14,000)',
    ]);
  });

  test('tells its footnote', () => {
    const { footnote } = seedPlan().budget;
    expectTold('budget', (plan) => (plan.budget.footnote = `${footnote}.`), [null, 'footnote', footnote, `${footnote}.`]);
  });
});

describe('the text', () => {
  test('tells title, sections and the parts of the full plan by their names', () => {
    const full = { policies: 'One.', serviceObjectives: '', baseline: '', managementIndicators: '', risks: '' };
    const [background] = [seedPlan().sections.find(({ name }) => name === 'background')!.text];
    const edit: Edit = (plan) => {
      plan.title = 'Another title';
      plan.sections.find(({ name }) => name === 'background')!.text = background.replace('annually', 'yearly');
      plan.fullPlan = { ...full, policies: 'Two.', risks: 'Flood.' };
    };
    const told = differencesAfter(edit, (plan) => (plan.fullPlan = full));
    expect(told.map(({ kind, table, code, field, before, after, meaning }) => [kind, table, code, field, before, after, meaning])).toEqual([
      ['changed', 'text', null, 'title', 'Community Safety Business Plan 2025–2028', 'Another title', null],
      ['changed', 'text', null, 'background', background, background.replace('annually', 'yearly'), null],
      ['changed', 'text', null, 'policies', 'One.', 'Two.', null],
      ['changed', 'text', null, 'risks', '', 'Flood.', null],
    ]);
  });

  test('tells parts of the full plan that only one text has', () => {
    const edit: Edit = (plan) =>
      (plan.fullPlan = { policies: '', serviceObjectives: '', baseline: '', managementIndicators: '', risks: 'Flood.' });
    expect(differencesAfter(edit)).toEqual([
      { kind: 'added', table: 'text', code: null, field: 'risks', before: null, after: 'Flood.', meaning: null },
    ]);
  });

  test('tells a section’s heading, the table’s heading with it, once', () => {
    const edit: Edit = (plan) => {
      const section = plan.sections.find(({ name }) => name === 'actions')!;
      section.heading = section.heading.replace('2025/26', '2026/27');
      plan.actions.heading = section.heading;
    };
    expect(differencesAfter(edit)).toMatchObject([
      {
        kind: 'changed',
        table: 'text',
        field: 'actions',
        before: expect.stringContaining('2025/26'),
        after: expect.stringContaining('2026/27'),
      },
    ]);
  });

  test('tells sections that came, went and moved', () => {
    const edit: Edit = (plan) => {
      const [introduction, background, ...others] = plan.sections;
      plan.sections = [background!, introduction!, ...others.slice(0, -1), { name: 'introduction', heading: 'Foreword', text: 'Welcome.' }];
    };
    expect(differencesAfter(edit).map(({ kind, field }) => `${kind} ${field}`)).toEqual([
      'moved order',
      'added introduction',
      'removed budget',
    ]);
  });
});

describe('a cell that the product does not know', () => {
  test('is called as its heading, or as its place', () => {
    const first = (plan: BusinessPlan): void => {
      plan.kpis.columns.push({ key: 'other Source', kind: 'other', heading: 'Source', year: null });
      plan.kpis.rows.forEach(({ cells }) => (cells['other Source'] = 'Police'));
      plan.actions.rows.forEach(({ cells }) => (cells['other Risk'] = 'low'));
    };
    const edit: Edit = (plan) => {
      plan.kpis.rows[4]!.cells['other Source'] = 'Council';
      plan.kpis.rows[4]!.cells['extra 1'] = 'beyond';
      action(plan, 'BCRPASB_27').cells['other Risk'] = 'high';
    };
    expect(differencesAfter(edit, first).map(({ code, field, before, after }) => [code, field, before, after])).toEqual([
      ['ComS_048', 'Source', 'Police', 'Council'],
      ['ComS_048', 'extra 1', '', 'beyond'],
      ['BCRPASB_27', 'Risk', 'low', 'high'],
    ]);
  });
});
