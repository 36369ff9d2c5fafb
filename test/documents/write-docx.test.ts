/** Word documents that we write: real headings, lists and tables that repeat their header; and the same plan when read. */
import { describe, expect, it } from '@jest/globals';
import { strFromU8 } from 'fflate';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { readDocx } from '../../libs/documents/read-docx.js';
import { unzipDocument } from '../../libs/documents/unzip.js';
import { writeDocx } from '../../libs/documents/write-docx.js';
import { seedPlan } from '../support/seed-plan.js';

async function partsOf(plan = seedPlan()): Promise<Record<string, string>> {
  const parts = unzipDocument(await writeDocx(plan), () => true);
  return Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, strFromU8(content)]));
}

/** The texts of the paragraphs with this style. */
function withStyle(xml: string, style: string): string[] {
  const paragraphs = xml.match(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>/gs) ?? [];
  return paragraphs.filter((each) => each.includes(`<w:pStyle w:val="${style}"/>`)).map((each) => each.replace(/<[^>]*>/g, ''));
}

describe('the seed as a Word document', () => {
  it('reads back as the same plan, with nothing to remark', async () => {
    const { plan, remarks } = await readDocx(await writeDocx(seedPlan()));
    expect(extractHash(plan)).toBe(extractHash(seedPlan()));
    expect(plan.budget.rows.map(({ kind }) => kind)).toEqual(seedPlan().budget.rows.map(({ kind }) => kind));
    expect(plan.actions.rows.flatMap(({ markupIn }) => markupIn ?? [])).toEqual([]);
    expect(remarks).toEqual([]);
  });

  it('has real headings, bullets and bold words', async () => {
    const { 'word/document.xml': xml = '' } = await partsOf();
    expect(withStyle(xml, 'Title')).toEqual(['Community Safety Business Plan 2025–2028']);
    expect(withStyle(xml, 'Heading1')).toHaveLength(7);
    expect(withStyle(xml, 'Heading2')[0]).toBe('Reduce anti-social behaviour in Broxtowe (CS1)');
    expect(withStyle(xml, 'ListParagraph')).toHaveLength(5);
    expect(xml).toMatch(/<w:numPr>/);
    expect(xml).toMatch(/<w:b\/>.{0,60}outcome objective</);
  });

  it('has tables whose one header row is repeated on each page', async () => {
    const { 'word/document.xml': xml = '' } = await partsOf();
    const tables = xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? [];
    expect(tables).toHaveLength(6);
    for (const table of tables) {
      expect(table.match(/<w:tblHeader\/>/g)).toHaveLength(1);
      expect(table.indexOf('<w:tblHeader/>')).toBeLessThan(table.indexOf('</w:tr>'));
      const widths = [...(table.split('</w:tblGrid>')[0] ?? '').matchAll(/<w:gridCol w:w="(\d+)"/g)].map((match) => Number(match[1]));
      expect(Math.min(...widths)).toBeGreaterThan(1000);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(14_570);
    }
  });

  it('is landscape A4 in British English, with page numbers and its title', async () => {
    const parts = await partsOf();
    expect(parts['word/document.xml']).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
    expect(parts['word/styles.xml']).toMatch(/<w:lang w:val="en-GB"/);
    expect(parts['word/footer1.xml']).toMatch(/PAGE.*NUMPAGES/s);
    expect(parts['docProps/core.xml']).toMatch(/<dc:title>Community Safety Business Plan 2025–2028<\/dc:title>/);
  });

  it('is the same bytes each time', async () => {
    expect(Buffer.from(await writeDocx(seedPlan())).equals(Buffer.from(await writeDocx(seedPlan())))).toBe(true);
  });
});

describe('other plans as Word documents', () => {
  it('keep the parts of the full plan', async () => {
    const plan = {
      ...seedPlan(),
      fullPlan: {
        policies: 'One.\n\n- Two\n- **Three**',
        serviceObjectives: '',
        baseline: '',
        managementIndicators: 'MPI',
        risks: 'Risk.',
      },
    };
    expect(fullHash((await readDocx(await writeDocx(plan))).plan)).toBe(fullHash(plan));
  });

  it('open where a text holds what no Word document can: a sign stands in its place', async () => {
    const plan = seedPlan();
    Object.assign(plan.kpis.rows[0]?.cells ?? {}, { owner: 'a\u0007b \uD83D c\vd <e> & f' });
    const read = (await readDocx(await writeDocx(plan))).plan;
    expect(read.kpis.rows[0]?.cells.owner).toBe('a\uFFFDb \uFFFD c d <e> & f');
  });

  it('keep rows as long as they are', async () => {
    const plan = seedPlan();
    Object.assign(plan.kpis.rows[0] ?? {}, { cells: { description: 'Short (A_1)' } });
    Object.assign(plan.kpis.rows[1]?.cells ?? {}, { 'extra 1': 'too', 'extra 2': 'many' });
    const read = (await readDocx(await writeDocx(plan))).plan;
    expect(read.kpis.rows[0]?.cells).toEqual({ description: 'Short (A_1)' });
    expect(read.kpis.rows[1]?.cells).toMatchObject({ 'extra 1': 'too', 'extra 2': 'many' });
  });
});
