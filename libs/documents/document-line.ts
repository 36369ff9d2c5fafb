/** A document as the lines that every format is read into: paragraphs, and rows of cells. */

/** A paragraph, a heading or, where the text is blank, the end of a paragraph. */
export interface TextLine {
  kind: 'text';
  text: string;
  /** Where it stands in the file, from 1: the line of a text, the row of a sheet, the paragraph or table row of a Word document. */
  line: number;
}

/** A row of a table, or the headings above one. */
export interface CellsLine {
  kind: 'cells';
  cells: string[];
  line: number;
  /** Whether a table begins here, where the format says so: rows that do not fit the table before are not its rows. */
  beginsTable?: boolean;
}

export type DocumentLine = TextLine | CellsLine;
