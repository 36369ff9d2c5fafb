/** Rows of a plan's tables as they are read from a line of cells: their keys, ids and kinds. */
import type { BudgetRow, Cells, Column, Row } from '../domain/business-plan.js';
import { cellText } from './cell-text.js';

/**
 * The row that a line of cells gives under these column keys; its id is set by the caller. A cell that the line lacks has no
 * key; cells beyond the last column stand under 'extra 1' …, unless they are blank ends of the line, which say nothing.
 */
export function rowFrom(keys: string[], cells: string[], line: number): Row {
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const kept = cells.slice(0, Math.max(keys.length, filled));
  const result: Cells = {};
  const markupIn: string[] = [];
  kept.forEach((raw, index) => {
    const key = keys[index] ?? `extra ${index - keys.length + 1}`;
    const { text, hadMarkup } = cellText(raw);
    result[key] = text;
    if (hadMarkup) markupIn.push(key);
  });
  return { id: '', cells: result, line, ...(markupIn.length > 0 && { markupIn }) };
}

interface Heading {
  key: string;
  heading: string;
}

/**
 * The keys under a repeated header. A heading that is not known for what it is and stands in the place of another such, in nearly
 * its words, heads the same column.
 */
export function joinedKeys(known: readonly Heading[], repeated: readonly Heading[]): string[] {
  return repeated.map(({ key, heading }, index) => {
    const there = known[index];
    if (!there || known.some((one) => one.key === key) || known.length !== repeated.length) return key;
    const isFree = !repeated.some((one) => one.key === there.key);
    const isUnknown = key.startsWith('other ') && there.key.startsWith('other ');
    return isFree && isUnknown && shareWord(heading, there.heading) ? there.key : key;
  });
}

function shareWord(one: string, other: string): boolean {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? [];
  const others = new Set(words(other));
  return words(one).some((word) => others.has(word));
}

/** A budget row with its kind: a net line says so, a heading is words and nothing else, all other rows are lines. */
export function budgetRow(row: Row, columns: Column[]): BudgetRow {
  const textKey = columns.find(({ kind }) => kind === 'budgetText')?.key ?? 'text';
  const isBlank = (key: string): boolean => (row.cells[key] ?? '').trim() === '';
  const others = Object.keys(row.cells).filter((key) => key !== textKey);
  if (/^\s*net\b/i.test(row.cells[textKey] ?? '')) return { ...row, kind: 'net' };
  return { ...row, kind: !isBlank(textKey) && others.every(isBlank) ? 'heading' : 'line' };
}

/** Gives each row of a plan an id that is the same whenever the same text is read: table and code, numbered where that recurs. */
export class RowIds {
  private readonly taken = new Set<string>();

  next(prefix: string, code: string | null): string {
    const base = `${prefix}-${(code ?? 'row').replace(/[^A-Za-z0-9_-]/g, '-')}`;
    let id = base;
    for (let number = 2; this.taken.has(id); number++) id = `${base}-${number}`;
    this.taken.add(id);
    return id;
  }
}
