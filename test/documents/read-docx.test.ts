/** Word documents as councils make them: bold lines for headings, split tables, tracked changes, notes, pictures. */
import { describe, expect, it } from '@jest/globals';
import {
  CommentReference,
  DeletedTextRun,
  Document,
  EndnoteReferenceRun,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  Textbox,
  TextRun,
  VerticalMergeType,
  type ParagraphChild,
} from 'docx';
import { strToU8, zipSync } from 'fflate';
import { readDocx } from '../../libs/documents/read-docx.js';
import { unzipDocument } from '../../libs/documents/unzip.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';

type Block = Paragraph | Table | Textbox;

const HEADER = ['Indicator Description (Code)', 'Achieved 2023/24', 'Target 2024/25', 'Indicator Owner'];
const ROW = ['All crime (ComS_001)', '7,123', '7,000', 'Head of Communities'];
const REVISION = { id: 1, author: 'A. N. Officer', date: '2025-01-01T00:00:00Z' };

function paragraph(...children: (string | ParagraphChild)[]): Paragraph {
  return new Paragraph({ children: children.map((child) => (typeof child === 'string' ? new TextRun(child) : child)) });
}

function bold(text: string): Paragraph {
  return paragraph(new TextRun({ text, bold: true }));
}

/** A table without marked header rows, as most are; a cell is its text, or its paragraphs. */
function table(...rows: (string | Paragraph[])[][]): Table {
  const cell = (content: string | Paragraph[]): TableCell =>
    new TableCell({ children: typeof content === 'string' ? [paragraph(content)] : content });
  return new Table({ rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })) });
}

async function read(children: Block[], more: object = {}): Promise<{ plan: BusinessPlan; rules: string[] }> {
  const bytes = await Packer.toBuffer(new Document({ sections: [{ children }], ...more }));
  const { plan, remarks } = await readDocx(bytes);
  return { plan, rules: remarks.map(({ rule }) => rule) };
}

function cellsOf(plan: BusinessPlan, row = 0): Record<string, string> {
  return plan.kpis.rows[row]?.cells ?? {};
}

