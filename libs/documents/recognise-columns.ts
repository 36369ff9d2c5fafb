/** What a line of headings says about the table under it: which table it is, and what each column holds. */
import { ACTION_COLUMNS, type ActionColumn, type Column, type ColumnKind } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import {
  columnWords,
  isAboutIndicator,
  isAboutMoney,
  isActionHeading,
  isActualFigure,
  isBareYear,
  isBudgetYear,
  isCodeHeading,
  isDateHeading,
  isFigureWithoutYear,
  isFutureFigure,
  isIndicatorHeading,
  isNoBudget,
  isOwnerHeading,
  isRemark,
  isTargetFigure,
  isWhoOrWhenHeading,
  type ColumnWords,
} from './column-words.js';

export type TableKind = 'indicators' | 'actions' | 'budget';

/** A cell that is longer is no heading, and its row no header. */
const LONGEST_HEADING = 250;
/** A figure's heading is short: a comment that mentions a target is none. */
const LONGEST_FIGURE_HEADING = 45;

/** Which table a line of cells is the header of, or null for any other line. */
export function headerKind(cells: string[]): TableKind | null {
  if (cells.length < 2 || cells.some(({ length }) => length > LONGEST_HEADING)) return null;
  const headings = cells.map(columnWords);
  const figures = headings.filter(isFigureHeading).length;
  const describes = headings.some(isIndicatorHeading) || /\b(?:indicator|description|measure)\b/.test(headings[0]?.text ?? '');
  const isAction = isActionHeader(headings);
  if (isBudgetHeader(headings) && !isAction && !(describes && figures >= Math.max(1, headings.filter(isBudgetYear).length)))
    return 'budget';
  if (figures >= 2 && cells.length >= 3) return 'indicators';
  if (isAction) return 'actions';
  if (figures >= 1 && describes) return 'indicators';
  return headings.some(isIndicatorHeading) && headings.some(isFigureWithoutYear) && cells.length >= 3 ? 'indicators' : null;
}

function isFigureHeading(heading: ColumnWords): boolean {
  if (heading.text.length > LONGEST_FIGURE_HEADING) return false;
  return isFutureFigure(heading) || isActualFigure(heading) || isTargetFigure(heading);
}

function isActionHeader(headings: ColumnWords[]): boolean {
  const action = headings.findIndex((heading) => isActionHeading(heading) && !isCodeHeading(heading) && !isDateHeading(heading));
  if (action >= 0 && headings.some((heading, index) => index !== action && isWhoOrWhenHeading(heading))) return true;
  return (
    /^(?:key )?(?:action|task)s?\b/.test(headings[0]?.text ?? '') &&
    headings.some(({ text }) => /^(?:officer|responsible|target(?:ed)? (?:date|outcome))/.test(text))
  );
}

function isBudgetHeader(headings: ColumnWords[]): boolean {
  if (headings.length < 3) return false;
  if (headings.some(isBudgetYear)) return true;
  return headings.filter(isBareYear).length >= 2 && headings.some((heading) => isAboutMoney(heading) && heading.text.length < 80);
}

/** The columns of an indicator table from its header, in order, with keys that are unique in the table. */
export function indicatorColumns(headings: string[]): Column[] {
  const words = headings.map(columnWords);
  const firstTarget = words.flatMap((heading) => (isTargetFigure(heading) && heading.year ? [heading.year] : [])).sort()[0] ?? '';
  // "2022/23" alone, before the first year that has a target, is what came of that year.
  const kinds = words.map((heading) => (isBareYear(heading) && (heading.year ?? '') < firstTarget ? 'achieved' : figureKind(heading)));
  const choose = (kind: ColumnKind, ...fitting: ((heading: ColumnWords) => boolean)[]): void => {
    for (const fits of fitting) {
      const index = words.findIndex((heading, place) => kinds[place] === 'other' && fits(heading));
      if (index < 0) continue;
      kinds[index] = kind;
      return;
    }
  };
  choose('code', isCodeHeading);
  choose('owner', isOwnerHeading, ({ text }) => /\b(?:comments?|commentary)\b/.test(text));
  choose(
    'description',
    (heading) => isIndicatorHeading(heading) && !isAboutIndicator(heading),
    isDescription,
    () => true,
  );
  const code = kinds.indexOf('code');
  if (code >= 0 && !kinds.includes('description')) kinds[code] = 'description';
  return toColumns(headings, kinds);
}

