/** An action that does not say what it is to achieve. */
import type { Rule } from '../finding.js';
import { plainText } from '../plain-text.js';

export const blankOutcome: Rule = {
  name: 'blank-outcome',
  severity: 'warning',
  title: 'An action without a targeted outcome',
  explanation: 'The outcome is what members and the public judge an action by; without it nobody can say whether it was worth doing.',
  check: ({ actions }) =>
    actions
      .filter(({ row }) => /^(?:[-–—]|n ?\/ ?a)?$/i.test(plainText(row.cells.outcome ?? '')))
      .map(({ name, at }) => ({ ...at('outcome'), message: `${name} has no targeted outcome. Say what it is to achieve.` })),
};