describe('a Word document of a council', () => {
  it('may have bold lines for headings, and tables split with their header repeated', async () => {
    const { plan, rules } = await read([
      bold('Community Safety Plan 2025–2028'),
      bold('INTRODUCTION'),
      paragraph('What we do.'),
      bold('CRITICAL SUCCESS INDICATORS (CSI)'),
      bold('Reduce crime (CS1)'),
      table(HEADER, ROW),
      paragraph(''),
      table(HEADER, ['Anti-social behaviour (ComS_011)', '1,975', '1,900', 'Head of Housing']),
      bold('KEY PERFORMANCE INDICATORS (KPI)'),
      table(HEADER, ROW),
    ]);
    expect(plan.title.replaceAll('*', '')).toBe('Community Safety Plan 2025–2028');
    expect(plan.sections.map(({ name }) => name)).toEqual(['introduction', 'csi', 'kpi']);
    expect(plan.objectives).toMatchObject([{ code: 'CS1', name: 'Reduce crime' }]);
    expect(plan.objectives[0]?.table.rows.map(({ id }) => id)).toEqual(['csi-ComS_001', 'csi-ComS_011']);
    expect(plan.kpis.rows).toHaveLength(1);
    expect(rules).toEqual([]);
  });

  it('may have real headings, lists, bold words and line breaks', async () => {
    const { plan } = await read([
      new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun('The plan')] }),
      new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun('Introduction')] }),
      paragraph('In ', new TextRun({ text: 'short', bold: true }), ':'),
      new Paragraph({ bullet: { level: 0 }, children: [new TextRun('one')] }),
      new Paragraph({ bullet: { level: 0 }, children: [new TextRun('two')] }),
      paragraph('above', new TextRun({ text: 'below', break: 1 })),
      table(HEADER, ROW),
    ]);
    expect(plan.title).toBe('The plan');
    expect(plan.sections[0]?.heading).toBe('Introduction');
    expect(plan.sections[0]?.text).toMatch(/^In \*\*short\*\*:\n+- one\n- two\n\nabove\nbelow$/);
  });

  it('keeps the paragraphs of a cell as its lines, and blank cells blank', async () => {
    const { plan } = await read([table(HEADER, [[paragraph('All crime'), paragraph('(ComS_001)')], '', '7,000', [bold('Head')]])]);
    expect(cellsOf(plan)).toEqual({
      description: expect.stringMatching(/^All crime\n+\(ComS_001\)$/),
      'achieved 2023/24': '',
      'target 2024/25': '7,000',
      owner: 'Head',
    });
  });

  it('says of every row which paragraph or row of the document it is', async () => {
    const { plan } = await read([
      paragraph('The plan'),
      paragraph('Words.'),
      table(HEADER, ROW, [[paragraph('a'), paragraph('b')], '1']),
      table(HEADER, ROW),
    ]);
    expect(plan.kpis.rows.map(({ line }) => line)).toEqual([4, 5, 7]);
  });

  it('leaves out its table of contents, which only repeats headings', async () => {
    const styles = { paragraphStyles: [{ id: 'TOC1', name: 'toc 1' }] };
    const contents = new Paragraph({ style: 'TOC1', children: [new TextRun('Introduction\t3')] });
    const { plan } = await read([paragraph('The plan'), contents, paragraph('Introduction'), table(HEADER, ROW)], { styles });
    expect(plan.sections).toMatchObject([{ name: 'introduction', heading: 'Introduction', text: '' }]);
  });

  it('keeps what stands in text boxes', async () => {
    const box = new Textbox({ children: [paragraph('In a box')], style: { width: '5cm' } });
    const { plan } = await read([paragraph('The plan'), box, table(HEADER, ROW)]);
    expect(plan.sections[0]?.text).toBe('In a box');
  });
});

