/** A plan from the lines of a document, whatever format they were read from: headings, narrative, tables. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import { isMarked, unmarked } from './as-it-stands.js';
import type { CellsLine, DocumentLine } from './document-line.js';
import { PlanBuilder } from './plan-builder.js';
import { headerKind } from './recognise-columns.js';
import { fullPlanPartOpenedBy, objectiveIn, sectionOpenedBy } from './recognise-headings.js';

/**
 * Puts every line where it belongs: a title, headings with narrative, and tables. A header repeated at a page break goes on with
 * its table; years come from the headers. No line is dropped: what is not recognised stays in the narrative of the section where
 * it stands, and a row with too many or too few cells is kept as it is (domain.md, section b).
 *
 * Throws DomainError('unreadable') where no line has a text, and where there is no table of indicators, actions or budgets.
 */
export function planFromLines(lines: readonly DocumentLine[]): BusinessPlan {
  if (lines.every((line) => isBlank(line))) {
    throw new DomainError('unreadable', 'This file is empty, so there is no plan to read. Choose the file that holds the plan.');
  }
  const builder = new PlanBuilder();
  lines.forEach((line, index) => {
    if (line.kind === 'cells') placeCells(builder, line);
    else placeText(builder, line.text, () => isIndicatorHeader(nextFilledLine(lines, index)));
  });
  if (!builder.hasTables) {
    throw new DomainError(
      'unreadable',
      'No table of a business plan was found in this file. It needs at least one row of headings such as "Indicator Description (Code)", "Achieved 2023/24", "Target 2025/26"; in plain text the headings are set apart by tabs.',
    );
  }
  return builder.plan();
}

function placeText(builder: PlanBuilder, text: string, standsAboveIndicators: () => boolean): void {
  if (isMarked(text)) return builder.addNarrative(unmarked(text).trimEnd());
  if (text.trim() === '') return builder.addBlankLine();
  const section = sectionOpenedBy(text);
  if (section) return builder.openSection(section, text.trim());
  const part = fullPlanPartOpenedBy(text);
  if (part && builder.mayOpenPart) return builder.openPart(part);
  const objective = objectiveIn(text);
  if (objective && builder.mayOpenObjective && standsAboveIndicators()) return void builder.openObjective(objective);
  builder.addNarrative(text.trimEnd());
}

function placeCells(builder: PlanBuilder, { cells, line }: CellsLine): void {
  const kind = isMarked(cells[0] ?? '') ? null : headerKind(cells);
  if (kind) return builder.addHeader(kind, cells, line);
  builder.addRow(cells, line);
}

function nextFilledLine(lines: readonly DocumentLine[], index: number): DocumentLine | undefined {
  return lines.slice(index + 1, index + 50).find((line) => !isBlank(line));
}

function isBlank(line: DocumentLine): boolean {
  return line.kind === 'cells' ? line.cells.every((cell) => cell.trim() === '') : line.text.trim() === '';
}

function isIndicatorHeader(line: DocumentLine | undefined): boolean {
  return line?.kind === 'cells' && headerKind(line.cells) === 'indicators';
}
