/** A plan's file in any of the formats that are read, told apart by its bytes and never by its name. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import type { Finding } from '../domain/finding.js';
import { decodePlanText } from './decode-text.js';
import { refuseOtherFiles } from './other-files.js';
import { TOO_LARGE, UPLOAD_LIMIT_BYTES, type PlanFormat } from './plan-format.js';
import { readPlanText } from './read-plan-text.js';
import { readingRemark } from './reading-remark.js';
import { headerKind } from './recognise-columns.js';

export interface ReadPlan {
  plan: BusinessPlan;
  format: PlanFormat;
  /** What reading itself has to ask about (encoding guessed, tracked changes, merged cells, hidden sheet …), as findings. */
  remarks: Finding[];
}

/**
 * Reads a plan from the bytes of a file. What only some formats need is loaded when it is needed, so that text is read at once.
 * @throws DomainError 'unreadable' with one sentence that says what the file is and what to do, where it holds no plan
 */
export async function readPlanFile(bytes: Uint8Array): Promise<ReadPlan> {
  if (bytes.length > UPLOAD_LIMIT_BYTES) throw new DomainError('unreadable', TOO_LARGE);
  refuseOtherFiles(bytes);
  if (isZip(bytes)) return readOfficeFile(bytes);
  const { text, isGuess } = decodePlanText(bytes);
  if (text.includes('\0'))
    throw new DomainError(
      'unreadable',
      'This file is not text: it holds bytes that no text has. Save the plan as plain text (UTF-8), as a Word document (.docx) or as a spreadsheet (.xlsx) and try again.',
    );
  const read = await readDecoded(text);
  return isGuess && !declaresWindows1252(read.format, text) ? { ...read, remarks: [encodingGuessed(text), ...read.remarks] } : read;
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && bytes[3] === bytes[2] + 1;
}

async function readOfficeFile(bytes: Uint8Array): Promise<ReadPlan> {
  const { officeFormatOf } = await import('./office-format.js');
  const format = officeFormatOf(bytes);
  const read =
    format === 'docx' ? await (await import('./read-docx.js')).readDocx(bytes) : await (await import('./read-xlsx.js')).readXlsx(bytes);
  return { ...read, format };
}

async function readDecoded(text: string): Promise<ReadPlan> {
  if (isJson(text)) return { ...(await import('./read-plan-json.js')).readPlanJson(text), format: 'json' };
  if (isWebPage(text)) return { ...(await import('./read-html.js')).readHtml(text), format: 'html' };
  const isTabbed = headersWith(text, '\t') > 0;
  if (!isTabbed && /<table\b/i.test(text) && /<t[dh]\b/i.test(text))
    return { ...(await import('./read-html.js')).readHtml(text), format: 'html' };
  return (await readAsCsv(text, isTabbed)) ?? { plan: readPlanText(text), format: 'text', remarks: [] };
}

async function readAsCsv(text: string, isTabbed: boolean): Promise<ReadPlan | null> {
  if (isTabbed ? !mayBeCsvWithTabs(text) : !/[,;]/.test(text)) return null;
  const { delimiterOf, readCsv } = await import('./read-csv.js');
  const delimiter = delimiterOf(text, isTabbed);
  return delimiter && { plan: readCsv(text, delimiter), format: 'csv', remarks: [] };
}

/** Text with tabs is CSV only if quotation marks stand round its cells, or if the tabs stand within the cells of another table. */
function mayBeCsvWithTabs(text: string): boolean {
  if (/(?:^|[\t\r\n])"/.test(text)) return true;
  return Math.max(headersWith(text, ','), headersWith(text, ';')) > headersWith(text, '\t');
}

function isJson(text: string): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*[[{\]])/.test(text);
}

function isWebPage(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}

function headersWith(text: string, delimiter: string): number {
  return text.split(/[\r\n]+/).filter((line) => line.includes(delimiter) && headerKind(line.split(delimiter)) !== null).length;
}

function declaresWindows1252(format: PlanFormat, text: string): boolean {
  return format === 'html' && /<meta[^>]*charset\s*=\s*["']?\s*(?:windows-1252|cp1252|iso-8859-1|latin1)\b/i.test(text.slice(0, 4096));
}

function encodingGuessed(text: string): Finding {
  const line = text.slice(0, text.search(/[\x80-\uffff]/)).split(/\r\n|\r|\n/).length;
  const message = `The file does not say how its characters are stored. It was read as Windows-1252, which is a guess: look whether pound signs, dashes and quotation marks are right, first in line ${line}, or save the file as UTF-8 and choose it again.`;
  return readingRemark('encoding-guessed', 'warning', message, line);
}
