/** A plan in a Word document (.docx), read into a business plan. */
import mammoth from 'mammoth';
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import type { Finding } from '../domain/finding.js';
import { oneLineEach } from './docx-lines.js';
import { raised, withPrintedNotes } from './docx-notes.js';
import { planFromLines } from './plan-from-lines.js';
import { htmlLines } from './read-html.js';
import { readingRemark } from './reading-remark.js';
import { unzipDocument, zipDocument } from './unzip.js';

/** What is used of an element of mammoth's document. */
interface WordElement {
  type: string;
  children?: WordElement[];
  value?: string;
  verticalAlignment?: string;
  isStrikethrough?: boolean;
}

/** Beside mammoth's own: the title is a heading; tables of contents only repeat headings, and are left out. */
const STYLE_MAP = ["p[style-name='Title'] => h1:fresh", "p[style-name^='toc '] => !", "p[style-name^='TOC '] => !"];

/**
 * Reads headings, narrative, tables and notes. Changes that were tracked are read as accepted, comments and pictures are left
 * out; remarks say so. Nothing outside the file is ever opened.
 *
 * Throws DomainError('unreadable') for a file that is no Word document, is damaged or too large, or holds no plan's table.
 */
export async function readDocx(bytes: Uint8Array): Promise<{ plan: BusinessPlan; remarks: Finding[] }> {
  const parts = unzipDocument(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  let hasStruckThrough = false;
  const html = await htmlOf(parts, (element) => {
    if (element.isStrikethrough && textOf(element).trim() !== '') hasStruckThrough = true;
  });
  return { plan: planFromLines(htmlLines(oneLineEach(withPrintedNotes(html)))), remarks: remarksOn(parts, hasStruckThrough) };
}

/** Mammoth unpacks for itself, so it gets a file packed anew from what passed the limits. */
async function htmlOf(parts: Record<string, Uint8Array>, see: (element: WordElement) => void): Promise<string> {
  const options = {
    styleMap: STYLE_MAP,
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
    transformDocument: (root: WordElement) => readable(root, see),
  };
  try {
    return (await mammoth.convertToHtml({ buffer: Buffer.from(zipDocument(parts)) }, options)).value;
  } catch {
    throw new DomainError(
      'unreadable',
      'This Word document is damaged inside, so it cannot be read. Open it in Word, save it again as a Word document (.docx) and choose the new file.',
    );
  }
}

/** The document with raised digits as characters of their own, so that they do not run into the figure before them. */
function readable(element: WordElement, see: (element: WordElement) => void): WordElement {
  see(element);
  const isRaised = element.verticalAlignment === 'superscript' && /^\d+$/.test(textOf(element));
  const children = element.children?.map((child) =>
    isRaised && child.value ? { ...child, value: raised(child.value) } : readable(child, see),
  );
  return { ...element, ...(children && { children }), ...(element.verticalAlignment && { verticalAlignment: 'baseline' }) };
}

function textOf({ value = '', children = [] }: WordElement): string {
  return value + children.map(textOf).join('');
}

function remarksOn(parts: Record<string, Uint8Array>, hasStruckThrough: boolean): Finding[] {
  const has = (part: RegExp, element: RegExp): boolean =>
    Object.entries(parts).some(([name, content]) => part.test(name) && element.test(new TextDecoder().decode(content)));
  const text = /^word\/(?:document|footnotes|endnotes)\d*\.xml$/;
  return REMARKS.filter(({ rule, part, element }) => (rule === 'struck-through' ? hasStruckThrough : has(part ?? text, element))).map(
    ({ rule, severity, message }) => readingRemark(rule, severity, message),
  );
}

const REMARKS: { rule: string; severity: Finding['severity']; part?: RegExp; element: RegExp; message: string }[] = [
  {
    rule: 'tracked-changes',
    severity: 'warning',
    element: /<w:(?:ins|del|moveFrom|moveTo)\b/,
    message:
      'The document has tracked changes. They were read as if all of them had been accepted; accept or reject them in Word and choose the file again if that is not what is meant.',
  },
  {
    rule: 'struck-through',
    severity: 'warning',
    element: /<w:strike\b/,
    message:
      'The document has words that are struck through. They were read like all others; if they are meant to go, delete them in Word and choose the file again.',
  },
  {
    rule: 'comments-left-out',
    severity: 'note',
    part: /^word\/comments\d*\.xml$/,
    element: /<w:comment\b/,
    message:
      'The document has comments in its margin. They are not part of the plan and were left out; copy what belongs to the plan into its text.',
  },
  {
    rule: 'merged-cells',
    severity: 'note',
    element: /<w:vMerge\b/,
    message:
      'The document has tables with cells that are merged over several rows. Their text was read for the first of these rows only; check whether it is meant for the others too.',
  },
];
