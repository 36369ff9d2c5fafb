/** A plan as tab-separated text, the form in which the committee's papers come: read back, it is the same plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { blocksOf, type PlanBlock } from './plan-blocks.js';

/** The text of a plan, in UTF-8's characters and with line feeds; cells stand apart by tabs, blocks by a blank line. */
export function writePlanText(plan: BusinessPlan): string {
  return `${blocksOf(plan).map(blockText).join('\n\n')}\n`;
}

function blockText(block: PlanBlock): string {
  if (block.kind === 'table') return [block.headings, ...block.rows].map(rowText).join('\n');
  if (block.kind === 'narrative' || block.kind === 'footnote') return block.text.replace(/[\t\f]/g, ' ');
  return plainText(block.text);
}

/** A row of one cell needs its tab all the same, to be a row. */
function rowText(cells: string[]): string {
  const line = cells.map(plainText).join('\t');
  return cells.length === 1 ? `${line}\t` : line;
}
