/** What `plancycle roll-forward` prints: for people the columns and changes in groups, for machines JSON with the new plan. */
import type { PlanCounts } from '../../libs/domain/count-plan.js';
import { columnMoves, groupedChanges, type ColumnMove } from '../../libs/domain/roll-forward-summary.js';
import type { RolledForward } from '../../libs/domain/roll-forward.js';

export interface RollForwardResult extends RolledForward {
  /** What the old plan is called: its file, or its title and version. */
  name: string;
  /** '2026/27' */
  to: string;
  dryRun: boolean;
  counts: { before: PlanCounts; after: PlanCounts };
}

/** The years, every change, the columns of each table before and after, the counts, and the plan that comes out. */
export function rollForwardAsJson({ from, to, changes, tables, counts, plan }: RollForwardResult): string {
  const columns = tables.map(({ id, columns: rolled, dropped }) => ({
    table: id,
    columns: rolled.map(({ column, filledFrom }) => ({ column: column.key, heading: column.heading, filledFrom })),
    dropped: dropped.map(({ key, heading }) => ({ column: key, heading })),
  }));
  return `${JSON.stringify({ from, to, changes, columns, counts, plan }, null, 2)}\n`;
}

/** The same for people. */
export function rollForwardAsText({ name, from, to, dryRun, changes, tables, counts }: RollForwardResult): string {
  const moves = columnMoves(tables).flatMap((group) => [`  ${group.title}`, ...group.moves.map(moveLine)]);
  const groups = groupedChanges(changes)
    .filter(({ kind }) => kind !== 'column-moved' && kind !== 'column-dropped')
    .flatMap(({ title, changes: alike }) => ['', `${title} (${alike.length})`, ...alike.map(({ sentence }) => `  ${sentence}`)]);
  return [
    `${name}, rolled forward from ${from} to ${to}`,
    ...(dryRun ? ['Nothing has been written: this is what would come out.'] : []),
    '',
    'Columns',
    ...(moves.length === 0 ? ['  All stay as they are.'] : moves),
    ...groups,
    '',
    'Rows before and after',
    ...countLines(counts),
    '',
  ].join('\n');
}

function moveLine({ was, becomes, holds }: ColumnMove): string {
  const change = was === null ? `begins: ${becomes}` : becomes === null ? `leaves: ${was}` : `${was} becomes ${becomes}`;
  return `    ${change}. ${holds}.`;
}

const COUNTED: [keyof PlanCounts, string][] = [
  ['csiObjectives', 'Outcome objectives'],
  ['csiIndicators', 'Critical success indicators'],
  ['kpiRows', 'Key performance indicator rows'],
  ['measures', 'Measures'],
  ['actions', 'Actions'],
  ['budgetLines', 'Budget lines'],
];

function countLines({ before, after }: RollForwardResult['counts']): string[] {
  return COUNTED.map(([key, what]) => `  ${what}: ${before[key]} before, ${after[key]} after`);
}
