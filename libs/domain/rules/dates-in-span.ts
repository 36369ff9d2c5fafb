/** Target dates against the years of the action's code and of the plan. */
import type { Rule } from '../finding.js';
import { lastDay } from '../financial-year.js';
import { lastYearOf } from '../plan-rows.js';
import { financialYearOf } from '../years-in-text.js';

/** "COMS2627_11": the year 2026/27, in which the action was to begin; "COMS2224_08a": from 2022 to 2024. */
const YEARS_IN_CODE = /^[A-Za-z&]+_?(\d\d)(\d\d)_/;

export const dateBeforeCodeYear: Rule = {
  name: 'date-before-code-year',
  severity: 'warning',
  title: 'A target date before the year in the code',
  explanation:
    'The four digits of a code name the years that the action was planned for. A date before they begin means that the code or the date is wrong.',
  check: ({ actions }) =>
    actions.flatMap(({ code, date, dateColumn, at }) => {
      const [, from = '', to = ''] = YEARS_IN_CODE.exec(code ?? '') ?? [];
      if (from === '' || Number(to) <= Number(from) || date.kind !== 'date' || date.lastDay >= `20${from}-04-01`) return [];
      const first = `20${from}/${String((Number(from) + 1) % 100).padStart(2, '0')}`;
      const message = `${code} has the target date “${date.text}”, but its code names years from ${first}. Check the code and the date.`;
      return [{ ...at(dateColumn), message }];
    }),
};

export const dateBeyondPlan: Rule = {
  name: 'date-beyond-plan',
  severity: 'warning',
  title: 'A target date after the plan’s last year',
  explanation: 'A plan covers three years. An action that ends later needs a step within them that can be watched, or is for a later plan.',
  check: ({ plan, actions }) => {
    const year = lastYearOf(plan);
    if (year === null || financialYearOf([year.slice(0, 4), year.slice(5)]) === null) return [];
    const end = lastDay(year);
    return actions.flatMap(({ name, date, dateColumn, at }) => {
      if (date.kind !== 'date' || date.lastDay <= end) return [];
      const message = `${name} has the target date “${date.text}”, after ${year}, the plan’s last year. Check the date, or name a step within these years.`;
      return [{ ...at(dateColumn), message }];
    });
  },
};
