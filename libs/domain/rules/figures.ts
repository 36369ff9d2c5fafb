/** Figures that cannot be read, are still to come, are no single number, or do not fit the others of their row. */
import type { Column } from '../business-plan.js';
import type { Found, Rule } from '../finding.js';
import { parseFigure, sameUnit, type Figure } from '../parse-figure.js';
import { plainText } from '../plain-text.js';
import type { IndicatorReading, MeasureReading } from '../plan-reading.js';
import { shortened } from '../plan-rows.js';

export const figureNotUnderstood: Rule = {
  name: 'figure-not-understood',
  severity: 'note',
  title: 'A cell that holds no figure, or not one for each measure',
  explanation:
    'A figure that cannot be read as a number is left out of ratings and charts. In a row with several measures each cell needs one figure for each, in the order of the codes.',
  check: ({ indicators }) =>
    indicators.flatMap((row) => row.figureColumns.filter((column) => isLost(row, column)).map((column) => notUnderstood(row, column))),
};

function isLost({ row, measures }: IndicatorReading, { key }: Column): boolean {
  const isUnread = measures.every(({ figures }) => figures[key] === '') && plainText(row.cells[key] ?? '') !== '';
  return isUnread || measures.some(({ read }) => isWords(read[key]));
}

function isWords(figure: Figure | undefined): boolean {
  return figure?.kind === 'text' && !figure.pending;
}

function notUnderstood({ row, name, measures, at }: IndicatorReading, { key, heading }: Column): Found {
  const wanted = measures.length === 1 ? 'as a number' : `as ${measures.length} numbers, one for each code`;
  const written = shortened(plainText(row.cells[key] ?? ''));
  const message = `“${written}” under “${plainText(heading)}” of ${name} cannot be read ${wanted}. Correct it, or move the words to the comments.`;
  return { ...at(key), message };
}

export const figureToBeConfirmed: Rule = {
  name: 'figure-to-be-confirmed',
  severity: 'note',
  title: 'A figure that is still to be confirmed',
  explanation:
    'A cell that says “TBC” or “awaiting data” is honest, and is easily forgotten. Before the plan goes to the committee each of them needs its figure, or a word on when it comes.',
  check: ({ indicators, budget, plan }) => [
    ...indicators.flatMap(({ measures, figureColumns, at }) =>
      figureColumns.flatMap((column) =>
        measures
          .filter(({ read }) => isPending(read[column.key]))
          .map(({ name, figures, code }) => toBeConfirmed(at(column.key, code), name, figures[column.key] ?? '', column)),
      ),
    ),
    ...budget.flatMap(({ row, at }) =>
      plan.budget.columns
        .filter(({ kind, key }) => kind === 'budgetYear' && isPending(parseFigure(row.cells[key] ?? '')))
        .map((column) => toBeConfirmed(at(column.key), 'This budget row', plainText(row.cells[column.key] ?? ''), column)),
    ),
  ],
};

function isPending(figure: Figure | undefined): boolean {
  return figure?.kind === 'text' && figure.pending === true;
}

function toBeConfirmed(place: ReturnType<IndicatorReading['at']>, name: string, written: string, { heading }: Column): Found {
  const message = `${name} says “${shortened(written)}” under “${plainText(heading)}”: a figure is still to come. Enter it, or say in the comments when it is known.`;
  return { ...place, message };
}

export const rangeForTarget: Rule = {
  name: 'range-for-target',
  severity: 'note',
  title: 'A range where a target should stand',
  explanation:
    'A result is held against one figure. With a range such as “30-40” nobody can say which end is meant, so the measure gets no rating.',
  check: ({ indicators }) =>
    indicators.flatMap(({ measures, figureColumns, at }) =>
      measures.flatMap(({ name, code, read, figures }) =>
        figureColumns
          .filter(({ kind, key }) => kind !== 'achieved' && read[key]?.kind === 'range')
          .map(({ key, heading }) => ({
            ...at(key, code),
            message: `${name} has the range “${shortened(figures[key] ?? '')}” under “${plainText(heading)}”, so it gets no rating. Write the end that is aimed at, and the range in the comments.`,
          })),
      ),
    ),
};

export const unitsDiffer: Rule = {
  name: 'units-differ',
  severity: 'note',
  title: 'Figures of one measure in different units',
  explanation:
    'A percentage beside a number, or days beside weeks, cannot be compared. Mostly a sign was left out; then the figure is read as something else, and gets no rating.',
  check: ({ indicators }) =>
    indicators.flatMap(({ measures, figureColumns, at }) =>
      measures.flatMap((measure) => {
        const usual = usualUnit(measure, figureColumns);
        return figureColumns
          .filter(({ key }) => !sameUnit(unitIn(measure, key) ?? usual, usual))
          .map(({ key, heading }) => ({
            ...at(key, measure.code),
            message: `${measure.name} has ${shortened(measure.figures[key] ?? '')} under “${plainText(heading)}”, while its other figures are ${unitInWords(usual)}. Write all in one unit.`,
          }));
      }),
    ),
};

function unitIn({ read }: MeasureReading, key: string): string | null {
  const figure = read[key];
  return figure?.kind === 'number' || figure?.kind === 'range' ? figure.unit : null;
}

/** The unit that most of a measure's figures have, the first of equally frequent ones; '' for plain numbers. */
function usualUnit(measure: MeasureReading, columns: readonly Column[]): string {
  const counts = new Map<string, number>();
  for (const { key } of columns) {
    const unit = unitIn(measure, key);
    if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

function unitInWords(unit: string): string {
  return unit === '' ? 'plain numbers' : unit === '%' ? 'percentages' : unit === '£' ? 'sums of money' : `in ${unit}`;
}

/** How many times above or below the others a figure is taken for a slip of the pen (as in `figure-queries.ts`). */
const IMPLAUSIBLE_TIMES = 10;
/** Small counts go up and down by themselves. */
const SMALL = 100;

export const implausibleFigure: Rule = {
  name: 'implausible-figure',
  severity: 'note',
  title: 'A figure ten times as large or small as its neighbours',
  explanation:
    'A digit too many or too few, or a result of another measure: one council reported 73,390 against a target of 420. If the figure is right, the comments should say what happened.',
  check: ({ indicators }) =>
    indicators.flatMap(({ measures, figureColumns, at }) =>
      measures.flatMap((measure) =>
        figureColumns
          .filter(({ key }) => isImplausible(measure, key, figureColumns))
          .map(({ key, heading }) => ({
            ...at(key, measure.code),
            message: `${measure.name} has ${shortened(measure.figures[key] ?? '')} under “${plainText(heading)}”, more than ten times above or below its other figures. Check it with its source.`,
          })),
      ),
    ),
};

function isImplausible({ read }: MeasureReading, key: string, columns: readonly Column[]): boolean {
  const figure = read[key];
  if (figure?.kind !== 'number' || figure.value <= 0) return false;
  const others = columns.flatMap((column): number[] => {
    const other = read[column.key];
    return column.key !== key && other?.kind === 'number' && other.unit === figure.unit && other.value > 0 ? [other.value] : [];
  });
  const middle = others.sort((a, b) => a - b)[Math.floor(others.length / 2)];
  if (middle === undefined || others.length < 2 || Math.max(figure.value, middle) < SMALL) return false;
  return figure.value > middle * IMPLAUSIBLE_TIMES || figure.value < middle / IMPLAUSIBLE_TIMES;
}
