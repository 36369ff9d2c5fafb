/** One sheet of a spreadsheet: its rows as the texts that a person sees, and what about it a person ought to know. */
import { DomainError } from '../domain/domain-error.js';
import { withoutEscapes } from './xlsx-escapes.js';
import { shownNumber } from './xlsx-number-formats.js';
import { isTrue, type Workbook } from './xlsx-workbook.js';
import { readXml } from './xlsx-xml.js';

/** A plan has some hundreds of cells; a spreadsheet can claim millions of millions. */
const MOST_CELLS = 200_000;

export interface Sheet {
  /** From the first row of the sheet, gaps filled with blanks; each row up to its last filled cell. */
  rows: string[][];
  hasHiddenRows: boolean;
  hasHiddenColumns: boolean;
  /** The first rows, from 1, of cells that were merged over several rows. */
  mergedFrom: number[];
  /** Such as "C5": formulas whose result the file does not hold. */
  unsolved: { cell: string; row: number }[];
}

/** A cell while it is being read. */
interface OpenCell {
  row: number;
  column: number;
  address: string;
  type: string;
  style: number;
  value: string;
  inline: string;
  formula: string | null;
}

/** Reads one sheet of a workbook. Throws DomainError('unreadable') where its cells stand farther apart than any plan's. */
export function readSheet(content: Uint8Array, name: string, workbook: Workbook): Sheet {
  const reading = new SheetReading(name, workbook);
  readXml(content, {
    open: (element, attributes) => reading.open(element, attributes),
    close: (element) => reading.close(element),
    text: (text) => reading.text(text),
  });
  return reading.sheet;
}

class SheetReading {
  readonly sheet: Sheet = { rows: [], hasHiddenRows: false, hasHiddenColumns: false, mergedFrom: [], unsolved: [] };
  private row = 0;
  private column = 0;
  private cell: OpenCell | null = null;
  private into: 'value' | 'inline' | 'formula' | null = null;
  private inHint = false;
  private cells = 0;

  constructor(
    private readonly name: string,
    private readonly workbook: Workbook,
  ) {}

  open(element: string, attributes: Record<string, string>): void {
    if (element === 'row') this.openRow(attributes);
    else if (element === 'c') this.openCell(attributes);
    else if (element === 'col' && isTrue(attributes.hidden)) this.sheet.hasHiddenColumns = true;
    else if (element === 'mergeCell') this.addMerged(attributes.ref ?? '');
    else if (element === 'rPh') this.inHint = true;
    else if (this.cell) this.openContent(this.cell, element);
  }

  close(element: string): void {
    this.into = null;
    if (element === 'rPh') this.inHint = false;
    if (element !== 'c' || !this.cell) return;
    this.put(this.cell, this.shown(this.cell));
    this.cell = null;
  }

  text(text: string): void {
    if (!this.cell || !this.into) return;
    this.cell[this.into] = (this.cell[this.into] ?? '') + text;
  }

  private openRow({ r = '', hidden }: Record<string, string>): void {
    this.row = /^\d+$/.test(r) ? Number(r) : this.row + 1;
    this.column = 0;
    if (isTrue(hidden)) this.sheet.hasHiddenRows = true;
  }

  private openCell({ r = '', t = 'n', s = '0' }: Record<string, string>): void {
    const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(r) ?? [];
    const row = digits ? Number(digits) : this.row;
    const column = letters ? columnNumber(letters) : this.column + 1;
    this.column = column;
    this.cell = { row, column, address: r, type: t, style: Number(s), value: '', inline: '', formula: null };
  }

  private openContent(cell: OpenCell, element: string): void {
    if (element === 'v') this.into = 'value';
    else if (element === 't' && !this.inHint) this.into = 'inline';
    else if (element === 'f') {
      cell.formula = '';
      this.into = 'formula';
    } else this.into = null;
  }

  /** The text that a person sees in a cell; of a formula without its result, the formula, so that it is not lost. */
  private shown(cell: OpenCell): string {
    const { type, value, inline, formula, style } = cell;
    if (type === 'inlineStr') return withoutEscapes(inline);
    if (value === '' && formula !== null && type !== 'str') {
      this.sheet.unsolved.push({ cell: cell.address, row: cell.row });
      return `=${formula}`;
    }
    if (value === '' || type === 'e' || type === 'd') return value;
    if (type === 's') return this.workbook.texts[Number(value)] ?? '';
    if (type === 'str') return withoutEscapes(value);
    if (type === 'b') return isTrue(value) ? 'TRUE' : 'FALSE';
    const number = Number(value);
    return Number.isFinite(number) ? shownNumber(number, this.workbook.formats[style] ?? 0, this.workbook.from1904) : value;
  }

  private put({ row, column }: OpenCell, text: string): void {
    if (text === '' || row < 1) return;
    const { rows } = this.sheet;
    // Gaps count too: they become blank rows and cells.
    const cellsBefore = rows[row - 1]?.length ?? 0;
    this.cells += Math.max(0, row - rows.length) + Math.max(0, column - cellsBefore);
    if (this.cells > MOST_CELLS) throw this.tooManyCells();
    while (rows.length < row) rows.push([]);
    const cells = rows[row - 1] ?? [];
    while (cells.length < column) cells.push('');
    cells[column - 1] = text;
  }

  private addMerged(ref: string): void {
    const [, from, to] = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(ref) ?? [];
    if (from && to && from !== to) this.sheet.mergedFrom.push(Number(from));
  }

  private tooManyCells(): DomainError {
    return new DomainError(
      'unreadable',
      `The sheet “${this.name}” reaches over more than ${MOST_CELLS.toLocaleString('en-GB')} cells, far more than a plan has. Delete what stands far below or beside the tables, or copy the tables into a new spreadsheet, and choose that file.`,
    );
  }
}

/** "A" is 1, "AA" is 27. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
