/** Which way a measure should move, and targets that ask for less than was already reached. */
import type { Column } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { type Figure, type Measure, measuresOf, parseFigure } from '../parse-cell.js';
import { firstYearOf, indicatorRowsOf, nameOf, placeOfIndicator } from '../plan-rows.js';

export const directionUnknown: Rule = {
  name: 'direction-unknown',
  severity: 'warning',
  title: 'A measure of which nobody knows whether more or less is better',
  explanation: 'Without a direction a result cannot be rated. Set it with the measure’s settings, or set the measure to “data only”.',
  check: (plan, { measures }) => {
    if (!measures) return [];
    return indicatorRowsOf(plan).flatMap(({ row, columns, objective }) =>
      measuresOf(row, columns).flatMap(({ code, label }) => {
        const set = measures.find((each) => each.code === code && each.table === (objective ? 'csi' : 'kpi'));
        if (set && (set.direction !== 'unknown' || set.dataOnly)) return [];
        const message = `For ${nameOf(code, label)} nobody has said whether lower or higher is better, so it gets no rating. Set its direction, or set it to “data only”.`;
        return [{ ...placeOfIndicator(row, null, code), message }];
      }),
    );
  },
};

export const looserTarget: Rule = {
  name: 'looser-target',
  severity: 'warning',
  title: 'A target that asks for less than the last result',
  explanation:
    'A target that last year’s result already beats asks nobody to improve. It may be right, for example after an exceptional year; then say why in the comments.',
  check: (plan, { measures }) => {
    const year = firstYearOf(plan);
    return indicatorRowsOf(plan).flatMap(({ row, columns, objective }) => {
      const target = columns.find(({ kind, year: of }) => kind === 'target' && of === year);
      if (!target) return [];
      return measuresOf(row, columns).flatMap((measure) => {
        const set = measures?.find((each) => each.code === measure.code && each.table === (objective ? 'csi' : 'kpi'));
        const direction = set && !set.dataOnly ? set.direction : directionInWords(measure.label);
        const last = lastResult(measure, columns);
        const aimed = parseFigure(measure.figures[target.key] ?? '');
        if (set?.dataOnly || !last || !isLooser(aimed, last.figure, direction)) return [];
        const message = `${nameOf(measure.code, measure.label)} aims at ${measure.figures[target.key]} in ${year}, which ${last.raw} in ${last.year} already beats. Say why in the comments, or tighten the target.`;
        return [{ ...placeOfIndicator(row, target.key, measure.code), message }];
      });
    });
  },
};

/** What the description itself says: "Reduction in …" wants less. Other words say too little to go by. */
function directionInWords(label: string): 'lower' | 'unknown' {
  return /^(?:reduction|reduce|decrease)\b/i.test(label) ? 'lower' : 'unknown';
}

function lastResult(measure: Measure, columns: Column[]): { figure: Figure; raw: string; year: string } | null {
  const results = columns.flatMap(({ kind, key, year }) => {
    const raw = measure.figures[key] ?? '';
    const figure = parseFigure(raw);
    // A result that cannot be right is queried by its own rule and is no yardstick.
    const credible = figure.kind === 'number' && (figure.unit !== '%' || (figure.value >= 0 && figure.value <= 100));
    return kind === 'achieved' && year !== null && credible ? [{ figure, raw, year }] : [];
  });
  return results.sort((a, b) => a.year.localeCompare(b.year)).at(-1) ?? null;
}

function isLooser(target: Figure, last: Figure, direction: 'lower' | 'higher' | 'unknown'): boolean {
  if (target.kind !== 'number' || last.kind !== 'number' || target.unit !== last.unit) return false;
  return (direction === 'lower' && target.value > last.value) || (direction === 'higher' && target.value < last.value);
}
