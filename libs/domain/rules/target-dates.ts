/** Actions without a target date, and with words where the date should stand. */
import type { Rule } from '../finding.js';
import { actionCodeOf, targetDateOf } from '../parse-cell.js';
import { nameOf, placeOfAction } from '../plan-rows.js';

export const noTargetDate: Rule = {
  name: 'no-target-date',
  severity: 'error',
  title: 'An action without a target date',
  explanation: 'Without a date nobody can say whether the action is on time, late or done, and it would never be asked about.',
  check: (plan) =>
    plan.actions.rows
      .filter((row) => targetDateOf(row).kind === 'absent')
      .map((row) => ({
        ...placeOfAction(row, 'officers'),
        message: `${nameOf(actionCodeOf(row), row.cells.action ?? '')} has no target date. Add the month and year, such as “March 2026”, after the officers.`,
      })),
};

export const proseTargetDate: Rule = {
  name: 'prose-target-date',
  severity: 'warning',
  title: 'Words in place of a target date',
  explanation:
    'A date told in words, such as “subject to the county plan”, cannot be watched. A month to aim for, with the words kept beside it, can.',
  check: (plan) =>
    plan.actions.rows.flatMap((row) => {
      const date = targetDateOf(row);
      if (date.kind !== 'prose') return [];
      const name = nameOf(actionCodeOf(row), row.cells.action ?? '');
      return [
        {
          ...placeOfAction(row, 'officers'),
          message: `${name} says “${date.text}” in place of a target date. Add the month and year to aim for.`,
        },
      ];
    }),
};
