/** Five years in a row, with what people do to a plan in between: nothing is lost, and what leaves the page stays where it is told. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import { withCells, withoutRow, withRowAdded } from '../../libs/domain/edit-plan.js';
import { nextYear } from '../../libs/domain/financial-year.js';
import { actionCodeOf, indicatorCodesOf, withoutNewMark } from '../../libs/domain/codes.js';
import { plainText } from '../../libs/domain/plain-text.js';
import { findRow, tablesOf } from '../../libs/domain/plan-tables.js';
import { rollForward, type RolledForward } from '../../libs/domain/roll-forward.js';
import { generatedPlan } from '../support/generated-shapes.js';
import { seedPlan } from '../support/seed-plan.js';

/** What people do to a draft before it is next year's plan; `at` says where. */
interface Edit {
  what: 'fill' | 'change' | 'add' | 'remove';
  at: number;
  text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('fill', 'change', 'add', 'remove'),
  at: fc.nat(10_000),
  text: fc.oneof(fc.constantFrom('1,234', '87%', '433 79%', '(13,000)', 'TBC', '-', 'Words (New)'), fc.string({ unit: 'grapheme' })),
});
const fiveYears = fc.array(fc.array(edit, { maxLength: 12 }), { minLength: 5, maxLength: 5 });

function edited(plan: BusinessPlan, edits: readonly Edit[], year: string): BusinessPlan {
  return edits.reduce((now, { what, at, text }, index) => {
    const tables = tablesOf(now).filter(({ columns }) => columns.length > 0);
    const table = tables[at % tables.length];
    const row = table?.rows[at % Math.max(1, table.rows.length)];
    const column = table?.columns[at % table.columns.length];
    if (!table || !column) return now;
    if (what === 'add')
      return text.trim() === '' ? now : withRowAdded(now, table.id, { id: `${year}-${index}`, cells: { [column.key]: text } });
    if (!row) return now;
    if (what === 'remove') return withoutRow(now, row.id);
    if (what === 'change') return withCells(now, row.id, { [column.key]: text });
    return withCells(
      now,
      row.id,
      Object.fromEntries(table.columns.filter(({ key }) => row.cells[key] === '').map(({ key }) => [key, text])),
    );
  }, plan);
}

/** Every cell of the old plan stands in the new one, or in a column that the changes tell of. */
function expectNothingLost(old: BusinessPlan, { plan, tables, changes }: RolledForward): void {
  for (const table of tablesOf(old)) {
    const now = tablesOf(plan).find(({ id }) => id === table.id);
    expect(now?.rows.map(({ id }) => id)).toEqual(table.rows.map(({ id }) => id));
    const rolled = tables.find(({ id }) => id === table.id);
    const left = new Map<string, { kind: string; column: string }>();
    for (const { key } of rolled?.dropped ?? []) left.set(key, { kind: 'column-dropped', column: key });
    for (const { was, column } of rolled?.columns ?? []) if (was) left.set(was.key, { kind: 'column-moved', column: column.key });
    for (const told of left.values()) expect(changes).toContainEqual(expect.objectContaining({ table: table.id, ...told }));
    for (const row of table.rows) {
      const kept = Object.entries(row.cells).filter(([key]) => !left.has(key));
      const cells = now?.rows.find(({ id }) => id === row.id)?.cells ?? {};
      expect(kept.map(([key]) => [key, cells[key]])).toEqual(kept.map(([key, text]) => [key, clearedOf(key, text)]));
    }
    expect(new Set(now?.columns.map(({ key }) => key)).size).toBe(now?.columns.length);
  }
  const words = ({ sections, budget }: BusinessPlan): unknown => [sections.map(({ name, text }) => [name, text]), budget.footnote];
  expect(words(plan)).toEqual(words(old));
  expect(plan.fullPlan).toEqual(old.fullPlan);
}

function clearedOf(key: string, text: string): string {
  return key === 'description' || key === 'action' ? withoutNewMark(text) : text;
}

/** Codes in their order; "(New)" is no part of one. */
function codesOf(plan: BusinessPlan): unknown[] {
  const codes = (row: Row): unknown => [row.id, actionCodeOf(row), indicatorCodesOf(row)];
  return tablesOf(plan).flatMap(({ rows }) => rows.map(codes));
}

function throughFiveYears(first: BusinessPlan, years: readonly Edit[][]): void {
  const approved: { year: string; plan: BusinessPlan; asItWas: BusinessPlan; left: [string, string, string][] }[] = [];
  let [plan, year] = [first, '2025/26'];
  for (const edits of years) {
    const rolled = rollForward(plan, { to: nextYear(year) });
    expectNothingLost(plan, rolled);
    expect(codesOf(rolled.plan)).toEqual(codesOf(plan));
    approved.push({ year, plan, asItWas: structuredClone(plan), left: leaving(plan, rolled.plan) });
    plan = edited(rolled.plan, edits, nextYear(year));
    year = nextYear(year);
  }
  for (const { plan: then, asItWas, left } of approved) {
    expect(then).toEqual(asItWas);
    for (const [rowId, column, text] of left) expect(findRow(then, rowId)?.row.cells[column]).toBe(text);
  }
}

/** The figures that next year's plan does not show, by row and column. */
function leaving(plan: BusinessPlan, next: BusinessPlan): [string, string, string][] {
  return tablesOf(plan).flatMap(({ rows }) =>
    rows.flatMap(({ id, cells }) =>
      Object.entries(cells).flatMap(([key, text]): [string, string, string][] =>
        plainText(text) !== '' && findRow(next, id)?.row.cells[key] === undefined ? [[id, key, text]] : [],
      ),
    ),
  );
}

describe('five years of rolling forward', () => {
  it('lose nothing of the demonstration plan, whatever people do in between', () => {
    fc.assert(
      fc.property(fiveYears, (years) => throughFiveYears(seedPlan(), years)),
      { numRuns: 15 },
    );
  });

  it('lose nothing of plans of any shape', () => {
    fc.assert(
      fc.property(generatedPlan, fiveYears, (plan, years) => throughFiveYears(plan, years)),
      { numRuns: 60 },
    );
  });

  it('leave a table as many columns as it had, once it shows what it has to', () => {
    let plan = rollForward(seedPlan(), { to: '2026/27' }).plan;
    for (const to of ['2027/28', '2028/29', '2029/30', '2030/31']) plan = rollForward(plan, { to }).plan;
    expect(plan.kpis.columns.map(({ key }) => key)).toEqual([
      'description',
      'achieved 2026/27',
      'achieved 2027/28',
      'achieved 2028/29',
      'target 2029/30',
      'target 2030/31',
      'futureYears',
      'owner',
    ]);
    expect(plan.budget.columns.map(({ key }) => key)).toEqual(['text', 'actionCode', 'budget 2030/31', 'budget 2031/32', 'budget 2032/33']);
  });
});