function figureKind(heading: ColumnWords): ColumnKind {
  if (isActualFigure(heading)) return 'achieved';
  if (isTargetFigure(heading)) return 'target';
  return isFutureFigure(heading) ? 'futureYears' : 'other';
}

function isDescription(heading: ColumnWords): boolean {
  return /\b(?:descriptions?|indicators?|measures?|kpis?|pis?|definition)\b/.test(heading.text) && !isAboutIndicator(heading);
}

/** The columns of the budget table from its header, in order, with keys that are unique in the table. */
export function budgetColumns(headings: string[]): Column[] {
  const taken = new Set<ColumnKind>();
  const kinds = headings.map((raw): ColumnKind => {
    const heading = columnWords(raw);
    const kind = budgetKind(heading, taken);
    taken.add(kind);
    return kind;
  });
  return toColumns(headings, kinds);
}

function budgetKind(heading: ColumnWords, taken: Set<ColumnKind>): ColumnKind {
  if (heading.year !== null) return isNoBudget(heading) || isRemark(heading) ? 'other' : 'budgetYear';
  if ((/\bcode\b/.test(heading.text) || isCodeHeading(heading)) && !taken.has('actionCode')) return 'actionCode';
  return taken.has('budgetText') ? 'other' : 'budgetText';
}

function toColumns(headings: string[], kinds: ColumnKind[]): Column[] {
  const keys = new Set<string>();
  return headings.map((raw, index) => {
    const kind = kinds[index] ?? 'other';
    const year = ['achieved', 'target', 'budgetYear'].includes(kind) ? columnWords(raw).year : null;
    return { key: uniqueKey(keyOf(kind, year, plainText(raw)), keys), kind, heading: raw, year };
  });
}

function keyOf(kind: ColumnKind, year: string | null, heading: string): string {
  if (kind === 'other') return `other ${heading}`;
  if (kind === 'budgetText') return 'text';
  if (kind === 'budgetYear') return `budget ${year}`;
  return year ? `${kind} ${year}` : kind;
}

function uniqueKey(wanted: string, keys: Set<string>): string {
  let key = wanted;
  for (let number = 2; keys.has(key); number++) key = `${wanted} (${number})`;
  keys.add(key);
  return key;
}

/** Which heading is which of the five columns: the first that fits, by the first of these that any heading fits. */
const ACTION_HEADINGS: [ActionColumn, ((heading: ColumnWords) => boolean)[]][] = [
  ['officers', [isOwnerHeading, ({ text }) => /\b(?:who|manager)\b/.test(text)]],
  [
    'action',
    [isActionHeading, ({ text }) => /\b(?:actions?|tasks?)\b/.test(text) && !/\b(?:outcomes?|comments?|budget|partner\w*)\b/.test(text)],
  ],
  ['partners', [({ text }) => /\b(?:partner\w*|procurement)\b/.test(text)]],
  [
    'comments',
    [
      ({ text }) => /\b(?:budget|efficienc\w+|comments?)\b/.test(text),
      ({ text }) => /\b(?:resources?|funding|costs?|financial)\b/.test(text),
    ],
  ],
  [
    'outcome',
    [({ text }) => /\boutcomes?\b/.test(text), ({ text }) => /\b(?:success|benefits?|impacts?|outputs?|difference)\b/.test(text)],
  ],
];

/**
 * The cell keys of the action table's columns in the order of its header: one of the five, or 'other' and the heading. Codes and
 * dates that have a column of their own stay 'other' with its heading, by which they are found.
 */
export function actionColumnKeys(headings: string[]): string[] {
  const words = headings.map(columnWords);
  const known = new Map<number, ActionColumn>();
  for (const [key, fitting] of ACTION_HEADINGS) {
    for (const fits of fitting) {
      const index = words.findIndex(
        (heading, place) => !known.has(place) && !isCodeHeading(heading) && !isDateHeading(heading) && fits(heading),
      );
      if (index < 0) continue;
      known.set(index, key);
      break;
    }
  }
  const keys = new Set<string>();
  return headings.map((raw, index) => uniqueKey(known.get(index) ?? `other ${plainText(raw)}`, keys));
}

/** The five headings as written, '' for a column that the header lacks. */
export function actionHeadings(headings: string[], keys: string[]): Record<ActionColumn, string> {
  const headingOf = (key: ActionColumn): string => headings[keys.indexOf(key)] ?? '';
  return Object.fromEntries(ACTION_COLUMNS.map((key) => [key, headingOf(key)])) as Record<ActionColumn, string>;
}