describe('what a Word document has beside its words', () => {
  it('is tracked changes: read as accepted, with a remark', async () => {
    const figure = paragraph(new DeletedTextRun({ ...REVISION, text: '7,000' }), new InsertedTextRun({ ...REVISION, text: '6,900' }));
    const { plan, rules } = await read([table(HEADER, [ROW[0] ?? '', ROW[1] ?? '', [figure], ROW[3] ?? ''])]);
    expect(cellsOf(plan)['target 2024/25']).toBe('6,900');
    expect(rules).toEqual(['tracked-changes']);
  });

  it('is words struck through: read, with a remark', async () => {
    const { plan, rules } = await read([
      table(HEADER, [ROW[0] ?? '', [paragraph(new TextRun({ text: '7,123', strike: true }), ' 7,124')], '', '']),
    ]);
    expect(cellsOf(plan)['achieved 2023/24']).toBe('7,123 7,124');
    expect(rules).toEqual(['struck-through']);
  });

  it('is comments: left out, with a remark', async () => {
    const comments = { children: [{ id: 0, children: [paragraph('Is that so?')] }] };
    const { plan, rules } = await read([paragraph('The plan', new TextRun({ children: [new CommentReference(0)] })), table(HEADER, ROW)], {
      comments,
    });
    expect(JSON.stringify(plan)).not.toMatch(/Is that so/);
    expect(rules).toEqual(['comments-left-out']);
  });

  it('is cells over several columns or rows: the others blank, with a remark on rows', async () => {
    const cell = (text: string, more: object = {}): TableCell => new TableCell({ children: [paragraph(text)], ...more });
    const rows = [
      new TableRow({ children: HEADER.map((text) => cell(text)) }),
      new TableRow({
        children: [cell('One (A_1)'), cell('n/a', { columnSpan: 2 }), cell('Head', { verticalMerge: VerticalMergeType.RESTART })],
      }),
      new TableRow({ children: [cell('Two (A_2)'), cell('1'), cell('2'), cell('', { verticalMerge: VerticalMergeType.CONTINUE })] }),
    ];
    const { plan, rules } = await read([new Table({ rows })]);
    expect(Object.values(cellsOf(plan))).toEqual(['One (A_1)', 'n/a', '', 'Head']);
    expect(Object.values(cellsOf(plan, 1))).toEqual(['Two (A_2)', '1', '2', '']);
    expect(rules).toEqual(['merged-cells']);
  });

  it('is notes: their marks raised behind the words, their texts at the end', async () => {
    const { plan, rules } = await read(
      [
        table(HEADER, [
          'All crime (A_1)',
          [paragraph('7,123', new FootnoteReferenceRun(1))],
          [paragraph('7,000', new EndnoteReferenceRun(1))],
          'Head',
        ]),
        paragraph('Last words.'),
      ],
      { footnotes: { 1: { children: [paragraph('Provisional.')] } }, endnotes: { 1: { children: [paragraph('Agreed.')] } } },
    );
    expect(cellsOf(plan)).toMatchObject({ 'achieved 2023/24': '7,123¹', 'target 2024/25': '7,000²' });
    expect(plan.sections[0]?.text.split(/\n+/)).toEqual(['Last words.', '¹ Provisional.', '² Agreed.']);
    expect(rules).toEqual([]);
  });

  it('is raised digits, which are no part of the figure before them, and other raised letters', async () => {
    const raised = (text: string): TextRun => new TextRun({ text, superScript: true });
    const { plan } = await read([
      table(HEADER, ['(A_1)', [paragraph('1,850', raised('12'))], [paragraph('5 m', raised('2'))], [paragraph('1', raised('st'))]]),
    ]);
    expect(Object.values(cellsOf(plan))).toEqual(['(A_1)', '1,850¹²', '5 m²', '1st']);
  });

  it('is pictures, which are left out', async () => {
    const data = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const picture = new ImageRun({ type: 'png', data, transformation: { width: 10, height: 10 }, altText: { name: 'Logo' } });
    const { plan } = await read([paragraph('The plan', picture), table(HEADER, ROW)]);
    expect(plan.title).toBe('The plan');
    expect(JSON.stringify(plan)).not.toMatch(/img|base64/);
  });
});

describe('a Word document that cannot be read', () => {
  const plain = async (): Promise<Record<string, Uint8Array>> =>
    unzipDocument(await Packer.toBuffer(new Document({ sections: [{ children: [table(HEADER, ROW)] }] })), () => true);

  it.each([
    ['no document inside', ['word/document.xml', undefined], /damaged inside/],
    ['broken XML', ['word/document.xml', '<w:document><w:body>'], /damaged inside/],
    [
      'no words',
      ['word/document.xml', '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'],
      /empty/,
    ],
  ] as const)('is one with %s', async (_what, [name, xml], message) => {
    const { [name]: _document, ...others } = await plain();
    const bytes = zipSync({ ...others, ...(xml !== undefined && { [name]: strToU8(xml) }) });
    await expect(readDocx(bytes)).rejects.toMatchObject({ code: 'unreadable', message: expect.stringMatching(message) });
  });

  it('is one whose words name a picture outside, which is not opened', async () => {
    const parts = await plain();
    const relations = new TextDecoder().decode(parts['word/_rels/document.xml.rels']);
    const outside =
      '<Relationship Id="out" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/passwd" TargetMode="External"/>';
    const picture =
      '<w:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="out"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const body = new TextDecoder().decode(parts['word/document.xml']).replace('<w:body>', `<w:body>${picture}`);
    parts['word/_rels/document.xml.rels'] = strToU8(relations.replace('</Relationships>', `${outside}</Relationships>`));
    parts['word/document.xml'] = strToU8(body);
    const { plan } = await readDocx(zipSync(parts));
    expect(JSON.stringify(plan)).not.toMatch(/root:/);
  });
});
