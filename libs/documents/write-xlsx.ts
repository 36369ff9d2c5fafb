/** A plan as a spreadsheet (.xlsx): its narrative on the first sheet, each table on a sheet of its own; read back, it is the same plan. */
import writeExcelFile, { type Cell, type Sheet } from 'write-excel-file/node';
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { blocksOf, type PlanBlock, type TableBlock } from './plan-blocks.js';
import { budgetColumns, headerKind, indicatorColumns } from './recognise-columns.js';
import { fullPlanPartOpenedBy, objectiveIn, sectionOpenedBy } from './recognise-headings.js';
import { unzipDocument, zipDocument } from './unzip.js';
import { withEscapes } from './xlsx-escapes.js';
import { numberShowing } from './xlsx-number-formats.js';

/** A sheet while it is being filled. */
interface OpenSheet {
  name: string;
  rows: Cell[][];
  /** In characters. */
  widths: number[];
  /** How many rows stay in view at the top. */
  frozen: number;
}

/** The sheets of a plan, and where in the document the writing is. */
interface OpenFile {
  sheets: OpenSheet[];
  /** The last heading of a section, and that of the objective whose table is next: they stand above a table on its own sheet. */
  section: string;
  objective: string;
  /** Where text goes. */
  text: OpenSheet;
  /** The sheet of the last table, or the text's. */
  last: OpenSheet;
}

const TEXT_WIDTH = 110;

/**
 * The bytes of a spreadsheet with the plan; the same plan gives the same bytes. Figures are numbers wherever a number format
 * shows exactly their text, so that people can add them up; all else is text and no formula, however it begins.
 */
export async function writeXlsx(plan: BusinessPlan): Promise<Uint8Array> {
  const first: OpenSheet = { name: 'Plan', rows: [], widths: [TEXT_WIDTH], frozen: 0 };
  const file: OpenFile = { sheets: [first], section: '', objective: '', text: first, last: first };
  for (const block of blocksOf(plan)) addBlock(file, block);
  const bytes = await writeExcelFile(file.sheets.map(asSheet), { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
  return zipDocument(unzipDocument(bytes, () => true));
}

function asSheet({ name, rows, widths, frozen }: OpenSheet): Sheet<never> {
  return {
    sheet: name,
    data: rows,
    columns: widths.map((width) => ({ width })),
    orientation: 'landscape',
    ...(frozen > 0 && { stickyRowsCount: frozen }),
  };
}

function addBlock(file: OpenFile, block: PlanBlock): void {
  if (block.kind === 'table') return addTable(file, block);
  if (block.kind === 'footnote') return void file.last.rows.push([], ...textRows(block.text));
  if (block.kind === 'heading' && block.level === 3) return void (file.objective = block.text);
  if (block.kind === 'heading') openSection(file, block.text);
  const rows = block.kind === 'narrative' ? textRows(block.text) : [[heading(block.text, block.kind === 'title' ? 16 : 13)]];
  file.text.rows.push(...(file.text.rows.length > 0 ? [[]] : []), ...rows);
}

/** The parts of the full plan stand behind the tables, as they are known for what they are only there. */
function openSection(file: OpenFile, text: string): void {
  file.objective = '';
  file.section = text;
  if (fullPlanPartOpenedBy(text) === null || file.text.name === 'Full plan') return;
  file.text = { name: 'Full plan', rows: [], widths: [TEXT_WIDTH], frozen: 0 };
  file.last = file.text;
  file.sheets.push(file.text);
}

/** A table under no heading that says what it is stays where it is in the text: elsewhere it would be taken for another. */
function addTable(file: OpenFile, table: TableBlock): void {
  const { section, objective } = file;
  file.objective = '';
  const rows = [table.headings.map(headingCell), ...table.rows.map((cells) => tableRow(cells, figureColumns(table.headings)))];
  const opened = sectionOpenedBy(section);
  if (opened === null || !['csi', 'kpi', 'actions', 'budget'].includes(opened)) {
    file.text.rows.push(...(objective === '' ? [] : [[], [heading(objective, 13)]]), [], ...rows);
    file.last = file.text;
    return;
  }
  const above = [section, objective].filter((text) => text !== '').map((text) => [heading(text, 13)]);
  file.last = {
    name: sheetName(table, objective, file.sheets),
    rows: [...above, ...rows],
    widths: table.headings.map((_, index) => columnWidth(table, index)),
    frozen: above.length + 1,
  };
  file.sheets.push(file.last);
}

const SHEET_NAMES: Record<string, string> = { kpi: 'KPI', actions: 'Actions', budget: 'Budget' };

/** "CS1" for the table of that objective; no two sheets of a file may have the same name, whatever its letters' case. */
function sheetName({ id }: TableBlock, objective: string, sheets: OpenSheet[]): string {
  const wanted =
    SHEET_NAMES[id] ??
    (objectiveIn(objective)
      ?.code.replace(/[\\/?*[\]:']/g, ' ')
      .trim() ||
      'CSI');
  const taken = new Set(sheets.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted} (${number})`;
  return name;
}

/** The places of the columns that hold figures and nothing else. */
function figureColumns(headings: string[]): Set<number> {
  const kind = headerKind(headings);
  const columns = kind === 'budget' ? budgetColumns(headings) : kind === 'indicators' ? indicatorColumns(headings) : [];
  const places = columns.flatMap(({ kind: of }, index) =>
    ['achieved', 'target', 'futureYears', 'budgetYear'].includes(of) ? [index] : [],
  );
  return new Set(places);
}

function tableRow(cells: string[], figures: Set<number>): Cell[] {
  return cells.map((text, index) => {
    const number = figures.has(index) ? numberShowing(text) : null;
    if (number) return { value: number.value, type: Number, format: number.format, alignVertical: 'top' };
    return text === '' ? null : textCell(text);
  });
}

function textRows(text: string): Cell[][] {
  return text.split(/\r\n|\r|\n/).map((line) => (line.trim() === '' ? [] : [textCell(line)]));
}

function textCell(text: string): Cell {
  return { value: withEscapes(text), type: String, wrap: true, alignVertical: 'top' };
}

function heading(text: string, fontSize: number): Cell {
  return { value: withEscapes(plainText(text)), type: String, fontWeight: 'bold', fontSize };
}

function headingCell(text: string): Cell {
  return {
    value: withEscapes(plainText(text)),
    type: String,
    fontWeight: 'bold',
    wrap: true,
    alignVertical: 'top',
    backgroundColor: '#E7ECEF',
  };
}

/** Wide enough for the longest word and for most of the texts, and no wider than can be read. */
function columnWidth({ headings, rows }: TableBlock, index: number): number {
  const texts = [headings[index] ?? '', ...rows.map((cells) => cells[index] ?? '')].map(plainText);
  const longestWord = Math.max(...texts.flatMap((text) => text.split(' ')).map(({ length }) => length));
  const average = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
  return Math.round(Math.min(60, Math.max(12, longestWord + 2, average * 0.8)));
}
