/** A target that is the same every year, though the results are far from it and do not come nearer. */
import type { Found, Rule, RuleSettings } from '../finding.js';
import type { IndicatorReading, MeasureReading } from '../plan-reading.js';
import { firstYearOf } from '../plan-rows.js';
import { settingOf } from './directions.js';
import { credibleResults, type YearResult } from './results.js';

/** How far, as a share of the last result, a target may be from it and from where the results are heading. */
const FAR = 0.2;

export const farTarget: Rule = {
  name: 'far-target',
  severity: 'warning',
  title: 'A target that never moves and is far from the results',
  explanation:
    'A target that stays the same in every year while results are far from it, and are not heading for it, is red each quarter and tells nobody anything. It may be a level to be held; then the comments should say how it is to be reached.',
  check: ({ plan, indicators }, settings) => {
    const year = firstYearOf(plan);
    if (year === null) return [];
    const told = new Set<string>();
    return indicators.flatMap((row) =>
      row.measures.flatMap((measure) => {
        const found = farFrom(measure, row, year, settings);
        // A measure that stands in both tables with the same figures is asked about once.
        const key = `${measure.code} ${JSON.stringify(measure.figures)}`;
        if (!found || told.has(key)) return [];
        if (measure.code !== null) told.add(key);
        return [found];
      }),
    );
  },
};

function farFrom(measure: MeasureReading, row: IndicatorReading, year: string, settings: RuleSettings): Found | null {
  const results = credibleResults(measure, row.columns);
  const target = flatTarget(measure, row, year);
  const last = results.at(-1);
  if (!target || !last || results.length < 2 || results.some(({ unit }) => unit !== target.unit)) return null;
  const wants = settingOf(measure.code, row, settings);
  // A target that the last result beats is told by its own rule.
  const isBeaten =
    wants && (wants.direction === 'lower' ? last.value < target.value : wants.direction === 'higher' && last.value > target.value);
  if (isBeaten || !isFar(target.value, results, Number(year.slice(0, 4)))) return null;
  const written = results.map(({ raw }) => raw).join(', ');
  const message = `${measure.name} aims at ${target.raw} in every year, while its results were ${written}. Check the target, or say in the comments how it is to be reached.`;
  return { ...row.at(target.key, measure.code), message };
}

/** The one target that a measure has in all years, with the key of the plan's first year; null where it moves, or stands but once. */
function flatTarget(
  { read, figures }: MeasureReading,
  { columns }: IndicatorReading,
  year: string,
): { value: number; unit: string; raw: string; key: string } | null {
  const targets = columns.filter(({ kind }) => kind === 'target' || kind === 'futureYears');
  const key = targets.find(({ kind, year: of }) => kind === 'target' && of === year)?.key;
  const first = key === undefined ? undefined : read[key];
  if (key === undefined || first?.kind !== 'number' || targets.length < 2) return null;
  const isFlat = targets.every((column) => {
    const figure = read[column.key];
    return figure?.kind === 'number' && figure.value === first.value && figure.unit === first.unit;
  });
  return isFlat ? { value: first.value, unit: first.unit, raw: figures[key] ?? '', key } : null;
}

/** Whether a target is far from the last result, and from where the results would be in its year if they went on as before. */
function isFar(target: number, results: readonly YearResult[], targetYear: number): boolean {
  const [first, last] = [results[0]!, results.at(-1)!];
  const years = Number(last.year.slice(0, 4)) - Number(first.year.slice(0, 4));
  const yearly = (last.value - first.value) / Math.max(1, years);
  const expected = last.value + yearly * (targetYear - Number(last.year.slice(0, 4)));
  const tolerance = FAR * Math.abs(last.value);
  const towards = Math.sign(target - last.value);
  return Math.abs(target - last.value) > tolerance && (target - expected) * towards > tolerance;
}
