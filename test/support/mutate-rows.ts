/** Random changes to a plan's rows, with the differences that they make. The words are taken apart as the seed writes them. */
import type { BudgetRow, Row } from '../../libs/domain/business-plan.js';
import { cellMutations } from './mutate-cells.js';
import { rowLists, type Mutating, type Mutation } from './mutate-plan.js';
import { inSeedsWords } from './seed-words.js';

export const rowMutations: Mutation[] = [
  ...cellMutations,
  rowRemoved,
  rowAdded,
  rowMovedInTable,
  rowMovedToOtherObjective,
  rowMovedBetweenIndicatorTables,
];

/** A table's rows, and how differences name the table. */
interface RowList {
  table: 'csi' | 'kpi' | 'actions' | 'budget';
  rows: Row[];
  /** '1' for the first objective's. */
  name: string;
}

function listsOf({ plan }: Mutating): RowList[] {
  return rowLists(plan).map((rows, index) => {
    const table = (['kpi', 'actions', 'budget'] as const)[index - plan.objectives.length] ?? 'csi';
    return { table, rows, name: `${table} ${index + 1}` };
  });
}

/** In the long table of actions several rows may come and go; in the short ones one structural change is enough to follow. */
function mayRestructure({ claim }: Mutating, { table, name }: RowList): boolean {
  return table === 'actions' || claim(`structure of ${name}`);
}

function rowRemoved(mutating: Mutating): boolean {
  const list = mutating.random.oneOf(listsOf(mutating));
  const index = mutating.random.between(0, list.rows.length - 1);
  const row = list.rows[index]!;
  if (!mutating.claim(`row ${row.id}`) || !mayRestructure(mutating, list)) return false;
  list.rows.splice(index, 1);
  const { code, description } = inSeedsWords(row, list.table);
  mutating.expect({ kind: 'removed', table: list.table, code, before: description, meaning: 'dropped' });
  return true;
}

const SUBJECTS = ['Youth forum', 'Dog wardens', 'Canal towpaths', 'Taxi marshals', 'Graffiti kits', 'Park rangers'];

function rowAdded(mutating: Mutating): boolean {
  const list = mutating.random.oneOf(listsOf(mutating));
  const subject = mutating.random.oneOf(SUBJECTS);
  if (!mutating.claim(subject) || !mayRestructure(mutating, list)) return false;
  const code = `ADDED_${SUBJECTS.indexOf(subject)}`;
  const isMarked = mutating.random.next() < 0.5 && list.table !== 'budget';
  const first = { csi: 'description', kpi: 'description', actions: 'action', budget: 'text' }[list.table];
  const words =
    list.table === 'budget' ? subject : `${subject} ${list.table === 'actions' ? code : `(${code})`}${isMarked ? ' (New)' : ''}`;
  const row: Row = { id: `added-${subject}`, cells: { ...list.rows[0]!.cells, [first]: words } };
  const added = list.table === 'budget' ? ({ ...row, kind: 'line' } as BudgetRow) : row;
  mutating.claim(`row ${row.id}`);
  list.rows.splice(mutating.random.between(0, list.rows.length), 0, added);
  mutating.expect({ kind: 'added', table: list.table, code: list.table === 'budget' ? null : code, after: subject, meaning: 'new' });
  return true;
}

/** Far enough that no other move explains the new order, even with some rows between gone. */
function rowMovedInTable(mutating: Mutating): boolean {
  const list = mutating.random.oneOf(listsOf(mutating));
  const [from, to] = [0, 0].map(() => mutating.random.between(0, list.rows.length - 1)) as [number, number];
  const row = list.rows[from]!;
  if (Math.abs(from - to) < (list.table === 'actions' ? 7 : 2)) return false;
  if (!mutating.claim(`row ${row.id}`, `structure of ${list.name}`, `order of ${list.name}`)) return false;
  list.rows.splice(from, 1);
  list.rows.splice(to, 0, row);
  mutating.expect({ kind: 'moved', table: list.table, code: inSeedsWords(row, list.table).code, field: 'order', before: row.id });
  return true;
}

function rowMovedToOtherObjective(mutating: Mutating): boolean {
  const { plan, random, claim, expect } = mutating;
  const [from, to] = [random.oneOf(plan.objectives), random.oneOf(plan.objectives)];
  const row = random.oneOf(from.table.rows);
  if (from === to || from.table.rows.length < 2) return false;
  if (!claim(`row ${row.id}`, 'columns of csi', `structure of csi ${plan.objectives.indexOf(from) + 1}`)) return false;
  from.table.rows.splice(from.table.rows.indexOf(row), 1);
  to.table.rows.push(row);
  expect({ kind: 'moved', table: 'csi', code: inSeedsWords(row, 'csi').code, field: 'table', before: from.code, after: to.code });
  return true;
}

/** Of the KPIs that are no CSI as well: such a code would stand twice in one table. */
function rowMovedBetweenIndicatorTables(mutating: Mutating): boolean {
  const { plan, random, claim, expect } = mutating;
  const index = random.between(3, plan.kpis.rows.length - 1);
  const [row, objective] = [plan.kpis.rows[index], random.oneOf(plan.objectives)];
  if (!row || !/ComS_(?:NEW|04\d)/.test(row.cells.description ?? '')) return false;
  if (!claim(`row ${row.id}`, 'columns of csi', 'columns of kpi', 'structure of kpi 4')) return false;
  plan.kpis.rows.splice(index, 1);
  objective.table.rows.push(row);
  expect({ kind: 'moved', table: 'csi', code: inSeedsWords(row, 'csi').code, field: 'table', before: 'kpi', after: 'csi' });
  return true;
}
