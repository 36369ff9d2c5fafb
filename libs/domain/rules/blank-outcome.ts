/** An action that does not say what it is to achieve. */
import type { Rule } from '../finding.js';
import { plainText } from '../plain-text.js';
import { nameOf, placeOfAction } from '../plan-rows.js';

export const blankOutcome: Rule = {
  name: 'blank-outcome',
  severity: 'warning',
  title: 'An action without a targeted outcome',
  explanation: 'The outcome is what members and the public judge an action by; without it nobody can say whether it was worth doing.',
  check: (plan) =>
    plan.actions.rows
      .filter((row) => plainText(row.cells.outcome ?? '') === '')
      .map((row) => placeOfAction(row, 'outcome'))
      .map((place) => ({ ...place, message: `${nameOf(place.code, '')} has no targeted outcome. Say what it is to achieve.` })),
};
