/** A plan on a web page, or in the HTML that a program made of its document, read into a business plan. */
import { type HTMLElement, type Node, parse } from 'node-html-parser';
import type { BusinessPlan } from '../domain/business-plan.js';
import type { Finding } from '../domain/finding.js';
import { isMarked, marked } from './as-it-stands.js';
import type { DocumentLine } from './document-line.js';
import { inlineText, isBlock, loneRow, raisedText, strayNodes, tableRows, tagOf, UNSEEN, type HtmlRow } from './html-table.js';
import { markdownOf, type Run } from './narrative-blocks.js';
import { planFromLines } from './plan-from-lines.js';
import { readingRemark } from './reading-remark.js';
import { headerKind } from './recognise-columns.js';
import { sectionOpenedBy } from './recognise-headings.js';

/** What our own pages say of a caption: it is for people, and not the plan's. */
export const NOT_OF_THE_PLAN = 'data-not-of-the-plan';

/**
 * Reads headings, narrative, lists and tables of a whole page, or of a piece of one.
 *
 * Throws DomainError('unreadable') where there is no table of indicators, actions or budgets.
 */
export function readHtml(html: string): { plan: BusinessPlan; remarks: Finding[] } {
  return { plan: planFromLines(withTitle(htmlLines(html), html).map(({ isTitle: _, ...line }) => line)), remarks: remarksOn(html) };
}

/**
 * The title first: on a council's web page it stands behind what every page of the site begins with. A page whose text has none
 * may name itself in its head.
 */
function withTitle(lines: HtmlLine[], html: string): HtmlLine[] {
  const at = lines.findIndex((line) => line.isTitle);
  const title = lines[at];
  if (title?.kind === 'text') return [{ ...title, text: marked(title.text) }, ...lines.toSpliced(at, 1)];
  const first = lines.find((line) => line.kind === 'cells' || line.text !== '');
  const named = parse(/<title[^>]{0,1000}>([^<]{0,1000})</i.exec(html)?.[1] ?? '').text.trim();
  const isMissing = first?.kind === 'cells' || (first && sectionOpenedBy(first.text) !== null);
  return isMissing && named !== '' ? [{ kind: 'text', text: marked(named), line: 1 }, ...lines] : lines;
}

/** The document's type, and what Office writes for other browsers. */
const DECLARATIONS = /<!doctype[^>]{0,1000}>|<\?[^>]{0,1000}>|<!\[(?:if|endif)[^\]]{0,1000}\]>/gi;

type HtmlLine = DocumentLine & { isTitle?: boolean };

/**
 * The lines of a document's HTML: its paragraphs and headings with bold words between stars, list items behind a "- ", the rows
 * of its tables. A line's number is that of the source. Nothing that a browser shows is left out but menus.
 */
export function htmlLines(html: string): HtmlLine[] {
  // The parser would take these for text. Blanks in their place keep every position.
  const seen = html.replace(DECLARATIONS, (declaration) => declaration.replace(/[^\r\n]/g, ' '));
  const root = parse(seen, { comment: false, blockTextElements: { script: false, style: false, noscript: true, pre: true } });
  const walk = new Walk(html);
  walk.children(root);
  walk.endLine();
  return walk.lines;
}

/** A walk through the elements, with the line that is being put together. */
class Walk {
  readonly lines: HtmlLine[] = [];
  private runs: Run[] = [];
  private begunAt = 0;
  private isBold = false;
  private isHeading = false;
  /** What the next line of a list begins with. */
  private bullet = '';
  private readonly lineStarts: number[];

