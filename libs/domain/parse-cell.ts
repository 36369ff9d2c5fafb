/** The measures of an indicator row: one for each code, each with its own part of every figure cell. The cells stay as written. */
import type { Cells, Column, Row } from './business-plan.js';
import { codesIn, indicatorCodesOf, withoutNewMark, type FoundCode } from './codes.js';
import { figureParts } from './figure-parts.js';
import { figureText } from './parse-figure.js';
import { plainText } from './plain-text.js';

/** One measure of an indicator row: its code and its part of each figure cell. */
export interface Measure {
  code: string | null;
  /** The words that describe it: the row's description, or for a composite row what stands before its own code. */
  label: string;
  /** By column key, for the year columns and 'futureYears': this measure's own figure as written. */
  figures: Cells;
}

/** The columns of an indicator table that hold figures, in order. */
export function figureColumns(columns: readonly Column[]): Column[] {
  return columns.filter(({ kind }) => kind === 'achieved' || kind === 'target' || kind === 'futureYears');
}

/**
 * The measures of an indicator row. A composite row ("No. received (ComS_012) Closed in 3mths % (ComS_012d)", "433 79%") has
 * one for each code, each with its part of every cell in order (seed, lines 67, 68, 71; `figureParts` for cells that do not fit).
 */
export function measuresOf(row: Row, columns: readonly Column[]): Measure[] {
  const description = plainText(row.cells.description ?? '');
  const inText = codesIn(description);
  const codes = indicatorCodesOf(row);
  const keys = figureColumns(columns).map(({ key }) => key);
  if (codes.length < 2) {
    const figures = Object.fromEntries(keys.map((key) => [key, figureText(row.cells[key] ?? '')]));
    return [{ code: codes[0] ?? null, label: withoutCode(description, inText[0]), figures }];
  }
  const parts = keys.map((key) => ({ key, figures: figureParts(row.cells[key] ?? '', codes.length) }));
  return codes.map((code, index) => ({
    code,
    // Codes in a column of their own leave nothing in the words that would say which of them belong to which.
    label: inText.length === codes.length ? description.slice(inText[index - 1]?.end ?? 0, inText[index]?.start).trim() : description,
    figures: Object.fromEntries(parts.map(({ key, figures }) => [key, figures[index] ?? ''])),
  }));
}

function withoutCode(description: string, found: FoundCode | undefined): string {
  const words = found ? `${description.slice(0, found.start)} ${description.slice(found.end)}` : description;
  return plainText(withoutNewMark(words));
}
