/** A percentage below 0 or above 100: mostly the count beside it, typed twice. */
import type { Column } from '../business-plan.js';
import type { Finding, Rule } from '../finding.js';
import { type Measure, measuresOf, parseFigure } from '../parse-cell.js';
import { indicatorRowsOf, nameOf, placeOfIndicator } from '../plan-rows.js';

export const percentageOutOfRange: Rule = {
  name: 'percentage-out-of-range',
  severity: 'error',
  title: 'A percentage outside 0 to 100',
  explanation:
    'A share of something cannot be less than none or more than all of it. Often the count beside it was typed into the percentage as well. If the figure is right, as with growth above the year before, accept it with a reason.',
  check: (plan) =>
    indicatorRowsOf(plan).flatMap(({ row, columns }) => {
      const measures = measuresOf(row, columns);
      return measures.flatMap((measure) =>
        columns.flatMap((column) => {
          const message = complaint(measure, measures, column);
          return message === null ? [] : [{ ...placeOfIndicator(row, column.key, measure.code), message } satisfies Partial<Finding>];
        }),
      );
    }),
};

function complaint(measure: Measure, measures: Measure[], column: Column): string | null {
  const raw = measure.figures[column.key] ?? '';
  const figure = parseFigure(raw);
  if (figure.kind !== 'number' || figure.unit !== '%' || (figure.value >= 0 && figure.value <= 100)) return null;
  const twin = measures.find((other) => other !== measure && sameCount(other.figures[column.key] ?? '', figure.value));
  const beside = twin ? `, and it equals the count beside it (${nameOf(twin.code, twin.label)})` : '';
  return `${nameOf(measure.code, measure.label)} has ${raw} under “${column.heading.trim()}”: a percentage lies between 0% and 100%${beside}. Check the figure with its source and correct it, or accept it with a reason.`;
}

function sameCount(raw: string, value: number): boolean {
  const figure = parseFigure(raw);
  return figure.kind === 'number' && figure.unit === '' && figure.value === value;
}
