/** What the benchmark found, its percentiles, and the table that people read. */

/** A limit that a figure is held to. */
export type Goal = { atMost: number } | { atLeast: number };

/** One measured figure with the goal that stands beside it. */
export interface Figure {
  /** The part of the benchmark that measured it, for example "decisions". */
  part: string;
  what: string;
  value: number;
  /** For example "ms", "MB", "events"; empty for a ratio. */
  unit: string;
  goal?: Goal;
  /** What a reader has to know to judge it. */
  note?: string;
}

/**
 * The value that a share of all values does not exceed, by nearest rank.
 * @param share from 0 up to 1, for example 0.95
 * @throws RangeError without values
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
  if (found === undefined) throw new RangeError('There are no values to take a percentile of.');
  return found;
}

/** Whether a figure meets its goal; null where it has none. */
export function meetsGoal({ value, goal }: Figure): boolean | null {
  if (!goal) return null;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** The figures as a table in plain text, one line each, parts in the order in which they were measured. */
export function asTable(figures: readonly Figure[]): string {
  const head = ['Part', 'Figure', 'Value', 'Goal', '', 'Note'];
  const lines = figures.map((figure) => [
    figure.part,
    figure.what,
    withUnit(figure.value, figure.unit),
    goalInWords(figure),
    { true: 'met', false: 'MISSED', null: '' }[String(meetsGoal(figure)) as 'true' | 'false' | 'null'],
    figure.note ?? '',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  return [head, widths.map((width) => '-'.repeat(width)), ...lines].map((line) => inColumns(line, widths)).join('\n');
}

function inColumns(cells: readonly string[], widths: readonly number[]): string {
  const isNumber = (column: number): boolean => column === 2 || column === 3;
  return cells
    .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
    .join('  ')
    .trimEnd();
}

function goalInWords({ goal, unit }: Figure): string {
  if (!goal) return '';
  return 'atMost' in goal ? `≤ ${withUnit(goal.atMost, unit)}` : `≥ ${withUnit(goal.atLeast, unit)}`;
}

/** Three significant digits say all that a noisy machine can tell. */
function withUnit(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${unit}`.trimEnd();
}