  constructor(html: string) {
    this.lineStarts = [0, ...Array.from(html.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
  }

  children(element: HTMLElement): void {
    for (const node of element.childNodes) this.node(node);
  }

  /** Ends the line that is being put together, if there is one. */
  endLine(isTitle = false): void {
    const text = markdownOf(joinedRuns(this.runs)).replace(/ +/g, ' ').trim();
    this.runs = [];
    if (text === '') return;
    const line = this.lineAt(this.begunAt);
    this.lines.push({ kind: 'text', text: this.bullet + text, line, ...(isTitle && { isTitle }) });
    this.bullet = '';
  }

  private node(node: Node): void {
    const tag = tagOf(node);
    if (tag === '') return this.text(inlineText(node), node.range[0]);
    if (UNSEEN.has(tag)) return;
    const element = node as HTMLElement;
    if (tag === 'br') return this.endLine();
    if (tag === 'sup') return this.text(raisedText(element), element.range[0]);
    if (tag === 'strong' || tag === 'b') return this.bold(element);
    if (/^h[1-6]$/.test(tag)) return this.heading(element, tag);
    if (tag === 'ul' || tag === 'ol') return this.list(element, tag);
    if (tag === 'table') return this.table(element);
    if (tag === 'tr') return this.rows([loneRow(element)]);
    if (tag === 'pre') return this.preformatted(element);
    if (tag === 'caption' && element.hasAttribute(NOT_OF_THE_PLAN)) return;
    if (!isBlock(tag)) return this.children(element);
    this.block(element);
  }

  private text(text: string, position: number): void {
    if (this.runs.length === 0) {
      if (text.trim() === '') return;
      this.begunAt = position + (text.length - text.trimStart().length);
    }
    this.runs.push({ text, bold: this.isBold && !this.isHeading });
  }

  private bold(element: HTMLElement): void {
    const before = this.isBold;
    this.isBold = true;
    this.children(element);
    this.isBold = before;
  }

  private block(element: HTMLElement): void {
    this.endLine();
    this.children(element);
    this.endLine();
    this.blank(element.range[1]);
  }

  private heading(element: HTMLElement, tag: string): void {
    this.endLine();
    this.isHeading = true;
    this.children(element);
    this.isHeading = false;
    const isFirst = tag === 'h1' && !this.lines.some(({ isTitle }) => isTitle) && sectionOpenedBy(element.text) === null;
    this.endLine(isFirst && !isMarked(element.text.trim()));
    this.blank(element.range[1]);
  }

  private list(element: HTMLElement, tag: 'ul' | 'ol'): void {
    this.endLine();
    const items = element.childNodes.filter((node) => tagOf(node) === 'li').length;
    let number = Number.parseInt(element.getAttribute('start') ?? '1', 10) || 1;
    for (const node of element.childNodes) {
      // A list of one numbered item is how Word numbers a heading; one of several holds no heading.
      if (tagOf(node) === 'li') this.bullet = tag === 'ul' ? '- ' : `${items > 1 ? marked('') : ''}${number++}. `;
      this.node(node);
      this.endLine();
      this.bullet = '';
      this.withoutBlankEnd();
    }
    this.blank(element.range[1]);
  }

  private preformatted(element: HTMLElement): void {
    this.endLine();
    element.text.split(/\r\n|\r|\n/).forEach((content, index) => {
      const line = this.lineAt(element.range[0]) + index;
      if (content.includes('\t') && content.trim() !== '') this.lines.push({ kind: 'cells', cells: content.split('\t'), line });
      else this.lines.push({ kind: 'text', text: content, line });
    });
  }

  private table(element: HTMLElement): void {
    this.endLine();
    const rows = tableRows(element);
    if (isLayout(element, rows)) return this.layout(element);
    for (const node of strayNodes(element)) {
      this.node(node);
      this.endLine();
    }
    this.rows(rows);
    this.blank(element.range[1]);
  }

  /** A table of one column is a frame around text. */
  private rows(rows: HtmlRow[]): void {
    this.endLine();
    const isFrame = rows.every(({ cells }) => cells.length < 2);
    rows.forEach(({ cells, position }, index) => {
      const line = this.lineAt(position);
      if (isFrame) this.lines.push(...textLines(cells[0] ?? '', line));
      else if (cells.length > 0) this.lines.push({ kind: 'cells', cells, line, ...(index === 0 && { beginsTable: true }) });
    });
  }

  /** A table that only sets out the page: each of its cells is a piece of the document. */
  private layout(element: HTMLElement): void {
    for (const cell of element.querySelectorAll('td, th, caption')) {
      if (closestTable(cell) === element) this.block(cell);
    }
  }

  private blank(position: number): void {
    this.lines.push({ kind: 'text', text: '', line: this.lineAt(position) });
  }

  private withoutBlankEnd(): void {
    for (let last = this.lines.at(-1); last?.kind === 'text' && last.text === ''; last = this.lines.at(-1)) this.lines.pop();
  }

  private lineAt(position: number): number {
    let [low, high] = [0, this.lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function textLines(text: string, line: number): HtmlLine[] {
  return text.split('\n').map((part) => ({ kind: 'text', text: part, line }));
}

/** Runs of one weight beside one another, joined: "**a** **b**" were two where a browser shows one. */
function joinedRuns(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && (last.bold === run.bold || run.text === '')) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}

function isLayout(table: HTMLElement, rows: { cells: string[] }[]): boolean {
  const inside = table.querySelectorAll('table');
  if (inside.length === 0 || rows.some(({ cells }) => headerKind(cells) !== null)) return false;
  return inside.some((each) => tableRows(each).some(({ cells }) => headerKind(cells) !== null));
}

function closestTable(cell: HTMLElement): HTMLElement | null {
  let parent: HTMLElement | null = cell.parentNode;
  while (parent && tagOf(parent) !== 'table') parent = parent.parentNode;
  return parent;
}

function remarksOn(html: string): Finding[] {
  return REMARKS.filter(({ sign }) => sign.test(html)).map(({ rule, severity, message }) => readingRemark(rule, severity, message));
}

const REMARKS: { rule: string; severity: Finding['severity']; sign: RegExp; message: string }[] = [
  {
    rule: 'menus-left-out',
    severity: 'note',
    sign: /<nav\b/i,
    message: 'The menus of the web page were left out. If a part of the plan stands among them, copy it into the text.',
  },
  {
    rule: 'struck-through',
    severity: 'warning',
    sign: /<(?:del|s|strike)\b/i,
    message:
      'The page has words that are struck through. They were read like all others; if they are meant to go, delete them and choose the file again.',
  },
  {
    rule: 'merged-cells',
    severity: 'note',
    sign: /<td\b[^>]{0,1000}\browspan\s*=\s*["']?\s*(?:[2-9]|1\d)/i,
    message:
      'The page has tables with cells that are merged over several rows. Their text was read for the first of these rows only; check whether it is meant for the others too.',
  },
];
