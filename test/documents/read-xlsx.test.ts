/** Spreadsheets as other programs write them: the texts that a person sees, wherever they stand, and what is hidden. */
import { describe, expect, it } from '@jest/globals';
import { readXlsx } from '../../libs/documents/read-xlsx.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { workbookFile, type HandmadeSheet, type HandmadeWorkbook } from '../support/workbook.js';

const HEADER = ['Indicator Description (Code)', 'Achieved 2023/24', 'Target 2024/25', 'Owner'];
const HEADER_XML = `<row r="1">${HEADER.map((text, index) => `<c r="${'ABCD'[index]}1" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

/** The cells of the first indicator row of a workbook whose only sheet has this row under the header. */
async function firstRow(cells: string, more: Partial<HandmadeWorkbook> = {}): Promise<Record<string, string>> {
  const sheet: HandmadeSheet = { name: 'Sheet1', rows: `${HEADER_XML}<row r="2">${cells}</row>` };
  const { plan } = await readXlsx(workbookFile({ sheets: [sheet], ...more }));
  return plan.kpis.rows[0]?.cells ?? {};
}

async function read(...sheets: HandmadeSheet[]): Promise<{ plan: BusinessPlan; rules: string[]; messages: string[] }> {
  const { plan, remarks } = await readXlsx(workbookFile({ sheets }));
  return { plan, rules: remarks.map(({ rule }) => rule), messages: remarks.map(({ message }) => message) };
}

describe('a cell of a spreadsheet', () => {
  it.each([
    ['a per cent', '0%', '0.6', '60%'],
    ['a per cent with a decimal', '0.0%', '0.604', '60.4%'],
    ['thousands', '#,##0', '1850', '1,850'],
    ['brackets', '#,##0;(#,##0)', '-13000', '(13,000)'],
    ['pounds', '[$£-809]#,##0.00', '1350', '£1,350.00'],
    ['an accountant’s nothing', '_-* #,##0_-;\\-* #,##0_-;_-* &quot;-&quot;??_-;_-@_-', '0', '-'],
    ['a date', 'd mmmm yyyy', '46112', '31 March 2026'],
    ['a month', 'mmm\\-yy', '46112', 'Mar-26'],
    ['the computer’s own long date', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '46112', '31 March 2026'],
    ['kilograms', '0&quot;kg&quot;', '113', '113kg'],
    ['a number that its format hides', ';;;', '12', '12'],
    ['a broken format', '[bad', '12', '12'],
  ])('shows %s as a person sees it', async (_what, format, value, shown) => {
    const styles = `<numFmts><numFmt numFmtId="170" formatCode="${format}"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>`;
    expect((await firstRow(`<c r="B2" s="1"><v>${value}</v></c>`, { styles }))['achieved 2023/24']).toBe(shown);
  });

  it.each([
    [9, '0.604', '60%'],
    [10, '0.604', '60.40%'],
    [3, '1850', '1,850'],
    [6, '-5', '-£5'],
    [14, '46112', '31/03/2026'],
    [49, '7', '7'],
    [0, '0.30000000000000004', '0.3'],
    [0, '123456789012', '123456789012'],
    [0, '1.5E-3', '0.0015'],
  ])('with known format %i shows %s as %s', async (format, value, shown) => {
    const styles = `<cellXfs><xf numFmtId="0"/><xf numFmtId="${format}"/></cellXfs>`;
    expect((await firstRow(`<c r="B2" s="1"><v>${value}</v></c>`, { styles }))['achieved 2023/24']).toBe(shown);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="15"/></cellXfs>';
    const cells = await firstRow('<c r="B2" s="1"><v>44650</v></c>', { styles, properties: '<workbookPr date1904="1"/>' });
    expect(cells['achieved 2023/24']).toBe('31-Mar-26');
  });

  it.each([
    ['yes or no', '<c r="B2" t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c r="B2" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a day of its own type', '<c r="B2" t="d"><v>2026-03-31</v></c>', '2026-03-31'],
    ['a formula’s result', '<c r="B2"><f>SUM(C2:D2)</f><v>12</v></c>', '12'],
    ['a formula’s words', '<c r="B2" t="str"><f>A1&amp;"x"</f><v>n/a &lt; 5</v></c>', 'n/a < 5'],
    ['a formula’s empty words', '<c r="B2" t="str"><f>""</f><v></v></c>', ''],
    ['words of its own', '<c r="B2" t="inlineStr"><is><r><t>433 </t></r><r><rPr><b/></rPr><t>79%</t></r></is></c>', '433 79%'],
    ['a character that XML has not', '<c r="B2" t="inlineStr"><is><t>a_x0007_b _x005F_x0041_</t></is></c>', 'a\u0007b _x0041_'],
    ['no number', '<c r="B2"><v>twelve</v></c>', 'twelve'],
  ])('gives %s', async (_what, cell, text) => {
    expect((await firstRow(`<c r="A2" t="inlineStr"><is><t>x</t></is></c>${cell}`))['achieved 2023/24']).toBe(text);
  });

  it('joins the runs of a shared text, without hints on how to say it', async () => {
    const texts =
      '<si><t>unused</t></si><si><r><t xml:space="preserve">All </t></r><r><rPr><b/></rPr><t>crime</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>';
    expect((await firstRow('<c r="A2" t="s"><v>1</v></c>', { texts })).description).toBe('All crime');
  });

  it('stands where its address says, whatever is left out before it', async () => {
    expect(await firstRow('<c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="C2"><v>5</v></c>')).toEqual({
      description: 'x',
      'achieved 2023/24': '',
      'target 2024/25': '5',
      owner: '',
    });
  });
});

