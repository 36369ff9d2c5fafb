/** A plan as tab-separated text, the form in which the committee's papers come: read back, it is the same plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { marked } from './as-it-stands.js';
import { blocksOf, type PlanBlock } from './plan-blocks.js';

/** The text of a plan, in UTF-8's characters and with line feeds; cells stand apart by tabs, blocks by a blank line. */
export function writePlanText(plan: BusinessPlan): string {
  return `${blocksOf(plan).map(blockText).join('\n\n')}\n`;
}

function blockText(block: PlanBlock): string {
  if (block.kind === 'table') return [block.headings, ...block.rows].map(rowText).join('\n');
  if (block.kind === 'narrative' || block.kind === 'footnote')
    return block.text
      .replace(/[\t\f]/g, ' ')
      .split(/\r\n|\r|\n/)
      .map(quotedAsItStands)
      .join('\n');
  return plainText(block.text);
}

/** A row of one cell needs its tab all the same, to be a row. */
function rowText(cells: string[]): string {
  const line = cells.map((cell) => quotedAsItStands(plainText(cell))).join('\t');
  return cells.length === 1 ? `${line}\t` : line;
}

/** A quotation mark at the beginning is the text's own: spreadsheet programs put others round their cells. */
function quotedAsItStands(text: string): string {
  return text.startsWith('"') ? marked(text) : text;
}
