/** What the indicator tables as a whole should keep to: how many CSIs, one figure for one measure, figures that can be read. */
import type { Rule } from '../finding.js';
import { figureParts, indicatorCodesOf, measuresOf, parseFigure } from '../parse-cell.js';
import { plainText } from '../plain-text.js';
import { indicatorRowsOf, nameOf, placeOfIndicator } from '../plan-rows.js';

export const tooManyCsi: Rule = {
  name: 'too-many-csi',
  severity: 'warning',
  title: 'More critical success indicators than the council allows',
  explanation:
    'The council sets how many critical success indicators a corporate priority may have, so that members see what matters most. A named officer can accept more, with a reason.',
  check: (plan, { maximumCsi }) => {
    const count = plan.objectives.reduce((sum, { table }) => sum + table.rows.length, 0);
    if (count <= maximumCsi) return [];
    const message = `The plan has ${count} critical success indicators under ${plan.objectives.length} outcome objectives; the council’s limit is ${maximumCsi} for each corporate priority. Leave some out, or accept this with a reason.`;
    return [{ line: null, code: null, column: null, rowId: null, message }];
  },
};

export const figuresDisagree: Rule = {
  name: 'figures-disagree',
  severity: 'warning',
  title: 'One measure with different figures in two tables',
  explanation:
    'A measure that stands in two tables of one plan must have the same figures in both; otherwise readers cannot know which is right.',
  check: (plan) => {
    const measures = indicatorRowsOf(plan).flatMap(({ row, columns }) =>
      measuresOf(row, columns).map((measure) => ({ row, columns, measure })),
    );
    const first = new Map(measures.toReversed().map((each) => [each.measure.code, each]));
    return measures.flatMap(({ row, columns, measure }) => {
      const earlier = first.get(measure.code);
      if (!earlier || measure.code === null || earlier.row === row) return [];
      return columns
        .filter(
          ({ key }) =>
            key in measure.figures && key in earlier.measure.figures && !sameFigure(measure.figures[key], earlier.measure.figures[key]),
        )
        .map(({ key, heading }) => ({
          ...placeOfIndicator(row, key, measure.code),
          message: `${measure.code} has ${measure.figures[key] || 'nothing'} under “${plainText(heading)}” here and ${earlier.measure.figures[key] || 'nothing'} ${earlier.row.line === undefined ? 'in another table' : `on line ${earlier.row.line}`}. Make them agree.`,
        }));
    });
  },
};

function sameFigure(one = '', other = ''): boolean {
  return JSON.stringify(parseFigure(one)) === JSON.stringify(parseFigure(other));
}

export const figureNotUnderstood: Rule = {
  name: 'figure-not-understood',
  severity: 'warning',
  title: 'A cell that holds no figure, or not one for each measure',
  explanation:
    'A figure that cannot be read as a number is left out of ratings and charts. In a row with several measures each cell needs one figure for each, in the order of the codes.',
  check: (plan) =>
    indicatorRowsOf(plan).flatMap(({ row, columns }) => {
      const count = Math.max(1, indicatorCodesOf(row).length);
      const place = placeOfIndicator(row, null);
      return columns
        .filter(({ kind }) => kind === 'achieved' || kind === 'target' || kind === 'futureYears')
        .filter(({ key }) => !hasFigures(row.cells[key] ?? '', count))
        .map(({ key, heading }) => {
          const wanted = count === 1 ? 'as a number' : `as ${count} numbers, one for each code`;
          const message = `“${plainText(row.cells[key] ?? '')}” under “${plainText(heading)}” of ${nameOf(place.code, row.cells.description ?? '')} cannot be read ${wanted}. Correct it, or move the words to the comments.`;
          return { ...place, column: key, message };
        });
    }),
};

/** Whether a cell holds a figure, or nothing, for each measure of its row. */
function hasFigures(raw: string, count: number): boolean {
  const parts = count === 1 ? [raw] : figureParts(raw, count);
  const lost = parts.join('') === '' && plainText(raw) !== '';
  return !lost && parts.every((part) => parseFigure(part).kind !== 'text');
}

export const newWithResults: Rule = {
  name: 'new-with-results',
  severity: 'note',
  title: 'An indicator called new that has results of earlier years',
  explanation:
    'A measure may be new to the plan though it was counted before; readers then wonder. Say so in the comments, or take “(New)” away.',
  check: (plan) =>
    indicatorRowsOf(plan).flatMap(({ row, columns }) => {
      const results = columns.filter(({ kind, key }) => kind === 'achieved' && parseFigure(row.cells[key] ?? '').kind === 'number');
      if (!/\(\s*new\s*\)/i.test(row.cells.description ?? '') || results.length === 0) return [];
      const place = placeOfIndicator(row, 'description');
      const message = `${nameOf(place.code, row.cells.description ?? '')} is marked “(New)” and has results for ${results.map(({ year }) => year).join(', ')}. Say in the comments what is new about it.`;
      return [{ ...place, message }];
    }),
};
