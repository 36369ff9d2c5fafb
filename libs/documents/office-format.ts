/** Which of the formats that are zip files a file is in: by what it says of its parts, never by its name. */
import { DomainError } from '../domain/domain-error.js';
import { unzipDocument } from './unzip.js';

/**
 * Whether it is a Word document or a spreadsheet.
 * @throws DomainError 'unreadable' for any other zip file, and for one that is broken, protected or too large unpacked
 */
export function officeFormatOf(bytes: Uint8Array): 'docx' | 'xlsx' {
  const names: string[] = [];
  const parts = unzipDocument(bytes, (name) => {
    names.push(name);
    return name === '[Content_Types].xml' || name === 'mimetype';
  });
  const text = (name: string): string => new TextDecoder().decode(parts[name]);
  const types = text('[Content_Types].xml');
  if (/wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled/.test(types)) return 'docx';
  if (/spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)\.macroEnabled/.test(types)) return 'xlsx';
  throw new DomainError('unreadable', otherZip(text('mimetype'), types, names));
}

const SAVE_AS = 'Save the plan as a Word document (.docx) or a spreadsheet (.xlsx) and choose that file.';

function otherZip(mimeType: string, types: string, names: string[]): string {
  if (mimeType.startsWith('application/vnd.oasis.opendocument')) return `OpenDocument files cannot be read. ${SAVE_AS}`;
  if (types.includes('presentationml')) return `This file is a presentation. ${SAVE_AS}`;
  if (types.includes('sheet.binary')) return `This file is a binary spreadsheet (.xlsb). ${SAVE_AS}`;
  if (types !== '' || names.some((name) => /^(?:word|xl)\//.test(name)))
    return `This file is neither a Word document nor a spreadsheet that can be opened. ${SAVE_AS}`;
  return 'This file is a zip archive. Unpack it and choose the file in it that holds the plan.';
}
