/** A percentage below 0 or above 100: mostly the count beside it, typed twice. */
import type { Column } from '../business-plan.js';
import type { Rule } from '../finding.js';
import type { MeasureReading } from '../plan-reading.js';
import { shortened } from '../plan-rows.js';

export const percentageOutOfRange: Rule = {
  name: 'percentage-out-of-range',
  severity: 'error',
  title: 'A percentage outside 0 to 100',
  explanation:
    'A share of something cannot be less than none or more than all of it. Often the count beside it was typed into the percentage as well. A figure that is right nevertheless, such as growth above the year before, needs words beside it that say so.',
  check: ({ indicators }) =>
    indicators.flatMap(({ measures, figureColumns, at }) =>
      measures.flatMap((measure) =>
        figureColumns.flatMap((column) => {
          const message = complaint(measure, measures, column);
          return message === null ? [] : [{ ...at(column.key, measure.code), message }];
        }),
      ),
    ),
};

function complaint(measure: MeasureReading, measures: readonly MeasureReading[], column: Column): string | null {
  const figure = measure.read[column.key];
  if (figure?.kind !== 'number' || figure.unit !== '%' || (figure.value >= 0 && figure.value <= 100)) return null;
  const twin = measures.find((other) => other !== measure && isCount(other, column.key, figure.value));
  const beside = twin ? `, and it equals the count beside it (${twin.name})` : '';
  return `${measure.name} has ${shortened(measure.figures[column.key] ?? '')} under “${column.heading.trim()}”: a percentage lies between 0% and 100%${beside}. Check the figure with its source and correct it.`;
}

function isCount({ read }: MeasureReading, key: string, value: number): boolean {
  const figure = read[key];
  return figure?.kind === 'number' && figure.unit === '' && figure.value === value;
}
