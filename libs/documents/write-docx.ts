/** A plan as a Word document with real headings, lists and tables; read back, it is the same plan. */
import { AlignmentType, Document, Footer, HeadingLevel, Packer, PageNumber, PageOrientation, Paragraph, type Table, TextRun } from 'docx';
import type { BusinessPlan } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { wordTable } from './docx-table.js';
import { wordText } from './docx-text.js';
import { narrativeBlocks, type NarrativeBlock, type Run } from './narrative-blocks.js';
import { blocksOf, type PlanBlock } from './plan-blocks.js';
import { unzipDocument, zipDocument } from './unzip.js';

/** A4, in twentieths of a point. */
const SHORT_SIDE = 11_906;
const LONG_SIDE = 16_838;
const MARGIN = 1_134;

/** The bytes of a Word document with the plan, landscape A4 in British English; the same plan gives the same bytes. */
export async function writeDocx(plan: BusinessPlan): Promise<Uint8Array> {
  const document = new Document({
    title: wordText(plainText(plan.title)),
    creator: 'Plancycle',
    lastModifiedBy: 'Plancycle',
    styles: STYLES,
    sections: [
      {
        properties: {
          page: {
            size: { width: SHORT_SIDE, height: LONG_SIDE, orientation: PageOrientation.LANDSCAPE },
            margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
          },
        },
        footers: { default: pageNumbers() },
        children: blocksOf(plan).flatMap(wordBlocks),
      },
    ],
  });
  return withoutTime(await Packer.toBuffer(document));
}

const STYLES = {
  default: {
    document: { run: { font: 'Arial', size: 20, language: { value: 'en-GB' } }, paragraph: { spacing: { after: 120 } } },
    title: { run: { size: 40, bold: true }, paragraph: { spacing: { after: 240 } } },
    heading1: { run: { size: 30, bold: true }, paragraph: { spacing: { before: 320, after: 120 }, keepNext: true } },
    heading2: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 240, after: 120 }, keepNext: true } },
  },
};

function wordBlocks(block: PlanBlock): (Paragraph | Table)[] {
  // A paragraph between two tables keeps Word from joining them into one.
  if (block.kind === 'table') return [wordTable(block), new Paragraph({})];
  if (block.kind === 'narrative') return narrativeBlocks(wordText(block.text)).map(narrativeParagraph);
  if (block.kind === 'footnote')
    return [paragraphOf(block.text.split(/\r\n|\r|\n/).map((text) => [{ text: wordText(text), bold: false }]))];
  const level = block.kind === 'title' ? HeadingLevel.TITLE : block.level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
  return [new Paragraph({ heading: level, children: [new TextRun(wordText(plainText(block.text)))] })];
}

function narrativeParagraph(block: NarrativeBlock): Paragraph {
  return block.kind === 'bullet'
    ? new Paragraph({ bullet: { level: 0 }, children: block.runs.map((run) => textRun(run)) })
    : paragraphOf(block.lines);
}

/** Lines of one paragraph stand under one another by line breaks. */
function paragraphOf(lines: Run[][]): Paragraph {
  const children = lines.flatMap((runs, line) => runs.map((run, index) => textRun(run, line > 0 && index === 0 ? 1 : 0)));
  return new Paragraph({ children });
}

function textRun({ text, bold }: Run, linesBefore = 0): TextRun {
  return new TextRun({ text, ...(bold && { bold }), ...(linesBefore > 0 && { break: linesBefore }) });
}

function pageNumbers(): Footer {
  const children = ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children })] })] });
}

/** The document says when it was written; when that was does not belong to the plan. */
function withoutTime(bytes: Uint8Array): Uint8Array {
  const parts = unzipDocument(bytes, () => true);
  const properties = parts['docProps/core.xml'];
  if (properties) {
    const timeless = new TextDecoder().decode(properties).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, '$11980-01-01T00:00:00Z');
    parts['docProps/core.xml'] = new TextEncoder().encode(timeless);
  }
  return zipDocument(parts);
}
