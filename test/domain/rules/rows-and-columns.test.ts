/** Empty rows, unknown columns, and rows that have not as many cells as their table has columns. */
import { describe, expect, it } from '@jest/globals';
import { readPlanText } from '../../../libs/documents/read-plan-text.js';
import { findingsOf } from '../../../libs/domain/findings.js';
import { seedPlan, seedText, seedWith } from '../../support/seed-plan.js';
import { addedBy, foundBy, foundInSeed } from './changed-seed.js';

describe('an empty row', () => {
  it('is told as such in every table, and by no other rule', () => {
    const plan = seedPlan();
    const empty = (row: { cells: Record<string, string> }) => Object.fromEntries(Object.keys(row.cells).map((key) => [key, ' ']));
    plan.kpis.rows.push({ id: 'empty-kpi', cells: empty(plan.kpis.rows[0]!), line: 200 });
    plan.actions.rows.push({ id: 'empty-action', cells: empty(plan.actions.rows[0]!), line: 201 });
    plan.budget.rows.push({ id: 'empty-budget', kind: 'line', cells: empty(plan.budget.rows[0]!), line: 202 });
    const about = findingsOf(plan).filter(({ rowId }) => rowId?.startsWith('empty'));
    expect(about.map(({ rule, line, severity }) => [rule, line, severity])).toEqual([
      ['empty-row', 200, 'note'],
      ['empty-row', 201, 'note'],
      ['empty-row', 202, 'note'],
    ]);
  });

  it('is not one with a dash in it', () => {
    expect(foundInSeed('empty-row')).toEqual([]);
  });
});

describe('a column that the product does not know', () => {
  it('is told once, with its heading and line', () => {
    const plan = seedPlan();
    plan.kpis.columns.push({ key: 'other Ward', kind: 'other', heading: 'Ward', year: null, line: 66 });
    expect(foundBy('unknown-column', plan)).toMatchObject([{ line: 66, column: 'other Ward', rowId: null, severity: 'note' }]);
    expect(foundBy('unknown-column', plan)[0]?.message).toContain('“Ward” of the table of key performance indicators');
  });

  it('is told of actions too, but for codes and dates, which are understood', () => {
    const plan = seedPlan();
    for (const row of plan.actions.rows)
      Object.assign(row.cells, { 'other Ward': 'x', 'other Pentana Code': 'x', 'other Target date': 'x' });
    expect(foundBy('unknown-column', plan).map(({ column }) => column)).toEqual(['other Ward']);
  });

  it('is none in the seed', () => {
    expect(foundInSeed('unknown-column')).toEqual([]);
  });
});

describe('the cells of a row', () => {
  it('are counted against the columns', () => {
    expect(addedBy('wrong-number-of-cells', '\t789\t1,150', '\t789\t\t1,150')).toMatchObject([{ line: 51, code: 'ComS_025' }]);
    expect(addedBy('wrong-number-of-cells', 'BWP / Juno / Equation\t', '')).toMatchObject([{ code: 'COMS2224_08a' }]);
  });

  it('are right in the seed, and in one that lacks a column', () => {
    expect(foundInSeed('wrong-number-of-cells')).toEqual([]);
    const text = seedWith('\tFuture Years\t', '\t')
      .split('\n')
      .map((line) => {
        const cells = line.split('\t');
        return cells.length === 8 && !line.startsWith('Indicator') ? cells.toSpliced(6, 1).join('\t') : line;
      });
    expect(text.join('\n')).not.toBe(seedText);
    expect(foundBy('wrong-number-of-cells', readPlanText(text.join('\n')))).toEqual([]);
  });
});
