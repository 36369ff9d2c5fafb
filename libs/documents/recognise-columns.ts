/** What a line of headings says about the table under it: which table it is, and what each column holds. */
import { ACTION_COLUMNS, type ActionColumn, type Column, type ColumnKind } from '../domain/business-plan.js';
import { yearIn } from '../domain/years-in-text.js';
import { plainText } from '../domain/plain-text.js';

export type TableKind = 'indicators' | 'actions' | 'budget';

const ACHIEVED = /^(?:achieved|actual|outturn|results?)\b/i;
const TARGET = /^targets?\b/i;
const FUTURE_YEARS = /^future\b/i;

/** Which table a line of cells is the header of, or null for any other line. */
export function headerKind(cells: string[]): TableKind | null {
  if (cells.length < 3) return null;
  const headings = cells.map(plainText);
  const first = headings[0] ?? '';
  if (headings.some((heading) => /^(?:20\d\d.{0,6})?\bbudget\b.{0,20}$/i.test(heading) && yearIn(heading))) return 'budget';
  const yearColumns = headings.filter(isFigureHeading).length;
  if (yearColumns >= 2 || (yearColumns === 1 && /\b(?:indicator|description|measure)\b/i.test(first))) return 'indicators';
  if (
    /^(?:key )?(?:action|task)s?\b/i.test(first) &&
    headings.some((heading) => /^(?:officer|responsible|target(?:ed)? (?:date|outcome))/i.test(heading))
  ) {
    return 'actions';
  }
  return null;
}

/** "Achieved 2021/22", "Target 2025/26", "Future Years" and nothing more: a comment that mentions a target is no heading. */
function isFigureHeading(heading: string): boolean {
  if (heading.length > 30) return false;
  return FUTURE_YEARS.test(heading) || ((ACHIEVED.test(heading) || TARGET.test(heading)) && yearIn(heading) !== null);
}

/** The columns of an indicator table from its header, in order, with keys that are unique in the table. */
export function indicatorColumns(headings: string[]): Column[] {
  return toColumns(headings, (heading, taken) => {
    if (ACHIEVED.test(heading) && yearIn(heading)) return 'achieved';
    if (TARGET.test(heading) && yearIn(heading)) return 'target';
    if (FUTURE_YEARS.test(heading)) return 'futureYears';
    if (/\b(?:owner|comments?)\b/i.test(heading) && !taken.has('owner')) return 'owner';
    return taken.has('description') ? 'other' : 'description';
  });
}

/** The columns of the budget table from its header, in order, with keys that are unique in the table. */
export function budgetColumns(headings: string[]): Column[] {
  return toColumns(headings, (heading, taken) => {
    if (yearIn(heading)) return 'budgetYear';
    if (/\bcode\b/i.test(heading) && !taken.has('actionCode')) return 'actionCode';
    return taken.has('budgetText') ? 'other' : 'budgetText';
  });
}

function toColumns(headings: string[], kindOf: (heading: string, taken: Set<ColumnKind>) => ColumnKind): Column[] {
  const taken = new Set<ColumnKind>();
  const keys = new Set<string>();
  return headings.map((raw) => {
    const heading = plainText(raw);
    const kind = kindOf(heading, taken);
    taken.add(kind);
    const year = ['achieved', 'target', 'budgetYear'].includes(kind) ? yearIn(heading) : null;
    return { key: uniqueKey(keyOf(kind, year, heading), keys), kind, heading: raw, year };
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

const ACTION_HEADINGS: Record<ActionColumn, RegExp> = {
  officers: /\b(?:officers?|responsible|target date)\b/i,
  partners: /\b(?:partner\w*|procurement)\b/i,
  comments: /\b(?:budget|efficienc\w+|comments?)\b/i,
  outcome: /\boutcomes?\b/i,
  action: /\b(?:actions?|tasks?)\b/i,
};

/** The cell keys of the action table's columns in the order of its header: one of the five, or 'other' and the heading. */
export function actionColumnKeys(headings: string[]): string[] {
  const keys = new Set<string>();
  return headings.map((raw) => {
    const heading = plainText(raw);
    const known = (Object.keys(ACTION_HEADINGS) as ActionColumn[]).find((key) => !keys.has(key) && ACTION_HEADINGS[key].test(heading));
    return uniqueKey(known ?? `other ${heading}`, keys);
  });
}

/** The five headings as written, '' for a column that the header lacks. */
export function actionHeadings(headings: string[], keys: string[]): Record<ActionColumn, string> {
  const headingOf = (key: ActionColumn): string => headings[keys.indexOf(key)] ?? '';
  return Object.fromEntries(ACTION_COLUMNS.map((key) => [key, headingOf(key)])) as Record<ActionColumn, string>;
}
