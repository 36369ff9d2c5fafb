/** A plan's table as a Word table: a header row that is repeated on every page, columns as wide as their texts need. */
import { Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx';
import { plainText } from '../domain/plain-text.js';
import { wordText } from './docx-text.js';
import type { TableBlock } from './plan-blocks.js';

/** What a table may take of a landscape A4 page between its margins, in twentieths of a point. */
const TABLE_WIDTH = 14_500;
const FIGURE_WIDTH = 1_100;
/** In characters: what fits such a column on two lines. */
const FIGURE_LENGTH = 12;

/** The table; rows keep as many cells as the plan's rows have, so that what is missing or too many shows. */
export function wordTable(block: TableBlock): Table {
  const widths = columnWidths(block);
  return new Table({
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: block.headings.map((text, index) => cell(text, widths[index], true)) }),
      ...block.rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map((text, index) => cell(text, widths[index])) })),
    ],
    columnWidths: widths,
    width: { size: TABLE_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
  });
}

function cell(text: string, width = FIGURE_WIDTH, isHeading = false): TableCell {
  const lines = wordText(text).split(/\r\n|\r|\n/);
  const runs = (line: string): TextRun[] => (line === '' ? [] : [new TextRun({ text: line, ...(isHeading && { bold: true }) })]);
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.TOP,
    ...(isHeading && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'E7ECEF' } }),
    children: lines.map((line) => new Paragraph({ spacing: { after: 40 }, children: runs(line) })),
  });
}

/** Every column has room for a figure and a year; what is left of the page goes to long texts, to the longest the most. */
function columnWidths({ headings, rows }: TableBlock): number[] {
  const count = Math.max(headings.length, ...rows.map(({ length }) => length));
  const weights = Array.from({ length: count }, (_, index) => {
    const longest = Math.max(...[headings, ...rows].map((cells) => plainText(cells[index] ?? '').length));
    return Math.max(1, longest - FIGURE_LENGTH) ** 0.7;
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const least = Math.min(FIGURE_WIDTH, Math.floor(TABLE_WIDTH / count));
  return weights.map((weight) => least + Math.floor(((TABLE_WIDTH - count * least) * weight) / all));
}
