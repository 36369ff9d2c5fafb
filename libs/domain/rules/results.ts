/** The results of a measure by which its targets are judged. */
import type { Column } from '../business-plan.js';
import type { MeasureReading } from '../plan-reading.js';

/** A result of one year. */
export interface YearResult {
  /** '2023/24'. */
  year: string;
  value: number;
  unit: string;
  /** As written. */
  raw: string;
}

/** A measure's results that can be right, the oldest first: a percentage beyond its range has its own rule and is no yardstick. */
export function credibleResults({ read, figures }: MeasureReading, columns: readonly Column[]): YearResult[] {
  const results = columns.flatMap(({ kind, key, year }) => {
    const figure = read[key];
    if (kind !== 'achieved' || year === null || figure?.kind !== 'number') return [];
    const isCredible = figure.unit !== '%' || (figure.value >= 0 && figure.value <= 100);
    return isCredible ? [{ year, value: figure.value, unit: figure.unit, raw: figures[key] ?? '' }] : [];
  });
  return results.sort((a, b) => a.year.localeCompare(b.year));
}
