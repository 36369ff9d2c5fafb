/** A plan's tab-separated text, as it is copied out of a committee report, read into a business plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import { PlanBuilder } from './plan-builder.js';
import { headerKind } from './recognise-columns.js';
import { objectiveIn, sectionOpenedBy } from './recognise-headings.js';

/**
 * Reads the text of a plan: a title, headings with narrative, and tables whose cells are set apart by tabs. A header repeated
 * at a page break goes on with its table; years come from the headers. No line is dropped: what is not recognised stays in the
 * narrative of the section where it stands, and a row with too many or too few cells is kept as it is (domain.md, section b).
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
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (lines.every((line) => line.trim() === '')) {
    throw new DomainError('unreadable', 'This file is empty, so there is no plan to read. Choose the file that holds the plan.');
  }
  const builder = new PlanBuilder();
  lines.forEach((line, index) => placeLine(builder, line, index, lines));
  if (!builder.hasTables) {
    throw new DomainError(
      'unreadable',
      'No table of a business plan was found in this text. It needs at least one line of headings set apart by tabs, such as "Indicator Description (Code)", "Achieved 2023/24", "Target 2025/26".',
    );
  }
  return builder.plan();
}

function placeLine(builder: PlanBuilder, line: string, index: number, lines: string[]): void {
  if (line.trim() === '') return builder.addBlankLine();
  const cells = line.split('\t');
  if (cells.length > 1) return placeCells(builder, line, cells, index + 1);
  const section = sectionOpenedBy(line);
  if (section) return builder.openSection(section, line.trim());
  const objective = objectiveIn(line);
  if (objective && builder.mayOpenObjective && isHeader(nextFilledLine(lines, index))) return void builder.openObjective(objective);
  builder.addNarrative(line.trimEnd());
}

function placeCells(builder: PlanBuilder, line: string, cells: string[], lineNumber: number): void {
  const kind = headerKind(cells);
  if (kind) return builder.addHeader(kind, cells, line);
  builder.addRow(cells, line, lineNumber);
}

function nextFilledLine(lines: string[], index: number): string {
  let next = index + 1;
  while (lines[next]?.trim() === '') next++;
  return lines[next] ?? '';
}

function isHeader(line: string): boolean {
  return headerKind(line.split('\t')) === 'indicators';
}
