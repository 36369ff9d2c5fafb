/** Target dates against the years of the action's code and of the plan. */
import type { Rule } from '../finding.js';
import { actionCodeOf, targetDateOf } from '../parse-cell.js';
import { lastYearOf, nameOf, placeOfAction } from '../plan-rows.js';

/** "COMS2627_11": the year 2026/27, in which the action was to begin. */
const YEARS_IN_CODE = /^[A-Za-z&]+_?(\d\d)(\d\d)_/;

export const dateBeforeCodeYear: Rule = {
  name: 'date-before-code-year',
  severity: 'warning',
  title: 'A target date before the year in the code',
  explanation:
    'The four digits of a code name the years that the action was planned for. A date before they begin means that the code or the date is wrong.',
  check: (plan) =>
    plan.actions.rows.flatMap((row) => {
      const code = actionCodeOf(row);
      const [, from = '', to = ''] = YEARS_IN_CODE.exec(code ?? '') ?? [];
      const date = targetDateOf(row);
      if (from === '' || Number(to) <= Number(from) || date.kind !== 'month' || date.lastDay >= `20${from}-04-01`) return [];
      const message = `${code} is due in ${date.text}, but its code names years from 20${from}/${String((Number(from) + 1) % 100).padStart(2, '0')}. Check the code and the date.`;
      return [{ ...placeOfAction(row, 'officers'), message }];
    }),
};

export const dateBeyondPlan: Rule = {
  name: 'date-beyond-plan',
  severity: 'warning',
  title: 'A target date after the plan’s last year',
  explanation: 'A plan covers three years. An action that ends later needs a step within them that can be watched, or is for a later plan.',
  check: (plan) => {
    const year = lastYearOf(plan);
    if (year === null) return [];
    return plan.actions.rows.flatMap((row) => {
      const date = targetDateOf(row);
      if (date.kind !== 'month' || date.lastDay <= `${Number(year.slice(0, 4)) + 1}-03-31`) return [];
      const name = nameOf(actionCodeOf(row), row.cells.action ?? '');
      return [
        {
          ...placeOfAction(row, 'officers'),
          message: `${name} is due in ${date.text}, after ${year}, the plan’s last year. Check the date.`,
        },
      ];
    });
  },
};
