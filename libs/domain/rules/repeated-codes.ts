/** One code on two actions. */
import type { Row } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { actionCodeOf } from '../parse-cell.js';
import { placeOfAction } from '../plan-rows.js';

export const repeatedActionCode: Rule = {
  name: 'repeated-action-code',
  severity: 'error',
  title: 'One code on two actions',
  explanation:
    'Updates, reports and next year’s plan know an action by its code. With one code on two actions nobody can say which of them an update is about, and an import by code would overwrite one with the other.',
  check: (plan) => {
    const first = new Map<string, { row: Row; number: number }>();
    return plan.actions.rows.flatMap((row, index) => {
      const code = actionCodeOf(row);
      if (code === null) return [];
      const earlier = first.get(code.toUpperCase());
      if (!earlier) {
        first.set(code.toUpperCase(), { row, number: index + 1 });
        return [];
      }
      const where = earlier.row.line === undefined ? `action ${earlier.number} of the table` : `the action on line ${earlier.row.line}`;
      const message = `The code ${code} stands on this action and on ${where}. Give each action a code of its own.`;
      return [{ ...placeOfAction(row, 'action'), message }];
    });
  },
};
