/** Changing a draft row by row, and what rolling it forward brings in by itself. */
import { describe, expect, it } from '@jest/globals';
import { withCells, withoutRow, withRowAdded, withSectionText } from '../../libs/domain/edit-plan.js';
import { tracedFindings } from '../../libs/domain/errors-brought-in.js';
import { extractHash } from '../../libs/documents/content-hash.js';
import { findRow, tablesOf } from '../../libs/domain/plan-tables.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan } from '../support/seed-plan.js';

describe('editing a plan', () => {
  it('can reach every row of every table, and changes nothing but the cell', () => {
    for (const table of tablesOf(seedPlan()))
      for (const { id, cells } of table.rows) {
        const plan = seedPlan();
        const [key = ''] = Object.keys(cells);
        const changed = withCells(plan, id, { [key]: 'changed' });
        expect(findRow(changed, id)?.row.cells).toEqual({ ...cells, [key]: 'changed' });
        expect(plan).toEqual(seedPlan());
        expect(extractHash(withCells(changed, id, { [key]: cells[key] ?? '' }))).toBe(extractHash(plan));
      }
  });

  it('takes out a row that was added and is the same plan again', () => {
    for (const table of tablesOf(seedPlan())) {
      const key = table.columns[0]!.key;
      const added = withRowAdded(seedPlan(), table.id, { id: 'new', cells: { [key]: 'New' } });
      expect(extractHash(added)).not.toBe(extractHash(seedPlan()));
      expect(withoutRow(added, 'new')).toEqual(seedPlan());
    }
  });

  it('puts a new budget line before the net line', () => {
    const { budget } = withRowAdded(seedPlan(), 'budget', { id: 'new', cells: { text: 'A new line' } });
    expect(budget.rows.at(-1)?.kind).toBe('net');
    expect(budget.rows.at(-2)).toMatchObject({ id: 'new', kind: 'line' });
  });

  it('refuses a row, a column, a table and a section that are not there, and an empty row', () => {
    const plan = seedPlan();
    expect(() => withCells(plan, 'nothing', {})).toThrow('no such row');
    expect(() => withCells(plan, 'csi-ComS_011', { nonsense: '' })).toThrow('no such column');
    expect(() => withRowAdded(plan, 'csi-99', { id: 'new', cells: {} })).toThrow('no such table');
    expect(() => withRowAdded(plan, 'kpi', { id: 'new', cells: { description: ' ' } })).toThrow('at least one cell');
    expect(() => withSectionText(plan, 99, '')).toThrow('no such section');
  });
});

describe('a draft that was only rolled forward', () => {
  it('has brought in no query of its own; one wrong figure is one', () => {
    const old = seedPlan();
    const { plan } = rollForward(old, { to: '2026/27' });
    const broughtIn = (draft: typeof plan): unknown[] => tracedFindings(draft, old).filter(({ inherited }) => !inherited);
    expect(broughtIn(plan)).toEqual([]);
    expect(broughtIn(withCells(plan, 'kpi-ComS_048', { 'target 2026/27': '120%' }))).toMatchObject([{ rule: 'percentage-out-of-range' }]);
  });
});
