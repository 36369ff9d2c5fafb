/** A code that only stands in for one that is still to be given. */
import type { Rule } from '../finding.js';
import { actionCodeOf, indicatorCodesOf } from '../parse-cell.js';
import { indicatorRowsOf, type Place, placeOfAction, placeOfIndicator } from '../plan-rows.js';

const PLACEHOLDER = /(?:^|_)(?:NEW|TBC|TBA|TBD|X{2,}|\?+)$/i;

export const placeholderCode: Rule = {
  name: 'placeholder-code',
  severity: 'error',
  title: 'A code that is still to be given',
  explanation:
    'A code such as “ComS_NEW” holds the place of a real one. Quarterly figures are collected and compared from year to year by code, so the next new row would be mistaken for this one.',
  check: (plan) => {
    const indicators = indicatorRowsOf(plan).flatMap(({ row }) =>
      indicatorCodesOf(row).map((code) => placeOfIndicator(row, 'description', code)),
    );
    const actions = plan.actions.rows.map((row) => ({ ...placeOfAction(row, 'action'), code: actionCodeOf(row) }));
    return [...indicators, ...actions]
      .filter(({ code }) => code !== null && PLACEHOLDER.test(code))
      .map((place) => ({ ...place, message: sentence(place) }));
  },
};

function sentence({ code, column }: Place): string {
  return `${code} stands in for a code that this ${column === 'action' ? 'action' : 'indicator'} has not been given yet. Give it its own code before the plan is approved.`;
}
