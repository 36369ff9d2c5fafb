/** A plan as a CSV file that spreadsheets open as it is: the document's lines as rows. Read back, it is the same plan. */
import { stringify } from 'csv-stringify/sync';
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { inertCell } from './inert-cells.js';
import { blocksOf, type PlanBlock } from './plan-blocks.js';

/** The text of the file: commas, CRLF, and a byte order mark by which Excel knows UTF-8. A blank row ends each block. */
export function writeCsv(plan: BusinessPlan): string {
  const rows = blocksOf(plan).flatMap((block) => [...blockRows(block), []]);
  return stringify(
    rows.map((row) => row.map((cell) => inertCell(cell.toWellFormed().replace(/\r\n?/g, '\n')))),
    { bom: true, record_delimiter: '\r\n', quoted_match: /\n/ },
  );
}

function blockRows(block: PlanBlock): string[][] {
  if (block.kind === 'table') return [block.headings, ...block.rows];
  if (block.kind === 'narrative' || block.kind === 'footnote') return block.text.split(/\r\n|\r|\n/).map((line) => [line]);
  return [[plainText(block.text)]];
}