describe('the sheets of a spreadsheet', () => {
  const row = (code: string): string[] => [`All crime (${code})`, '1', '2', 'Head of Communities'];

  it('are read in order, each table on its own', async () => {
    const { plan, rules } = await read(
      { name: 'Front', rows: [['Community Safety Plan 2025–2028'], [], ['Introduction'], ['What we do.']] },
      { name: 'Critical success indicators', rows: [HEADER, row('C_1')] },
      { name: 'Key performance indicators', rows: [HEADER, row('K_1'), row('K_2')] },
      {
        name: 'Tasks',
        rows: [
          ['Action', 'Outcome', 'Officers Responsible / Target Date'],
          ['Do it AB_1', 'Done', 'Head, March 2026'],
        ],
      },
    );
    expect(plan.title).toBe('Community Safety Plan 2025–2028');
    expect(plan.sections.map(({ name, heading }) => [name, heading])).toEqual([
      ['introduction', 'Introduction'],
      ['csi', 'Critical success indicators'],
      ['kpi', 'Key performance indicators'],
    ]);
    expect(plan.objectives.map(({ table }) => table.rows.map(({ line }) => line))).toEqual([[2]]);
    expect(plan.kpis.rows.map(({ id, line }) => [id, line])).toEqual([
      ['kpi-K_1', 2],
      ['kpi-K_2', 3],
    ]);
    expect(plan.actions.rows).toHaveLength(1);
    expect(rules).toEqual([]);
  });

  it('may have all tables on one, blank rows or none between them', async () => {
    const { plan } = await read({
      name: 'Everything',
      rows: [
        ['CRITICAL SUCCESS INDICATORS (CSI)'],
        ['Less crime (CS1)'],
        HEADER,
        row('C_1'),
        ['More safety (CS2)', '', '', ''],
        HEADER,
        row('C_2'),
        [],
        ['KEY PERFORMANCE INDICATORS (KPI)'],
        HEADER,
        row('K_1'),
      ],
    });
    expect(plan.objectives.map(({ code, table }) => [code, table.rows.length])).toEqual([
      ['CS1', 1],
      ['CS2', 1],
    ]);
    expect(plan.kpis.rows).toHaveLength(1);
  });

  it('that hold other things beside the plan do not run into its tables', async () => {
    const { plan } = await read(
      { name: 'A', rows: [HEADER, row('C_1')] },
      {
        name: 'Lists',
        rows: [
          ['Owner', 'Post'],
          ['1', 'Head of Housing'],
        ],
      },
    );
    expect(plan.kpis.rows).toHaveLength(1);
    expect(plan.sections[0]?.text).toBe('Owner\tPost\n1\tHead of Housing');
  });

  it('are read where they are hidden, and a remark says so', async () => {
    const { plan, rules, messages } = await read(
      { name: 'Hidden', rows: [HEADER, row('C_1')], state: 'veryHidden' },
      {
        name: 'Partly',
        rows: '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>Words</t></is></c></row>',
        before: '<cols><col min="2" max="2" hidden="1"/></cols>',
      },
      { name: 'Empty', rows: [], state: 'hidden' },
    );
    expect(plan.kpis.rows).toHaveLength(1);
    expect(rules).toEqual(['hidden-cells', 'hidden-cells']);
    expect(messages[0]).toMatch(/“Hidden” is hidden\./);
    expect(messages[1]).toMatch(/“Partly” has hidden rows and has hidden columns\./);
  });

  it('have remarks on cells merged over rows and on formulas without a result, whose formula is kept', async () => {
    const cells = '<c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><f>SUM(C2)</f></c>';
    const { plan, messages } = await read({
      name: 'S',
      rows: `${HEADER_XML}<row r="2">${cells}</row>`,
      after: '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="D2:D3"/></mergeCells>',
    });
    expect(plan.kpis.rows[0]?.cells['achieved 2023/24']).toBe('=SUM(C2)');
    expect(messages).toEqual([expect.stringMatching(/^Cell B2 of the sheet “S”/), expect.stringMatching(/from row 2\./)]);
  });

  it('have a remark on comments, which are left out', async () => {
    const { remarks } = await readXlsx(
      workbookFile({ sheets: [{ name: 'S', rows: [HEADER] }], others: { 'xl/comments1.xml': '<comments/>' } }),
    );
    expect(remarks.map(({ rule }) => rule)).toEqual(['comments-left-out']);
  });
});

describe('a spreadsheet that cannot be read', () => {
  const far = (address: string): HandmadeSheet => ({
    name: 'Far',
    rows: `<row><c r="${address}"><v>1</v></c></row>`,
    before: '<dimension ref="A1:B2"/>',
  });

  it.each(['A1048576', 'B200001'])('is one whose cells reach as far as %s', async (address) => {
    await expect(read(far(address))).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/“Far” reaches over more than 200,000 cells/),
    });
  });

  it('is not one with a single cell far to the right, nor with a false dimension', async () => {
    const { plan } = await read({ name: 'S', rows: [HEADER], before: '<dimension ref="A1:XFD1048576"/>' }, far('XFD3'));
    expect(plan.sections[0]?.text).toBe('1');
  });

  it.each([
    ['broken XML', { 'xl/worksheets/s0.xml': '<worksheet><sheetData><row></sheetData>' }, /damaged inside/],
    ['no workbook', { 'xl/workbook.xml': '', '_rels/.rels': '<Relationships/>' }, /damaged inside|no spreadsheet/],
    ['a plan’s words but no table', {}, /No table of a business plan/],
  ])('is one with %s', async (_what, others, message) => {
    const file = workbookFile({ sheets: [{ name: 'S', rows: [['Plan']] }], others });
    await expect(readXlsx(file)).rejects.toMatchObject({ code: 'unreadable', message: expect.stringMatching(message) });
  });
});
