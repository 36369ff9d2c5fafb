/** A plan from the lines of a document, whatever format they were read from: headings, narrative, tables. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import { isMarked, unmarked } from './as-it-stands.js';
import type { CellsLine, DocumentLine } from './document-line.js';
import { PlanBuilder } from './plan-builder.js';
import { headerKind } from './recognise-columns.js';
import { fullPlanPartOpenedBy, namesPlan, objectiveIn, sectionOpenedBy } from './recognise-headings.js';

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
  const inOrder = withTitleFirst(lines);
  inOrder.forEach((line, index) => {
    const next = (): readonly DocumentLine[] => nextFilledLines(inOrder, index);
    if (line.kind === 'cells') placeCells(builder, line, next);
    else placeText(builder, line.text, next);
  });
  if (!builder.hasTables) {
    throw new DomainError(
      'unreadable',
      'No table of a business plan was found in this file. It needs at least one row of headings such as "Indicator Description (Code)", "Achieved 2023/24", "Target 2025/26"; in plain text the headings are set apart by tabs.',
    );
  }
  return builder.plan();
}

/** Above its title a plan may have the name of the council, a committee or a date: these lines follow it then. */
function withTitleFirst(lines: readonly DocumentLine[]): readonly DocumentLine[] {
  const first = lines.findIndex((line) => !isBlank(line));
  const head = lines.slice(first, first + 8).filter((line) => !isBlank(line));
  const end = head.findIndex((line) => line.kind === 'cells' || opensSomething(line.text));
  const candidates = head.slice(0, end < 0 ? MOST_LINES_ABOVE : Math.min(end, MOST_LINES_ABOVE));
  const title = candidates.find((line) => line.kind === 'text' && namesPlan(line.text));
  const top = lines[first];
  if (!title || title === top || top?.kind !== 'text' || isMarked(top.text)) return lines;
  return [title, ...lines.filter((line) => line !== title)];
}

const MOST_LINES_ABOVE = 4;

function opensSomething(text: string): boolean {
  return sectionOpenedBy(text) !== null || objectiveIn(text) !== null;
}

type Next = () => readonly DocumentLine[];

function placeText(builder: PlanBuilder, text: string, next: Next): void {
  if (isMarked(text)) return builder.addNarrative(unmarked(text).trimEnd());
  if (text.trim() === '') return builder.addBlankLine();
  const section = sectionOpenedBy(text);
  if (section) return builder.openSection(section, text.trim());
  const part = fullPlanPartOpenedBy(text);
  if (part && builder.mayOpenPart) return builder.openPart(part);
  const objective = objectiveIn(text);
  if (objective && builder.mayOpenObjective && standsAboveIndicators(next())) return builder.openObjective(objective, text.trim());
  builder.addNarrative(text.trimEnd());
}

function placeCells(builder: PlanBuilder, { cells, line, beginsTable }: CellsLine, next: Next): void {
  if (isMarked(cells[0] ?? '')) return builder.addRow(cells, line);
  const kind = headerKind(cells);
  if (kind) return builder.addHeader(kind, cells.map(unmarked), line);
  if (isHeadingOverTable(cells, next)) return placeText(builder, cells[0] ?? '', next);
  if (beginsTable) builder.endTableUnlike(cells.length);
  builder.addRow(cells, line);
}

/** A heading that stands in the first cell of a row of its own, with the header of its table under it. */
function isHeadingOverTable([first = '', ...others]: string[], next: Next): boolean {
  if (first.trim() === '' || others.some((cell) => cell.trim() !== '')) return false;
  return (sectionOpenedBy(first) !== null || objectiveIn(first) !== null) && isHeader(next()[0]);
}

/** How many lines of text may stand between an objective and its table. */
const MOST_LINES_BETWEEN = 4;

/** Whether the header of an indicator table follows, at once or behind some lines of text that are no headings. */
function standsAboveIndicators(next: readonly DocumentLine[]): boolean {
  const header = next.findIndex(({ kind }) => kind === 'cells');
  const found = next[header];
  if (found?.kind !== 'cells' || header > MOST_LINES_BETWEEN || !isHeader(found) || headerKind(found.cells) !== 'indicators') return false;
  return next
    .slice(0, header)
    .every((line) => line.kind === 'text' && sectionOpenedBy(line.text) === null && objectiveIn(line.text) === null);
}

function isHeader(line: DocumentLine | undefined): boolean {
  return line?.kind === 'cells' && !isMarked(line.cells[0] ?? '') && headerKind(line.cells) !== null;
}

function nextFilledLines(lines: readonly DocumentLine[], index: number): DocumentLine[] {
  return lines
    .slice(index + 1, index + 50)
    .filter((line) => !isBlank(line))
    .slice(0, MOST_LINES_BETWEEN + 2);
}

function isBlank(line: DocumentLine): boolean {
  return line.kind === 'cells' ? line.cells.every((cell) => cell.trim() === '') : line.text.trim() === '';
}
