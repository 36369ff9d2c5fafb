/** A plan's tab-separated text, as it is copied out of a committee report, read into a business plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import type { DocumentLine } from './document-line.js';
import { planFromLines } from './plan-from-lines.js';

/**
 * Reads the text of a plan whose table cells are set apart by tabs.
 *
 * Throws DomainError('unreadable') for an empty or binary text and for one without a table of indicators, actions or budgets.
 */
export function readPlanText(text: string): BusinessPlan {
  if (text.includes('\0')) {
    throw new DomainError(
      'unreadable',
      'This file is not text: it holds bytes that no text has. Save the plan as plain text (UTF-8) and try again.',
    );
  }
  return planFromLines(textLines(text));
}

/** The lines of a text; one with a tab in it is a row of cells. A page break ends a line, and what follows counts as the same one. */
function textLines(text: string): DocumentLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((content, index) => piecesBetweenPages(content).map((piece) => textLine(piece, index + 1)));
}

function piecesBetweenPages(content: string): string[] {
  const pieces = content.split('\f').filter((piece) => piece.trim() !== '');
  return pieces.length === 0 ? [''] : pieces;
}

function textLine(content: string, line: number): DocumentLine {
  const isRow = content.includes('\t') && content.trim() !== '';
  return isRow ? { kind: 'cells', cells: content.split('\t'), line } : { kind: 'text', text: content, line };
}
