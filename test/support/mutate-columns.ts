/** Random changes to the columns of a plan's tables, with the differences that they make. */
import { ACTION_COLUMNS, type Column, type Row } from '../../libs/domain/business-plan.js';
import type { DifferenceInJson } from '../../libs/domain/differences/difference.js';
import type { Mutating, Mutation } from './mutate-plan.js';

export const columnMutations: Mutation[] = [yearRemoved, yearAdded, headingReworded, actionHeadingReworded];

/** Tables whose columns change together, and how a difference names them. */
interface Group {
  table: 'csi' | 'kpi' | 'budget';
  code: string | null;
  tables: { columns: Column[]; rows: Row[] }[];
}

/** All objectives' tables, one of them, the KPIs', the budget's; one whose columns were changed already is left alone. */
function claimedGroup({ plan, random, claim }: Mutating): Group | null {
  const one = random.oneOf(plan.objectives);
  const groups: Group[] = [
    { table: 'csi', code: null, tables: plan.objectives.map(({ table }) => table) },
    { table: 'csi', code: one.code, tables: [one.table] },
    { table: 'kpi', code: null, tables: [plan.kpis] },
    { table: 'budget', code: null, tables: [plan.budget] },
  ];
  const group = random.oneOf(groups);
  return claim(`columns of ${group.table}`) ? group : null;
}

function yearRemoved(mutating: Mutating): boolean {
  const group = claimedGroup(mutating);
  if (!group) return false;
  const { key, heading } = mutating.random.oneOf(group.tables[0]!.columns.filter(({ year }) => year !== null));
  if (!mutating.claim(`column ${group.table} ${key}`)) return false;
  for (const { columns, rows } of group.tables) {
    columns.splice(
      columns.findIndex((column) => column.key === key),
      1,
    );
    for (const row of rows) delete row.cells[key];
  }
  mutating.expect({ kind: 'removed', table: group.table, code: group.code, field: fieldOf(key), before: heading });
  return true;
}

function yearAdded(mutating: Mutating): boolean {
  const group = claimedGroup(mutating);
  if (!group) return false;
  const [key, heading] = group.table === 'budget' ? ['budget 2028/29', '2028/29 Budget £'] : ['target 2026/27', 'Target 2026/27'];
  for (const { columns, rows } of group.tables) {
    columns.splice(columns.length - 1, 0, { key, heading, kind: group.table === 'budget' ? 'budgetYear' : 'target', year: '2026/27' });
    rows.forEach((row, index) => (row.cells[key] = String(index * 7)));
  }
  mutating.expect({ kind: 'added', table: group.table, code: group.code, field: fieldOf(key), after: heading });
  return true;
}

function headingReworded(mutating: Mutating): boolean {
  const group = claimedGroup(mutating);
  if (!group) return false;
  const { key, heading } = mutating.random.oneOf(group.tables[0]!.columns.filter(({ year }) => year !== null));
  for (const { columns } of group.tables) for (const column of columns) if (column.key === key) column.heading = `${heading} (provisional)`;
  const words: Partial<DifferenceInJson> = { before: heading, after: `${heading} (provisional)` };
  mutating.expect({ kind: 'changed', table: group.table, code: group.code, field: fieldOf(key), ...words });
  return true;
}

function actionHeadingReworded({ plan, random, claim, expect }: Mutating): boolean {
  const key = random.oneOf(ACTION_COLUMNS);
  if (!claim(`heading of ${key}`)) return false;
  const before = plan.actions.headings[key];
  plan.actions.headings = { ...plan.actions.headings, [key]: `${before} (updated)` };
  const field = key === 'action' ? 'description' : key;
  expect({ kind: 'changed', table: 'actions', field, before, after: `${before} (updated)` });
  return true;
}

function fieldOf(key: string): string {
  return key.replace(/^budget /, '');
}
