/** Spreadsheets that we write: real figures, inert texts, sheets that people find their way in; and the same plan when read. */
import { describe, expect, it } from '@jest/globals';
import { strFromU8 } from 'fflate';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { readXlsx } from '../../libs/documents/read-xlsx.js';
import { unzipDocument } from '../../libs/documents/unzip.js';
import { writeXlsx } from '../../libs/documents/write-xlsx.js';
import { numberShowing } from '../../libs/documents/xlsx-number-formats.js';
import { seedPlan } from '../support/seed-plan.js';

async function partsOf(plan = seedPlan()): Promise<Record<string, string>> {
  const parts = unzipDocument(await writeXlsx(plan), () => true);
  return Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, strFromU8(content)]));
}

function sheetNames(parts: Record<string, string>): string[] {
  return [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map((match) => match[1] ?? '');
}

describe('the seed as a spreadsheet', () => {
  it('reads back as the same plan, line by line of its sheets, with nothing to remark', async () => {
    const { plan, remarks } = await readXlsx(await writeXlsx(seedPlan()));
    expect(extractHash(plan)).toBe(extractHash(seedPlan()));
    expect(plan.budget.rows.map(({ kind }) => kind)).toEqual(seedPlan().budget.rows.map(({ kind }) => kind));
    expect(plan.actions.rows[0]?.line).toBe(3);
    expect(remarks).toEqual([]);
  });

  it('has its narrative and each table on a sheet of its own, the header in view and bold', async () => {
    const parts = await partsOf();
    expect(sheetNames(parts)).toEqual(['Plan', 'CS1', 'CS2', 'CS3', 'KPI', 'Actions', 'Budget']);
    expect(parts['xl/worksheets/sheet2.xml']).toMatch(/<pane ySplit="3"[^>]*state="frozen"/);
    expect(parts['xl/worksheets/sheet5.xml']).toMatch(/<pane ySplit="2"/);
    expect(parts['xl/worksheets/sheet1.xml']).not.toMatch(/<pane/);
  });

  it('holds figures as numbers', async () => {
    const parts = await partsOf();
    expect(parts['xl/worksheets/sheet2.xml']).toMatch(/<c r="B4" s="\d+"><v>2185<\/v>/);
    expect(parts['xl/worksheets/sheet3.xml']).toMatch(/<v>0\.604<\/v>/);
    expect(parts['xl/worksheets/sheet7.xml']).toMatch(/<v>-13000<\/v>/);
    expect(parts['xl/styles.xml']).toMatch(/formatCode="0\.0%"/);
  });

  it('is the same bytes each time', async () => {
    expect(Buffer.from(await writeXlsx(seedPlan())).equals(Buffer.from(await writeXlsx(seedPlan())))).toBe(true);
  });
});

describe('texts that a spreadsheet could take for something else', () => {
  const dangerous = [
    '=1+1',
    '+44 115 917',
    '-5',
    '@SUM(A1)',
    '=HYPERLINK("http://x","y")',
    '\t=1',
    "'quoted",
    '007',
    '1e3',
    '2025',
    'TRUE',
  ];

  it.each(dangerous)('keeps “%s” as text', async (text) => {
    const plan = seedPlan();
    Object.assign(plan.kpis.rows[0]?.cells ?? {}, { 'achieved 2021/22': text, description: text });
    const parts = await partsOf(plan);
    expect(Object.values(parts).join('')).not.toMatch(/<f[ >]/);
    expect(parts['xl/worksheets/sheet5.xml']).toMatch(/<c r="A3" s="\d+" t="s">/);
    const read = (await readXlsx(await writeXlsx(plan))).plan;
    expect(read.kpis.rows[0]?.cells).toMatchObject({ 'achieved 2021/22': text, description: text });
  });

  it.each(['constructor', '__proto__', 'a\u0007b', '\uFFFD', '_x0041_', 'fi\u0092', '<b>', 'a & "b"', ' spaces '])(
    'keeps “%s” as it is',
    async (text) => {
      const plan = seedPlan();
      Object.assign(plan.kpis.rows[0]?.cells ?? {}, { owner: text });
      expect((await readXlsx(await writeXlsx(plan))).plan.kpis.rows[0]?.cells.owner).toBe(text);
    },
  );
});

describe('a figure as a number', () => {
  it.each([
    ['433', 433, '0'],
    ['1,850', 1850, '#,##0'],
    ['60.4%', 0.604, '0.0%'],
    ['7.10', 7.1, '0.00'],
    ['£1,350', 1350, '"£"#,##0'],
    ['(13,000)', -13000, '#,##0;(#,##0)'],
    ['0', 0, '0'],
  ])('shows %s', (text, value, format) => {
    expect(numberShowing(text)).toEqual({ value, format });
  });

  it.each(['', '-', 'n/a', '433 79%', '007', '(0)', '-5', ' 5', '12345678901234567890', '(5', '1,85', '£5%%'])(
    'is none for “%s”',
    (text) => {
      expect(numberShowing(text)).toBeNull();
    },
  );
});

describe('other plans as spreadsheets', () => {
  it('have their full plan’s parts behind the tables', async () => {
    const plan = {
      ...seedPlan(),
      fullPlan: { policies: 'One.\n\n- Two', serviceObjectives: '', baseline: '', managementIndicators: 'MPI', risks: 'Risk.' },
    };
    expect(sheetNames(await partsOf(plan)).at(-1)).toBe('Full plan');
    const read = (await readXlsx(await writeXlsx(plan))).plan;
    expect(fullHash(read)).toBe(fullHash(plan));
  });

  it('name no two sheets alike', async () => {
    const plan = seedPlan();
    plan.objectives.forEach((objective, index) =>
      Object.assign(objective, { code: index === 2 ? 'cs1' : 'CS1', name: `Objective ${index}` }),
    );
    expect(sheetNames(await partsOf(plan)).slice(1, 4)).toEqual(['CS1', 'CS1 (2)', 'cs1 (3)']);
    expect(extractHash((await readXlsx(await writeXlsx(plan))).plan)).toBe(extractHash(plan));
  });

  it('without headings keep their tables where they stand', async () => {
    const plan = readPlanText('Plan\n\nDescription\tAchieved 2023/24\tTarget 2024/25\nAll crime (A_1)\t5\t6\n\nA last word.');
    const read = (await readXlsx(await writeXlsx(plan))).plan;
    expect(sheetNames(await partsOf(plan))).toEqual(['Plan']);
    expect(extractHash(read)).toBe(extractHash(plan));
  });
});
