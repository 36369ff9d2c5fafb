/** The measures of indicator rows, each with its own part of the cells. */
import { describe, expect, it } from '@jest/globals';
import type { Column } from '../../libs/domain/business-plan.js';
import { measuresOf } from '../../libs/domain/parse-cell.js';
import { seedPlan } from '../support/seed-plan.js';

const plan = seedPlan();
const columns: Column[] = [{ key: 'target 2025/26', kind: 'target', heading: 'Target 2025/26', year: '2025/26' }];

describe('the measures of a row', () => {
  it('of a composite row have each their own part of every cell', () => {
    const [count, share] = measuresOf(plan.kpis.rows[0]!, plan.kpis.columns);
    expect(count).toMatchObject({ code: 'ComS_012', figures: { 'achieved 2021/22': '433', 'target 2025/26': '400' } });
    expect(share).toMatchObject({
      code: 'ComS_012d',
      label: 'Closed in 3mths %',
      figures: { 'achieved 2021/22': '79%', futureYears: '82%' },
    });
  });

  it('of a single row are one, with the whole cell', () => {
    expect(measuresOf(plan.kpis.rows[4]!, plan.kpis.columns)).toMatchObject([{ code: 'ComS_048', figures: { 'achieved 2021/22': '95%' } }]);
  });

  it('are named by the words without their code and mark', () => {
    const row = { id: 'a', cells: { description: 'Cases closed (BV 012) (New)', 'target 2025/26': '5' } };
    expect(measuresOf(row, columns)).toEqual([{ code: 'BV 012', label: 'Cases closed', figures: { 'target 2025/26': '5' } }]);
  });

  it('are told by codes in a column of their own as well', () => {
    const row = { id: 'a', cells: { code: 'CS_1\nCS_1d', description: 'Cases, and those closed', 'target 2025/26': '400 82%' } };
    expect(measuresOf(row, columns).map(({ code, label, figures }) => [code, label, figures['target 2025/26']])).toEqual([
      ['CS_1', 'Cases, and those closed', '400'],
      ['CS_1d', 'Cases, and those closed', '82%'],
    ]);
  });

  it('keep the spaces between the thousands of a number', () => {
    const row = { id: 'a', cells: { description: 'Cases', 'target 2025/26': '1\u2009975' } };
    expect(measuresOf(row, columns)[0]?.figures['target 2025/26']).toBe('1\u00A0975');
  });
});
