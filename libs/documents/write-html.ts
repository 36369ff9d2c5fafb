/** A plan as one web page that needs nothing else: to be read, printed, and opened in Word; read back, it is the same plan. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { narrativeBlocks, type NarrativeBlock, type Run } from './narrative-blocks.js';
import { blocksOf, type PlanBlock, type TableBlock } from './plan-blocks.js';
import { NOT_OF_THE_PLAN } from './read-html.js';

/** Simple enough for every browser and for print: dark on white, header rows repeated on each page, no row torn apart. */
const STYLE = `
body { font: 1rem/1.5 Arial, sans-serif; color: #0b0c0c; background: #fff; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid #505a5f; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #f3f2f1; }
tbody th { font-weight: normal; }
@page { size: A4 landscape; margin: 15mm; }
@media print {
  body { font-size: 9pt; max-width: none; margin: 0; padding: 0; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}`;

/** The whole page, in British English. */
export function writeHtml(plan: BusinessPlan): string {
  const title = escaped(plainText(plan.title) || 'Business plan');
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
${blocksOf(plan).map(blockHtml).join('\n')}
</main>
</body>
</html>
`;
}

function blockHtml(block: PlanBlock): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(plainText(block.text))}</h1>`;
    case 'heading':
      return `<h${block.level}>${escaped(plainText(block.text))}</h${block.level}>`;
    case 'narrative':
      return narrativeHtml(narrativeBlocks(block.text));
    case 'footnote':
      return `<p>${withBreaks(block.text)}</p>`;
    case 'table':
      return tableHtml(block);
  }
}

/** Bullets beside one another make one list. */
function narrativeHtml(blocks: NarrativeBlock[]): string {
  return blocks
    .flatMap((block, index) => {
      if (block.kind === 'paragraph') return [`<p>${block.lines.map(runsHtml).join('<br>\n')}</p>`];
      const isFirst = blocks[index - 1]?.kind !== 'bullet';
      const isLast = blocks[index + 1]?.kind !== 'bullet';
      return [...(isFirst ? ['<ul>'] : []), `<li>${runsHtml(block.runs)}</li>`, ...(isLast ? ['</ul>'] : [])];
    })
    .join('\n');
}

function runsHtml(runs: Run[]): string {
  return runs.map(({ text, bold }) => (bold ? `<strong>${escaped(text)}</strong>` : escaped(text))).join('');
}

/** Focusable where it is wider than the screen, so that it can be moved without a mouse. */
function tableHtml({ caption, headings, rows }: TableBlock): string {
  const name = escaped(plainText(caption));
  const header = headings.map((heading) => `<th scope="col">${withBreaks(heading)}</th>`).join('');
  const body = rows.map(
    (cells) =>
      `<tr>${cells.map((cell, index) => (index === 0 ? `<th scope="row">${withBreaks(cell)}</th>` : `<td>${withBreaks(cell)}</td>`)).join('')}</tr>`,
  );
  return `<div class="table" role="region" aria-label="${name}" tabindex="0">
<table>
<caption ${NOT_OF_THE_PLAN}>${name}</caption>
<thead>
<tr>${header}</tr>
</thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`;
}

function withBreaks(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => escaped(line.trim()))
    .join('<br>');
}

function escaped(text: string): string {
  return text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
