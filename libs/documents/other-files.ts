/** Files that people choose by mistake, known by their first bytes, each refused with what to do instead. */
import { DomainError } from '../domain/domain-error.js';

const CHOOSE_INSTEAD = 'Save the plan as a Word document (.docx), a spreadsheet (.xlsx) or plain text and choose that file.';

const PICTURE = `This file is a picture, and the text in it cannot be read. ${CHOOSE_INSTEAD}`;
const PACKED = 'This file is a packed archive. Unpack it and choose the file in it that holds the plan.';

const GZIP = '\x1f\x8b';

/** How each begins, as Latin-1 characters. */
const BEGINNINGS: [RegExp, string][] = [
  [
    /^[\s\S]{0,1023}?%PDF-/,
    'PDF files cannot be read yet: their tables would have to be guessed. Choose the Word document, spreadsheet or text that the PDF was made from.',
  ],
  [/^\{\\rtf/, `This file is in Rich Text Format. ${CHOOSE_INSTEAD}`],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM[\s\S]{4}\0\0\0\0|RIFF[\s\S]{4}WEBP|[\s\S]{4}ftyp(?:heic|avif|mif1))/, PICTURE],
  [/^(?:7z\xbc\xaf|Rar!|BZh[1-9]1AY)/, PACKED],
  [
    /^\s*<\?xml[\s\S]{0,2000}(?:<w:wordDocument|<pkg:package|office:word|<Workbook|office:spreadsheet)/,
    `This file is XML of an older Office program. ${CHOOSE_INSTEAD}`,
  ],
];

/**
 * Refuses what is known not to be readable.
 * @throws DomainError 'unreadable' with a sentence that says what the file is
 */
export function refuseOtherFiles(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, 8).equals(OLE)) throw new DomainError('unreadable', oleSentence(file));
  const start = file.subarray(0, 4096).toString('latin1');
  const sentence = start.startsWith(GZIP) ? PACKED : BEGINNINGS.find(([beginning]) => beginning.test(start))?.[1];
  if (sentence) throw new DomainError('unreadable', sentence);
}

/** What Office wrote before 2007, and still puts round a file that is protected ([MS-CFB], 2.2). */
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

function oleSentence(file: Buffer): string {
  const holds = (name: string): boolean => file.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage'))
    return 'This file is protected by a password, so it cannot be read. Open it, save it without the password and choose the new file.';
  const program = holds('WordDocument') ? 'Word (.doc)' : holds('Workbook') ? 'Excel (.xls)' : 'Word or Excel';
  return `This file is in the old format of ${program}, or protected by a password. Open it, save it as ${program.startsWith('Excel') ? 'a spreadsheet (.xlsx)' : 'a Word document (.docx) or a spreadsheet (.xlsx)'} without a password and choose the new file.`;
}
