/** A table of a web page as rows of cells that stay in line: a cell over several columns or rows is followed by blank ones. */
import { type HTMLElement, NodeType, type Node } from 'node-html-parser';
import { columnWords } from './column-words.js';
import { headerKind } from './recognise-columns.js';
import { raised } from './docx-notes.js';

/** A row, and where in the source it begins. */
export interface HtmlRow {
  cells: string[];
  position: number;
}

/** Beyond this a span is a slip or an attack: browsers stop there too. */
const MOST_COLUMNS = 1000;

/** The name of an element in small letters, '' for a text. */
export function tagOf(node: Node): string {
  return node.nodeType === NodeType.ELEMENT_NODE ? ((node as HTMLElement).rawTagName ?? '').toLowerCase() : '';
}

/** What holds no text of the document. */
export const UNSEEN = new Set(['script', 'style', 'head', 'title', 'template', 'meta', 'link', 'nav']);

const LINES_OF_THEIR_OWN = new Set(
  [
    'address',
    'article',
    'aside',
    'blockquote',
    'caption',
    'dd',
    'div',
    'dl',
    'dt',
    'fieldset',
    'figcaption',
    'figure',
    'footer',
    'form',
  ].concat(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'legend', 'li', 'main', 'ol', 'p', 'pre', 'section', 'table', 'tr', 'ul']),
);

/** Whether an element begins and ends a line. */
export function isBlock(tag: string): boolean {
  return LINES_OF_THEIR_OWN.has(tag);
}

/** The rows of a table, header rows that only make sense together joined to one. */
export function tableRows(table: HTMLElement): HtmlRow[] {
  const rows = rowsIn(table);
  const grid = expanded(rows, false);
  const [first, second] = grid;
  if (!first || !second || headerKind(second.cells) !== null) return grid;
  const hasYears = ({ cells }: HtmlRow): boolean => cells.some((cell) => columnWords(cell).year !== null);
  if (headerKind(first.cells) !== null && (hasYears(first) || !hasYears(second))) return grid;
  if (!rows[0] || !cellsIn(rows[0]).some((cell) => span(cell, 'colspan') > 1)) return grid;
  // "Achieved" over "2022/23" and "2023/24": the words above belong to each of the columns under them.
  const [above, below] = expanded(rows.slice(0, 2), true);
  const cells = below?.cells.map((cell, index) => joined(above?.cells[index] ?? '', cell)) ?? [];
  return headerKind(cells) === null ? grid : [{ cells, position: first.position }, ...grid.slice(2)];
}

function joined(above: string, below: string): string {
  return above === below ? above : `${above} ${below}`.trim();
}

/** The table's own rows, in the order of the source; those of tables inside it are text of its cells. */
function rowsIn(element: HTMLElement): HTMLElement[] {
  return element.childNodes.flatMap((node): HTMLElement[] => {
    const tag = tagOf(node);
    if (tag === 'tr') return [node as HTMLElement];
    return ['thead', 'tbody', 'tfoot', 'form'].includes(tag) ? rowsIn(node as HTMLElement) : [];
  });
}

/** A row that stands in no table. */
export function loneRow(row: HTMLElement): HtmlRow {
  return expanded([row], false)[0] ?? { cells: [], position: row.range[0] };
}

/** What stands in a table and in none of its cells: its caption, and what was written in the wrong place. */
export function strayNodes(element: HTMLElement): Node[] {
  return element.childNodes.flatMap((node): Node[] => {
    const tag = tagOf(node);
    if (['tr', 'thead', 'tbody', 'tfoot', 'form'].includes(tag)) return strayNodes(node as HTMLElement);
    return ['td', 'th', 'col', 'colgroup'].includes(tag) ? [] : [node];
  });
}

/** Rows with a cell for each column; what a cell spans is blank, or its words again. */
function expanded(rows: HTMLElement[], isRepeated: boolean): HtmlRow[] {
  /** By column: how many of the coming rows a cell reaches into, and its words. */
  const reaching: { rows: number; text: string }[] = [];
  return rows.map((row) => {
    const cells: string[] = [];
    const passReaching = (): void => {
      for (let above = reaching[cells.length]; above && above.rows > 0; above = reaching[cells.length]) {
        above.rows--;
        cells.push(isRepeated ? above.text : '');
      }
    };
    for (const cell of cellsIn(row)) {
      passReaching();
      const text = cellLines(cell);
      const width = Math.min(span(cell, 'colspan'), Math.max(1, MOST_COLUMNS - cells.length));
      for (let column = 0; column < width; column++) {
        reaching[cells.length] = { rows: span(cell, 'rowspan') - 1, text: column === 0 || isRepeated ? text : '' };
        cells.push(column === 0 || isRepeated ? text : '');
      }
    }
    passReaching();
    return { cells, position: row.range[0] };
  });
}

function cellsIn(row: HTMLElement): HTMLElement[] {
  return row.childNodes.filter((node): node is HTMLElement => ['td', 'th'].includes(tagOf(node)));
}

function span(cell: HTMLElement, attribute: 'colspan' | 'rowspan'): number {
  const wanted = Number.parseInt(cell.getAttribute(attribute) ?? '1', 10);
  return Number.isFinite(wanted) && wanted >= 1 ? Math.min(wanted, MOST_COLUMNS) : 1;
}

/** The text of a cell, its paragraphs, list items and the rows of tables inside it each on a line. */
function cellLines(cell: HTMLElement): string {
  return textWithBreaks(cell)
    .split('\n')
    .map((line) => line.replace(/[ \t\r\f]+/g, ' ').replace(/^ | $/g, ''))
    .filter((line) => line !== '')
    .join('\n');
}

function textWithBreaks(element: HTMLElement): string {
  return element.childNodes
    .map((node) => {
      const tag = tagOf(node);
      if (tag === '') return inlineText(node);
      if (tag === 'br') return '\n';
      if (UNSEEN.has(tag)) return '';
      const text = tag === 'sup' ? raisedText(node as HTMLElement) : textWithBreaks(node as HTMLElement);
      if (tag === 'td' || tag === 'th') return `${text} `;
      return isBlock(tag) ? `\n${text}\n` : text;
    })
    .join('');
}

/** A text as a browser shows it, the line ends of the source being spaces. */
export function inlineText(node: Node): string {
  return node.nodeType === NodeType.TEXT_NODE ? node.text.replace(/[ \t\r\n\f]+/g, ' ') : '';
}

/** Digits above the line stay apart from the figure before them: "1,850" with a footnote's mark is not 18,501. */
export function raisedText(element: HTMLElement): string {
  const text = textWithBreaks(element);
  return /^\s*\(?\d+\)?\s*$/.test(text) ? raised(text) : text;
}
