/** One code on two actions, or on two indicators of one table. */
import type { Found, Rule } from '../finding.js';
import type { Place } from '../plan-rows.js';

export const repeatedActionCode: Rule = {
  name: 'repeated-action-code',
  severity: 'error',
  title: 'One code on two actions',
  explanation:
    'Updates, reports and next year’s plan know an action by its code. With one code on two actions nobody can say which of them an update is about, and an import by code would overwrite one with the other.',
  check: ({ actions }) =>
    repeated(
      actions.map(({ codeColumn, at }) => at(codeColumn)),
      'action',
    ),
};

export const repeatedIndicatorCode: Rule = {
  name: 'repeated-indicator-code',
  severity: 'note',
  title: 'One code on two indicators of a table',
  explanation:
    'A measure may stand among the critical success indicators and among the key performance indicators under one code. Within one of these tables a code that stands twice makes two measures share their figures.',
  check: ({ indicators }) =>
    (['csi', 'kpi'] as const).flatMap((table) => {
      const places = indicators
        .filter((row) => row.table === table)
        .flatMap((row) => row.codes.map((code) => row.at(row.codeColumn, code)));
      return repeated(places, 'indicator');
    }),
};

/** The places whose code an earlier one has, capitals or not. */
function repeated(places: readonly Place[], what: string): Found[] {
  const first = new Map<string, { place: Place; number: number }>();
  return places.flatMap((place, index) => {
    if (place.code === null) return [];
    const key = place.code.toUpperCase();
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, { place, number: index + 1 });
      return [];
    }
    const { line } = earlier.place;
    const where =
      line === null ? `${what} ${earlier.number} of the table` : line === place.line ? 'this row again' : `the ${what} on line ${line}`;
    const message = `The code ${place.code} stands on this ${what} and on ${where}. Give each ${what} a code of its own.`;
    return [{ ...place, message }];
  });
}
