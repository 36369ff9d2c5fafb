/** CSV as spreadsheet programs write it, and as we write it for them. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cellBehindApostrophe, inertCell } from '../../libs/documents/inert-cells.js';
import { readCsv } from '../../libs/documents/read-csv.js';
import { writeCsv } from '../../libs/documents/write-csv.js';
import { seedPlan } from '../support/seed-plan.js';

const HEADER = 'Measure,Actual 2023/24,Target 2025/26,Owner';

describe('a CSV file', () => {
  it('keeps line ends, quotation marks and commas within cells, and tells the line of each row', () => {
    const plan = readCsv(`Plan\r\n${HEADER}\r\n"Cases, ""all""\r\nof them",5,"1,250",A\r\nMore,1,2,B\r\n`, ',');
    expect(plan.kpis.rows.map(({ cells, line }) => [line, cells.description, cells['target 2025/26']])).toEqual([
      [3, 'Cases, "all"\nof them', '1,250'],
      [5, 'More', '2'],
    ]);
  });

  it('may name its separator in its first line, as Excel has it', () => {
    const plan = readCsv(`sep=;\r\nPlan\r\n${HEADER.replaceAll(',', ';')}\r\nX;1;2;A`, ';');
    expect([plan.title, plan.kpis.rows[0]?.line]).toEqual(['Plan', 4]);
  });

  it('lets quotation marks stand within a cell', () => {
    expect(readCsv(`${HEADER}\nThe "hub",5,6,A\n"The" hub,5,6,A`, ',').kpis.rows.map(({ cells }) => cells.description)).toEqual([
      'The "hub"',
      '"The" hub',
    ]);
  });

  it('is refused where a quotation mark is never closed, with the line', () => {
    expect(() => readCsv(`${HEADER}\nX,5,6,A\nY,"7,8,B\nZ,1,2,C\n`, ',')).toThrow('not closed (look at line 3)');
  });
});

describe('cells that a spreadsheet would take for formulas', () => {
  it.each(['=1+1', '+44', '-5', '@SUM(A1)', '\tx', "'=1", "''-"])('are inert and come back: %j', (cell) => {
    expect(inertCell(cell)).toBe(`'${cell}`);
    expect(cellBehindApostrophe(inertCell(cell))).toBe(cell);
  });

  it.each(["'tis", 'x=1', "'", '', '1-2', "''"])('are no others: %j', (cell) => {
    expect(inertCell(cell)).toBe(cell);
    expect(cellBehindApostrophe(cell)).toBe(cell);
  });

  it('come back whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '-', '@', '\t', 'a') })), (cell) => {
        expect(cellBehindApostrophe(inertCell(cell))).toBe(cell);
        expect(inertCell(cell)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('begin no cell of a file that is written', () => {
    const plan = seedPlan();
    plan.title = '=HYPERLINK("http://x","Plan")';
    plan.actions.rows[0]!.cells.outcome = '@x\n=y';
    const rows = parse(writeCsv(plan), { bom: true, relax_column_count: true });
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.flat()).toContain("'@x\n=y");
  });
});

describe('the CSV that is written', () => {
  it('opens in Excel: a byte order mark, CRLF, a row for each row of the plan', () => {
    const text = writeCsv(seedPlan());
    expect(text.startsWith('\uFEFFCommunity Safety Business Plan 2025–2028\r\n\r\nIntroduction\r\n')).toBe(true);
    expect(text).toContain('\r\n\r\nAction (Pentana Code),Targeted Outcome,Partnership / Procurement Arrangement,');
  });
});
