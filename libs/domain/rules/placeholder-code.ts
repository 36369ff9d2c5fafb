/** A code that only stands in for one that is still to be given. */
import { isPlaceholder } from '../codes.js';
import type { Found, Rule } from '../finding.js';
import { type Place, shortened } from '../plan-rows.js';

export const placeholderCode: Rule = {
  name: 'placeholder-code',
  severity: 'error',
  title: 'A code that is still to be given',
  explanation:
    'A code such as “ComS_NEW” holds the place of a real one. Quarterly figures are collected and compared from year to year by code, so the next new row would be mistaken for this one.',
  check: ({ indicators, actions }) => [
    ...indicators.flatMap(({ codes, codeColumn, at }) => codes.flatMap((code) => complaint(at(codeColumn, code), 'indicator'))),
    ...actions.flatMap(({ codeColumn, at }) => complaint(at(codeColumn), 'action')),
  ],
};

function complaint(place: Place, what: string): Found[] {
  if (place.code === null || !isPlaceholder(place.code)) return [];
  const message = `${shortened(place.code)} stands in for a code that this ${what} has not been given yet. Give it its own code before the plan is approved.`;
  return [{ ...place, message }];
}
