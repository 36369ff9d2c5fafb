/** An indicator without a target for the plan's first year. */
import type { Rule } from '../finding.js';
import { firstYearOf } from '../plan-rows.js';

export const noFirstYearTarget: Rule = {
  name: 'no-first-year-target',
  severity: 'error',
  title: 'No target for the plan’s first year',
  explanation:
    'Each quarter’s figure is held against this target. Without it the indicator can be reported, but nobody can say how it is doing. An indicator that is there for information only should say so in its comments.',
  check: ({ plan, indicators }) => {
    const year = firstYearOf(plan);
    return indicators.flatMap(({ columns, measures, at }) => {
      const column = columns.find(({ kind, year: of }) => kind === 'target' && of === year);
      if (!column) return [];
      return measures
        .filter(({ read }) => read[column.key]?.kind === 'none')
        .map(({ name, code }) => ({
          ...at(column.key, code),
          message: `${name} has no target for ${year}, the plan’s first year. Enter one, or say in the comments why it has none.`,
        }));
    });
  },
};
