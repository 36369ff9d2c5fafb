/** A spreadsheet file's workbook: which sheets it has, its texts, and how its cells show their numbers. */
import { posix } from 'node:path';
import { DomainError } from '../domain/domain-error.js';
import { withoutEscapes } from './xlsx-escapes.js';
import type { NumberFormat } from './xlsx-number-formats.js';
import { readXml } from './xlsx-xml.js';

export type Parts = Record<string, Uint8Array>;

export interface Workbook {
  /** In the order of their tabs. */
  sheets: { name: string; isHidden: boolean; content: Uint8Array }[];
  /** What cells refer to by number. */
  texts: string[];
  /** By the number of a cell's style. */
  formats: NumberFormat[];
  /** Whether days are counted from 1904, as old Macintosh files do, and not from 1900. */
  from1904: boolean;
}

interface Relationship {
  id: string;
  /** The end of its address, such as "worksheet" or "sharedStrings"; the beginning differs between the two forms of the standard. */
  type: string;
  path: string;
}

/** Reads the workbook's own parts. Throws DomainError('unreadable') where the file is no workbook. */
export function readWorkbook(parts: Parts): Workbook {
  const path = relationshipsOf(parts, '').find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
  const content = parts[path];
  if (!content) throw notAWorkbook();
  const relationships = relationshipsOf(parts, path);
  const contentOf = (type: string): Uint8Array | undefined => parts[relationships.find((each) => each.type === type)?.path ?? ''];
  const workbook: Workbook = {
    sheets: [],
    texts: readTexts(contentOf('sharedStrings')),
    formats: readFormats(contentOf('styles')),
    from1904: false,
  };
  readXml(content, {
    open: (name, { name: sheetName = '', state = '', id = '', date1904 = '' }) => {
      if (name === 'workbookPr') workbook.from1904 = isTrue(date1904);
      if (name !== 'sheet') return;
      const sheet = relationships.find((each) => each.id === id);
      if (sheet?.type !== 'worksheet') return;
      const isHidden = state === 'hidden' || state === 'veryHidden';
      workbook.sheets.push({ name: withoutEscapes(sheetName), isHidden, content: parts[sheet.path] ?? missingSheet(sheetName) });
    },
  });
  return workbook;
}

/** Whether an attribute says yes. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** Reads what a part of the file refers to; '' is the file itself. */
function relationshipsOf(parts: Parts, path: string): Relationship[] {
  const folder = posix.dirname(path);
  const content = parts[posix.join(folder, '_rels', `${posix.basename(path)}.rels`)];
  const found: Relationship[] = [];
  if (!content) return found;
  readXml(content, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' }) => {
      if (name !== 'Relationship' || mode === 'External') return;
      const resolved = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), path: resolved });
    },
  });
  return found;
}

/** The shared texts: runs of differing looks joined, hints on pronunciation (`rPh`) left out. */
function readTexts(content: Uint8Array | undefined): string[] {
  const texts: string[] = [];
  if (!content) return texts;
  let inText = false;
  let inHint = false;
  readXml(content, {
    open: (name) => {
      if (name === 'si') texts.push('');
      if (name === 'rPh') inHint = true;
      inText = name === 't' && !inHint;
    },
    close: (name) => {
      if (name === 'rPh') inHint = false;
      inText = false;
    },
    text: (text) => {
      if (inText) texts.push(`${texts.pop() ?? ''}${text}`);
    },
  });
  return texts.map(withoutEscapes);
}

function readFormats(content: Uint8Array | undefined): NumberFormat[] {
  const own = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCellStyles = false;
  if (!content) return formats;
  readXml(content, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') own.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) formats.push(own.get(Number(numFmtId)) ?? Number(numFmtId));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return formats;
}

function notAWorkbook(): DomainError {
  return new DomainError(
    'unreadable',
    'This file has no spreadsheet in it that can be read. Save the plan as an Excel workbook (.xlsx) and choose that file.',
  );
}

function missingSheet(name: string): never {
  throw new DomainError(
    'unreadable',
    `The sheet “${name}” is missing inside this file. Open it in your spreadsheet program, save it again and choose the new file.`,
  );
}
