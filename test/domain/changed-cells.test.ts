/** What a reviewer is told about a draft: exactly the rows and cells that somebody changed. */
import { describe, expect, it } from '@jest/globals';
import { changedRows } from '../../libs/domain/changed-cells.js';
import { withCells, withoutRow, withRowAdded, withSectionText } from '../../libs/domain/edit-plan.js';
import { tablesOf } from '../../libs/domain/plan-tables.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan } from '../support/seed-plan.js';

describe('the changed rows of a plan', () => {
  const { plan } = rollForward(seedPlan(), { to: '2026/27' });
  const [first, second] = plan.actions.rows;

  it('are none where nothing was changed', () => {
    expect(changedRows(plan, plan)).toEqual([]);
  });

  it('name a changed cell in whichever table it stands, with the text before and after', () => {
    for (const { caption, columns, rows } of tablesOf(plan)) {
      const row = rows.at(-1)!;
      const { key, heading } = columns.at(-1)!;
      const changed = changedRows(plan, withCells(plan, row.id, { [key]: 'Another text' }));
      expect(changed).toMatchObject([{ place: caption, kind: 'changed' }]);
      expect(changed[0]?.cells).toEqual([{ heading, before: row.cells[key] ?? '', after: 'Another text' }]);
    }
  });

  it('name an added row with its texts only', () => {
    const added = changedRows(plan, withRowAdded(plan, 'actions', { id: 'new', cells: { action: 'Open a hub COMS2629_99' } }));
    expect(added).toMatchObject([{ name: 'COMS2629_99', kind: 'added', cells: [{ before: '', after: 'Open a hub COMS2629_99' }] }]);
    expect(added[0]?.cells).toHaveLength(1);
  });

  it('name a removed row with what it said', () => {
    const [removed, ...others] = changedRows(plan, withoutRow(plan, first!.id));
    expect(others).toEqual([]);
    expect(removed?.kind).toBe('removed');
    expect(removed?.cells[0]).toEqual({ heading: plan.actions.headings.action, before: first!.cells['action'], after: '' });
  });

  it('name a changed narrative by its section', () => {
    const [changed] = changedRows(plan, withSectionText(plan, 0, 'Shorter.'));
    expect(changed).toMatchObject({ place: plan.sections[0]?.heading, cells: [{ before: plan.sections[0]?.text, after: 'Shorter.' }] });
  });

  it('stand in the order of the document, several cells of a row together', () => {
    const once = withCells(plan, second!.id, { outcome: 'B', partners: 'C' });
    const twice = withCells(once, plan.kpis.rows[0]!.id, { owner: 'D' });
    expect(changedRows(plan, twice).map(({ cells }) => cells.map(({ after }) => after))).toEqual([['D'], ['B', 'C']]);
  });

  it('tell of a column that only one of the two texts has', () => {
    const places = changedRows(seedPlan(), plan).flatMap(({ cells }) => cells.map(({ heading }) => heading));
    expect(places).toContain('Achieved 2021/22');
    expect(places).toContain('Target 2026/27');
  });
});
