/** Files of every kind: each read as what its bytes say, or refused with what it is and what to do. */
import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { extractHash } from '../../libs/documents/content-hash.js';
import { PLAN_FORMATS, UPLOAD_LIMIT_BYTES } from '../../libs/documents/plan-format.js';
import { readPlanFile } from '../../libs/documents/read-plan-file.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { seedPlan, seedText } from '../support/seed-plan.js';

const HEADER = 'Indicator Description (Code)\tAchieved 2023/24\tTarget 2025/26\tOwner';
const ROW = 'All crime (ComS_001)\t7,123\t7,000\tHead of Communities';
const SMALL = `A plan\n\nKey performance indicators\n\n${HEADER}\n${ROW}\n`;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const read = (text: string) => readPlanFile(encode(text));

describe('the format of a file', () => {
  it.each([...PLAN_FORMATS])('is known by its bytes: %s', async (format) => {
    const result = await readPlanFile(await writePlanFile(seedPlan(), format));
    expect(result.format).toBe(format);
    expect(result.remarks).toEqual([]);
    expect(extractHash(result.plan)).toBe(extractHash(seedPlan()));
  });

  it.each([
    ['text', SMALL],
    ['text', seedText.replaceAll('\n', '\r')],
    ['text', SMALL.replaceAll('\n', '\r\n')],
    ['text', SMALL.replace('All crime', '"All" crime, and more')],
    ['text', SMALL.replace('A plan', '<p>A plan</p>')],
    ['text', SMALL.replace('7,123', '<table>')],
    ['csv', SMALL.replaceAll(',', '').replaceAll('\t', ',')],
    ['csv', SMALL.replaceAll('\t', ';')],
    ['csv', `sep=;\r\n${SMALL.replaceAll('\t', ';')}`],
    [
      'csv',
      SMALL.replace('All crime', '"All ""crime"",\nby ward')
        .replace('(ComS_001)', '(ComS_001)"')
        .replaceAll('7,123', '"7,123"')
        .replace('7,000', '"7,000"'),
    ],
    ['html', `<table><tr><td>${HEADER.replaceAll('\t', '<td>')}<tr><td>${ROW.replaceAll('\t', '<td>')}</table>`],
    ['html', `<p>A plan, in short</p>\n<table>\n\t<tr>\n\t\t<td>${HEADER.replaceAll('\t', '</td>\n\t\t<td>')}</td></tr></table>`],
  ])('is %s for %j', async (format, text) => {
    expect((await read(text)).format).toBe(format);
  });

  it('does not matter to what is read', async () => {
    const csv = await read(SMALL.replaceAll(',', '.').replaceAll('\t', ','));
    expect(extractHash(csv.plan)).toBe(extractHash((await read(SMALL.replaceAll(',', '.'))).plan));
  });
});

describe('an encoding that had to be guessed', () => {
  const guessed = latin1(SMALL.replace('All crime', 'Fines of £50 or more'));

  it('is a remark with the line to look at', async () => {
    const { plan, remarks } = await readPlanFile(guessed);
    expect(plan.kpis.rows[0]?.cells.description).toContain('£50');
    expect(remarks).toEqual([
      expect.objectContaining({
        rule: 'encoding-guessed',
        severity: 'warning',
        line: 6,
        message: expect.stringContaining('pound signs') as unknown,
      }),
    ]);
  });

  it('is no guess where a web page says it', async () => {
    const page = `<html><head><meta charset="windows-1252"></head><body><table><tr><td>${HEADER.replaceAll('\t', '<td>')}</table><p>£`;
    expect((await readPlanFile(latin1(page))).remarks).toEqual([]);
    expect((await readPlanFile(latin1(page.replace('windows-1252', 'utf-8')))).remarks).toHaveLength(1);
  });
});

describe('a file that holds no plan', () => {
  const ole = (name: string): Uint8Array =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')]);
  const zip = (parts: Record<string, string>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, encode(text)])));

  it.each([
    ['nothing', new Uint8Array(), 'is empty'],
    ['blank lines', encode(' \r\n\t\n\f'), 'is empty'],
    ['a letter', encode('Dear Sir,\n\nplease find the plan attached.\n'), 'No table of a business plan'],
    ['a list of telephones', encode('Name,Telephone\nAnn,123\n'), 'No table of a business plan'],
    ['a PDF', latin1('%PDF-1.7\n%\xe2\xe3'), 'PDF files cannot be read yet'],
    ['a Word document with a password', ole('EncryptedPackage'), 'protected by a password'],
    ['an old Word document', ole('WordDocument'), 'old format of Word (.doc)'],
    ['an old spreadsheet', ole('Workbook'), 'old format of Excel (.xls)'],
    ['Rich Text', latin1('{\\rtf1\\ansi plan}'), 'Rich Text'],
    ['a picture', latin1('\x89PNG\r\n\x1a\n\0\0'), 'is a picture'],
    ['a photograph', latin1('\xff\xd8\xff\xe0\0\x10JFIF'), 'is a picture'],
    ['a packed archive', latin1('\x1f\x8b\x08\0\0'), 'Unpack it'],
    ['a zip archive', zip({ 'plan.txt': SMALL }), 'Unpack it'],
    ['an OpenDocument text', zip({ mimetype: 'application/vnd.oasis.opendocument.text' }), 'OpenDocument'],
    ['a presentation', zip({ '[Content_Types].xml': 'presentationml.presentation.main+xml', 'ppt/a.xml': '' }), 'presentation'],
    ['a binary spreadsheet', zip({ '[Content_Types].xml': 'ms-excel.sheet.binary.macroEnabled.main' }), 'binary spreadsheet'],
    ['a zip file cut short', zip({ 'word/document.xml': 'x' }).subarray(0, 50), 'damaged or was cut short'],
    ['a program', latin1('\x7fELF\x02\x01\x01\0\0\xff\xfe\x81'), 'not text'],
    ['text with a zero byte', encode(`${SMALL}\0`), 'not text'],
    ['JSON of something else', encode('{"name": "Ann"}'), 'is not a plan as Plancycle exports it'],
    ['more than 20 MB', new Uint8Array(UPLOAD_LIMIT_BYTES + 1), 'larger than 20 MB'],
  ])('is refused in one line: %s', async (_what, bytes, words) => {
    const refusal: unknown = await readPlanFile(bytes).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: 'unreadable', message: expect.stringContaining(words) as unknown });
    expect((refusal as DomainError).message).not.toContain('\n');
  });
});
