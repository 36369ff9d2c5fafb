/** An indicator without a target for the plan's first year. */
import type { Rule } from '../finding.js';
import { measuresOf, parseFigure } from '../parse-cell.js';
import { firstYearOf, indicatorRowsOf, nameOf, placeOfIndicator } from '../plan-rows.js';

export const noFirstYearTarget: Rule = {
  name: 'no-first-year-target',
  severity: 'error',
  title: 'No target for the plan’s first year',
  explanation:
    'Each quarter’s figure is held against this target. Without it the indicator can be reported, but nobody can say how it is doing.',
  check: (plan) => {
    const year = firstYearOf(plan);
    return indicatorRowsOf(plan).flatMap(({ row, columns }) => {
      const column = columns.find(({ kind, year: of }) => kind === 'target' && of === year);
      if (!column) return [];
      return measuresOf(row, columns)
        .filter((measure) => parseFigure(measure.figures[column.key] ?? '').kind === 'none')
        .map((measure) => ({
          ...placeOfIndicator(row, column.key, measure.code),
          message: `${nameOf(measure.code, measure.label)} has no target for ${year}, the plan’s first year. Enter one, or say in the comments that it is for information only and accept this with a reason.`,
        }));
    });
  },
};
