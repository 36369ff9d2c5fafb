/** What the indicator tables as a whole should keep to: how many CSIs, one figure for one measure, new measures without results. */
import { isNew } from '../codes.js';
import type { Rule } from '../finding.js';
import { plainText } from '../plain-text.js';
import type { MeasureReading } from '../plan-reading.js';
import { shortened } from '../plan-rows.js';

export const tooManyCsi: Rule = {
  name: 'too-many-csi',
  severity: 'warning',
  title: 'More critical success indicators than the council allows',
  explanation:
    'The council sets how many critical success indicators a corporate priority may have, so that members see what matters most. Where a plan has more, somebody who may allow it should have said why.',
  check: ({ plan }, { maximumCsi }) => {
    const count = plan.objectives.reduce((sum, { table }) => sum + table.rows.length, 0);
    if (count <= maximumCsi) return [];
    const message = `The plan has ${count} critical success indicators under ${plan.objectives.length} outcome objectives; the council’s limit is ${maximumCsi} for each corporate priority. Leave some out, or have somebody who may allow it say why.`;
    return [{ line: null, code: null, column: null, rowId: null, message }];
  },
};

export const figuresDisagree: Rule = {
  name: 'figures-disagree',
  severity: 'note',
  title: 'One measure with different figures in two tables',
  explanation:
    'A measure that stands in two tables of one plan must have the same figures in both; otherwise readers cannot know which is right.',
  check: ({ indicators }) => {
    const measures = indicators.flatMap((indicator) => indicator.measures.map((measure) => ({ ...indicator, measure })));
    const first = new Map(measures.toReversed().map((each) => [each.measure.code, each]));
    return measures.flatMap(({ row, table, figureColumns, at, measure }) => {
      const earlier = first.get(measure.code);
      // Within one table the code itself is queried.
      if (!earlier || measure.code === null || earlier.row === row || earlier.table === table) return [];
      const where = earlier.row.line === undefined ? 'in another table' : `on line ${earlier.row.line}`;
      return figureColumns
        .filter(({ key }) => key in earlier.measure.read && !sameFigure(measure.read[key], earlier.measure.read[key]))
        .map(({ key, heading }) => ({
          ...at(key, measure.code),
          message: `${measure.code} has ${written(measure, key)} under “${plainText(heading)}” here and ${written(earlier.measure, key)} ${where}. Make them agree.`,
        }));
    });
  },
};

function written({ figures }: MeasureReading, key: string): string {
  return shortened(figures[key] ?? '', 40) || 'nothing';
}

function sameFigure(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export const newWithResults: Rule = {
  name: 'new-with-results',
  severity: 'note',
  title: 'An indicator called new that has results of earlier years',
  explanation:
    'A measure may be new to the plan though it was counted before; readers then wonder. Say so in the comments, or take “(New)” away.',
  check: ({ indicators }) =>
    indicators.flatMap(({ row, name, figureColumns, measures, at }) => {
      const results = figureColumns.filter(
        ({ kind, key }) => kind === 'achieved' && measures.some(({ read }) => read[key]?.kind === 'number'),
      );
      if (!isNew(row) || results.length === 0) return [];
      const years = results.map(({ year }) => year).join(', ');
      return [
        {
          ...at('description'),
          message: `${name} is marked “(New)” and has results for ${years}. Check that the comments say what is new about it.`,
        },
      ];
    }),
};
