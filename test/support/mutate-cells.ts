/** Random changes to single cells of a plan, with the differences that they make. */
import type { Row } from '../../libs/domain/business-plan.js';
import type { Meaning } from '../../libs/domain/differences/difference.js';
import type { Mutating, Mutation } from './mutate-plan.js';
import { inSeedsWords, ownerInSeed } from './seed-words.js';

export const cellMutations: Mutation[] = [
  figureChanged,
  partOfCompositeChanged,
  descriptionReworded,
  codeChanged,
  markChanged,
  ownerChanged,
  ownerSpelledOtherwise,
  commentsReworded,
  actionCellReworded,
  officersChanged,
  dateChanged,
  budgetChanged,
];

interface PickedRow {
  table: 'csi' | 'kpi' | 'actions';
  row: Row;
  code: string | null;
  description: string;
}

/** An indicator or an action that nothing was done to yet. */
function picked(
  { plan, random, claim }: Mutating,
  kind: 'indicator' | 'action',
  fits: (row: Row) => boolean = () => true,
): PickedRow | null {
  const objective = random.oneOf(plan.objectives);
  const [table, rows] =
    kind === 'action'
      ? (['actions', plan.actions.rows] as const)
      : random.oneOf([['csi', objective.table.rows] as const, ['kpi', plan.kpis.rows] as const]);
  const fitting = rows.filter(fits);
  if (fitting.length === 0) return null;
  const row = random.oneOf(fitting);
  return claim(`row ${row.id}`) ? { table, row, ...inSeedsWords(row, table) } : null;
}

function isComposite({ cells }: Row): boolean {
  return /_\w+.*_\w+/s.test(cells.description ?? '');
}

const FIGURE_KEYS = ['achieved 2021/22', 'achieved 2022/23', 'achieved 2023/24', 'target 2024/25', 'target 2025/26', 'futureYears'];

/** "1,850" → 1850, "" ; "60.4%" → 60.4, "%". */
function numberIn(text: string): { value: number; unit: string } {
  return { value: Number(text.replace(/[,%]/g, '')), unit: text.endsWith('%') ? '%' : '' };
}

/** What another target means by the demonstration's settings, worked out apart from the product. */
function meaningOf({ measures }: Mutating, table: string, code: string | null, key: string, before: string, after: string): Meaning | null {
  if (key.startsWith('achieved')) return null;
  const set = measures.find((one) => one.code === code && one.table === table);
  const [was, is] = [numberIn(before), numberIn(after)];
  if (was.value === is.value && after !== '') return null;
  const isKnown = set && !set.dataOnly && set.direction !== 'unknown';
  if (!isKnown || after === '' || Number.isNaN(is.value) || was.unit !== is.unit) return 'target changed';
  return is.value < was.value === (set.direction === 'lower') ? 'target raised' : 'target softened';
}

/** The same figure a little higher or lower, written otherwise, in another unit, or no figure any more. */
function otherFigure({ random }: Mutating, before: string, mayBeBlank: boolean): string {
  const { value, unit } = numberIn(before);
  const written = (number: number): string => `${number.toLocaleString('en-GB', { maximumFractionDigits: 1 })}${unit}`;
  const others = [written(value + random.between(1, 9)), written(Math.max(value - random.between(1, 9), 0.5))];
  const rare = [before.replace(',', ''), `£${before.replace('%', '')}`, ...(mayBeBlank ? ['', 'TBC'] : [])].filter(
    (other) => other !== before,
  );
  return random.next() < 0.7 ? random.oneOf(others) : random.oneOf(rare);
}

function figureChanged(mutating: Mutating): boolean {
  const key = mutating.random.oneOf(FIGURE_KEYS);
  const found = picked(mutating, 'indicator', (row) => !isComposite(row) && row.cells[key] !== undefined);
  if (!found || !mutating.claim(`column ${found.table} ${key}`)) return false;
  const { table, row, code } = found;
  const before = row.cells[key]!;
  const after = otherFigure(mutating, before, true);
  row.cells[key] = after;
  mutating.expect({
    kind: 'changed',
    table,
    code,
    field: key,
    before,
    after,
    meaning: meaningOf(mutating, table, code, key, before, after),
  });
  return true;
}

