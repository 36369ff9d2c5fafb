/** A plan in a spreadsheet (.xlsx), its tables on one sheet or on several, read into a business plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import type { Finding } from '../domain/finding.js';
import type { DocumentLine } from './document-line.js';
import { planFromLines } from './plan-from-lines.js';
import { readingRemark } from './reading-remark.js';
import { headerKind } from './recognise-columns.js';
import { fullPlanPartOpenedBy, sectionOpenedBy } from './recognise-headings.js';
import { sheetLines } from './sheet-lines.js';
import { unzipDocument } from './unzip.js';
import { readSheet, type Sheet } from './xlsx-sheet.js';
import { readWorkbook } from './xlsx-workbook.js';

/**
 * Reads the sheets in the order of their tabs. A cell's text is what a person sees in it ("60.4%", and not 0.604). Hidden
 * sheets, rows and columns are read too, and a remark says so.
 *
 * Throws DomainError('unreadable') for a file that is no spreadsheet, is damaged or too large, or holds no plan's table.
 */
export function readXlsx(bytes: Uint8Array): Promise<{ plan: BusinessPlan; remarks: Finding[] }> {
  return Promise.resolve().then(() => {
    let hasComments = false;
    const parts = unzipDocument(bytes, (name) => {
      hasComments ||= /^xl\/(?:comments|threadedComments)/i.test(name);
      return /\.(?:xml|rels)$/i.test(name);
    });
    const workbook = readWorkbook(parts);
    const sheets = workbook.sheets.map(({ name, isHidden, content }) => ({ name, isHidden, sheet: readSheet(content, name, workbook) }));
    const plan = planFromLines(sheets.flatMap(({ name, sheet }) => linesOf(name, sheet)));
    const remarks = sheets.flatMap(({ name, isHidden, sheet }) => remarksOn(name, isHidden, sheet));
    return { plan, remarks: hasComments ? [...remarks, commentsLeftOut()] : remarks };
  });
}

/** A table that stands on its sheet under no heading has the sheet's name for one, where that says what the table is. */
function linesOf(name: string, { rows }: Sheet): DocumentLine[] {
  const first = rows.find((row) => row.some((cell) => cell.trim() !== '')) ?? [];
  const isHeading = sectionOpenedBy(name) !== null || fullPlanPartOpenedBy(name) !== null;
  const title: DocumentLine[] = isHeading && headerKind(first) !== null ? [{ kind: 'text', text: name, line: 1 }] : [];
  return [...title, ...sheetLines(rows, 1, true), { kind: 'text', text: '', line: rows.length + 1 }];
}

function remarksOn(name: string, isHidden: boolean, sheet: Sheet): Finding[] {
  if (sheet.rows.length === 0) return [];
  return [
    ...hiddenCells(name, isHidden, sheet),
    ...sheet.unsolved.map(({ cell, row }) =>
      readingRemark(
        'formula-without-result',
        'warning',
        `Cell ${cell} of the sheet “${name}” holds a formula without its result, so the formula was read in its place. Open the file in your spreadsheet program, save it and choose it again, or type the figure.`,
        row,
      ),
    ),
    ...sheet.mergedFrom.map((row) =>
      readingRemark(
        'merged-cells',
        'note',
        `On the sheet “${name}”, cells are merged over several rows from row ${row}. Their text was read for the first of these rows only; check whether it is meant for the others too.`,
        row,
      ),
    ),
  ];
}

function hiddenCells(name: string, isHidden: boolean, { hasHiddenRows, hasHiddenColumns }: Sheet): Finding[] {
  const what = [isHidden && 'is hidden', hasHiddenRows && 'has hidden rows', hasHiddenColumns && 'has hidden columns'].filter(Boolean);
  if (what.length === 0) return [];
  return [
    readingRemark(
      'hidden-cells',
      'warning',
      `The sheet “${name}” ${what.join(' and ')}. What is hidden was read like everything else; if it does not belong to the plan, delete it in the spreadsheet and choose the file again.`,
    ),
  ];
}

function commentsLeftOut(): Finding {
  return readingRemark(
    'comments-left-out',
    'note',
    'The file has comments beside its cells. They are not part of the plan and were left out; copy what belongs to the plan into a cell.',
  );
}
