/** Rows of a sheet as the lines of a document: where its tables begin and end. */
import { describe, expect, it } from '@jest/globals';
import { marked } from '../../libs/documents/as-it-stands.js';
import { sheetLines } from '../../libs/documents/sheet-lines.js';

const HEADER = ['Indicator Description (Code)', 'Achieved 2023/24', 'Target 2024/25', 'Owner'];
const ROW = ['All crime (ComS_001)', '7,123', '7,000', 'Head of Communities'];

/** Text lines as their text, rows as their cells. */
function shortly(rows: string[][], isGrid?: boolean): (string | string[])[] {
  return sheetLines(rows, 1, isGrid).map((line) => (line.kind === 'text' ? line.text : line.cells));
}

describe('the rows of a sheet', () => {
  it('are text above a table and rows inside it, up to a blank row', () => {
    expect(
      shortly([['Plan', '', ''], ['', ''], HEADER, ROW, ['Gross budget', '', '', ''], ['', '', '', ''], ['* A note', '', '', '']]),
    ).toEqual(['Plan', '', HEADER, ROW, ['Gross budget', '', '', ''], '', '* A note']);
  });

  it('keep the number of their row, and lines of one cell share it', () => {
    expect(sheetLines([['Plan'], [], ['One\nTwo\r\nThree']], 5)).toEqual([
      { kind: 'text', text: 'Plan', line: 5 },
      { kind: 'text', text: '', line: 6 },
      { kind: 'text', text: 'One', line: 7 },
      { kind: 'text', text: 'Two', line: 7 },
      { kind: 'text', text: 'Three', line: 7 },
    ]);
  });

  it('lose the blank cells beyond the table, and nothing that is filled', () => {
    const wide = (cells: string[], ...more: string[]): string[] => [...cells, ...more, '', ' '];
    expect(shortly([wide(HEADER), wide(ROW), wide(ROW, '', 'beside')])).toEqual([HEADER, ROW, [...ROW, '', 'beside']]);
  });

  it('that end early lack cells in a CSV file and have blank ones in a spreadsheet', () => {
    expect(shortly([HEADER, ['All crime', '7']])[1]).toEqual(['All crime', '7']);
    expect(shortly([HEADER, ['All crime', '7']], true)[1]).toEqual(['All crime', '7', '', '']);
  });

  it('go on as a table after a repeated header', () => {
    expect(shortly([HEADER, ROW, HEADER, ROW])).toEqual([HEADER, ROW, HEADER, ROW]);
  });

  it('end a table where another section begins without a blank row', () => {
    expect(shortly([HEADER, ROW, ['KEY PERFORMANCE INDICATORS (KPI)', '', ''], HEADER])[2]).toBe('KEY PERFORMANCE INDICATORS (KPI)');
    expect(shortly([HEADER, ROW, ['Summary of key risks']])[2]).toBe('Summary of key risks');
  });

  it('end a table at an objective only where its header follows', () => {
    expect(shortly([HEADER, ROW, ['Reduce crime (CS2)', '', '', ''], HEADER])[2]).toBe('Reduce crime (CS2)');
    expect(shortly([HEADER, ROW, ['Reduce crime (CS2)', '', '', ''], ROW])[2]).toEqual(['Reduce crime (CS2)', '', '', '']);
  });

  it('above the first table are text, however many cells they have', () => {
    expect(shortly([['Council', 'Broxtowe'], ['', 'Year', '2025/26'], HEADER])).toEqual(['Council\tBroxtowe', '\tYear\t2025/26', HEADER]);
  });

  it('that are marked to stand as they are neither open a table nor end one', () => {
    const markedHeader = [marked(HEADER[0] ?? ''), ...HEADER.slice(1)];
    const markedHeading = [marked('Introduction'), '', '', ''];
    expect(shortly([[marked('Introduction\n')], HEADER, markedHeader, [marked(''), '', '', ''], markedHeading, ROW])).toEqual([
      marked('Introduction\n'),
      HEADER,
      markedHeader,
      [marked(''), '', '', ''],
      markedHeading,
      ROW,
    ]);
  });
});