function partOfCompositeChanged(mutating: Mutating): boolean {
  const key = mutating.random.oneOf(FIGURE_KEYS);
  const found = picked(mutating, 'indicator', (row) => isComposite(row) && row.cells[key] !== undefined);
  if (!found || !mutating.claim(`column ${found.table} ${key}`)) return false;
  const { table, row } = found;
  const codes = row.cells.description!.match(/ComS_\w+/g)!;
  const parts = row.cells[key]!.split(' ');
  const part = mutating.random.between(0, 1);
  const [before, after] = [parts[part]!, otherFigure(mutating, parts[part]!, false)];
  row.cells[key] = parts.with(part, after).join(' ');
  const code = codes[part]!;
  mutating.expect({
    kind: 'changed',
    table,
    code,
    field: key,
    before,
    after,
    meaning: meaningOf(mutating, table, code, key, before, after),
  });
  return true;
}

function descriptionReworded(mutating: Mutating): boolean {
  const found = picked(mutating, mutating.random.oneOf(['indicator', 'action']));
  if (!found) return false;
  const { table, row, code, description } = found;
  const key = table === 'actions' ? 'action' : 'description';
  const [first = '', ...rest] = description.split(' ');
  row.cells[key] = row.cells[key]!.replace(first, `${first} promptly`);
  const after = [first, 'promptly', ...rest].join(' ');
  const meaning = table === 'actions' ? null : 'definition changed';
  mutating.expect({ kind: 'changed', table, code, field: 'description', before: description, after, meaning });
  return true;
}

function codeChanged(mutating: Mutating): boolean {
  const found = picked(mutating, mutating.random.oneOf(['indicator', 'action']));
  if (!found || !mutating.claim('a code')) return false;
  const { table, row, code } = found;
  const key = table === 'actions' ? 'action' : 'description';
  const text = row.cells[key]!;
  const start = table === 'actions' ? text.lastIndexOf(code!) : text.indexOf(code!);
  row.cells[key] = `${text.slice(0, start)}RECODED_77${text.slice(start + code!.length)}`;
  mutating.expect({ kind: 'changed', table, code, field: 'code', before: code, after: 'RECODED_77' });
  return true;
}

function markChanged(mutating: Mutating): boolean {
  const found = picked(mutating, mutating.random.oneOf(['indicator', 'action']));
  if (!found) return false;
  const { table, row, code } = found;
  const key = table === 'actions' ? 'action' : 'description';
  const wasNew = row.cells[key]!.endsWith(' (New)');
  row.cells[key] = wasNew ? row.cells[key]!.replace(/ \(New\)$/, '') : `${row.cells[key]} (New)`;
  mutating.expect({ kind: 'changed', table, code, field: 'new', before: wasNew ? '(New)' : '', after: wasNew ? '' : '(New)' });
  return true;
}

function hasOwner({ cells }: Row): boolean {
  return ownerInSeed(cells.owner ?? '').owner !== '';
}

function ownerChanged(mutating: Mutating): boolean {
  const found = picked(mutating, 'indicator', hasOwner);
  if (!found) return false;
  const { table, row, code } = found;
  const { owner, comments } = ownerInSeed(row.cells.owner!);
  const after = mutating.random.oneOf(['Communities and Crime Manager', 'Waste and Parks Manager', 'ASB Enforcement Officers']);
  row.cells.owner = `${after} ${comments}`.trim();
  mutating.expect({ kind: 'changed', table, code, field: 'owner', before: owner, after, meaning: 'owner changed' });
  return true;
}

function ownerSpelledOtherwise(mutating: Mutating): boolean {
  const found = picked(mutating, 'indicator', (row) => ownerInSeed(row.cells.owner ?? '').owner.startsWith('Head of'));
  if (!found) return false;
  const { table, row, code } = found;
  const { owner, comments } = ownerInSeed(row.cells.owner!);
  const others: Record<string, string> = {
    'Head of Communities and Community Safety': 'Head of Communities',
    'Head of Communities': 'Head of Communities and Community Safety',
    'Head of Environmental Health, Licensing and Private Sector Housing':
      'Head of Environmental Health, Licencing and Private Sector Housing',
  };
  row.cells.owner = `${others[owner]} ${comments}`.trim();
  mutating.expect({ kind: 'changed', table, code, field: 'owner', before: owner, after: others[owner]! });
  return true;
}

function commentsReworded(mutating: Mutating): boolean {
  const found = picked(mutating, 'indicator');
  if (!found) return false;
  const { table, row, code } = found;
  const { comments } = ownerInSeed(row.cells.owner!);
  row.cells.owner = `${row.cells.owner} Reviewed each spring.`;
  mutating.expect({ kind: 'changed', table, code, field: 'comments', before: comments, after: `${comments} Reviewed each spring.`.trim() });
  return true;
}

function actionCellReworded(mutating: Mutating): boolean {
  const found = picked(mutating, 'action');
  if (!found) return false;
  const field = mutating.random.oneOf(['outcome', 'partners', 'comments']);
  const before = found.row.cells[field] ?? '';
  const after = mutating.random.oneOf([`${before} and schools`.trim(), 'To be agreed', '']);
  if (before === after) return false;
  found.row.cells[field] = after;
  mutating.expect({ kind: 'changed', table: 'actions', code: found.code, field, before, after });
  return true;
}

const MONTH_AT_END = /^(.*) ((?:January|March|April|July|September) \d{4})$/;

function officersChanged(mutating: Mutating): boolean {
  const found = picked(mutating, 'action', ({ cells }) => MONTH_AT_END.test(cells.officers ?? ''));
  if (!found) return false;
  const [, before = '', date = ''] = MONTH_AT_END.exec(found.row.cells.officers!) ?? [];
  const after = mutating.random.oneOf(['Housing Operations Manager', `${before} Licensing Manager`, 'Waste and Parks Manager']);
  found.row.cells.officers = `${after} ${date}`;
  mutating.expect({ kind: 'changed', table: 'actions', code: found.code, field: 'officers', before, after, meaning: 'owner changed' });
  return true;
}

function dateChanged(mutating: Mutating): boolean {
  const found = picked(mutating, 'action', ({ cells }) => MONTH_AT_END.test(cells.officers ?? ''));
  if (!found) return false;
  const [, officers = '', before = ''] = MONTH_AT_END.exec(found.row.cells.officers!) ?? [];
  const others: [string, Meaning | null][] = [
    ['December 2029', 'date slipped'],
    [before.replace(/\d{4}/, (year) => String(Number(year) + 1)), 'date slipped'],
    ['May 2025', 'date brought forward'],
    ['To be confirmed', null],
    ['', null],
  ];
  const [after, meaning] = mutating.random.oneOf(others);
  found.row.cells.officers = `${officers} ${after}`.trim();
  mutating.expect({ kind: 'changed', table: 'actions', code: found.code, field: 'targetDate', before, after, meaning });
  return true;
}

function budgetChanged({ plan, random, claim, expect }: Mutating): boolean {
  const row = random.oneOf(plan.budget.rows.filter(({ kind }) => kind === 'line'));
  const key = random.oneOf(['text', 'actionCode', 'budget 2025/26', 'budget 2026/27']);
  if (!claim(`row ${row.id}`) || row.cells[key] === undefined || (key === 'text' && !claim('structure of budget 6'))) return false;
  if (!claim(`column budget ${key}`)) return false;
  const before = row.cells[key];
  row.cells[key] = { text: `${before} Agreed in May`.trim(), actionCode: 'BCRPASB_27' }[key] ?? '(5,500)';
  const code = key === 'actionCode' ? 'BCRPASB_27' : null;
  expect({ kind: 'changed', table: 'budget', code, field: key.replace('budget ', ''), before, after: row.cells[key] });
  return true;
}
