/** Numbers in spreadsheets as the text that a person sees there, and texts as the numbers that show them. */
import ssf from 'ssf';

/** How cells of one style show their number: a format's code, or the number of one that every spreadsheet program knows. */
export type NumberFormat = string | number;

/** The known formats whose look depends on the country: as a council's computer shows them. */
const IN_BRITAIN: Record<number, string> = {
  5: '"£"#,##0;-"£"#,##0',
  6: '"£"#,##0;-"£"#,##0',
  7: '"£"#,##0.00;-"£"#,##0.00',
  8: '"£"#,##0.00;-"£"#,##0.00',
  14: 'dd/mm/yyyy',
  22: 'dd/mm/yyyy hh:mm',
  41: '#,##0;-#,##0;"-"',
  42: '"£"#,##0;-"£"#,##0;"-"',
  43: '#,##0.00;-#,##0.00;"-"',
  44: '"£"#,##0.00;-"£"#,##0.00;"-"',
};

/** What a cell with this number shows under this format; `from1904` where the workbook counts its days from that year. */
export function shownNumber(value: number, format: NumberFormat, from1904 = false): string {
  const code = typeof format === 'number' ? (IN_BRITAIN[format] ?? ssf.get_table()[format] ?? 'General') : longDate(format);
  // Long numbers such as case numbers: the program would show them in powers of ten for want of room, not because they are.
  if (code === 'General' && Number.isSafeInteger(value)) return String(value);
  try {
    const shown = ssf.format(code, value, { date1904: from1904 }).trim();
    // A format may hide its number (";;;"), and days before the first have no date: the number is still there.
    return shown === '' ? String(value) : shown;
  } catch {
    return String(value);
  }
}

/** "[$-F800]" stands for the computer's own long date, "[$-F400]" for its time of day. */
function longDate(code: string): string {
  if (code.startsWith('[$-F800]')) return 'd mmmm yyyy';
  return code.startsWith('[$-F400]') ? 'hh:mm:ss' : code;
}

/** A figure as a cell's number and the format that shows it. */
export interface NumberCell {
  value: number;
  format: string;
}

const FIGURE = /^(\(?)(£?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(\)?)$/;

/** The number and format that show exactly this text, such as "1,850", "60.4%" or "(13,000)"; null where none does. */
export function numberShowing(text: string): NumberCell | null {
  const match = FIGURE.exec(text);
  if (!match) return null;
  const [, open = '', pound = '', whole = '', decimals = '', percent = ''] = match;
  const size = Number(whole.replaceAll(',', '') + decimals);
  const digits = `${whole.includes(',') ? '#,##0' : '0'}${decimals.replace(/\d/g, '0')}`;
  const positive = `${pound === '' ? '' : '"£"'}${digits}${percent}`;
  const cell: NumberCell = {
    value: (open === '' ? 1 : -1) * (percent === '' ? size : Number((size / 100).toPrecision(15))),
    format: open === '' ? positive : `${positive};(${positive})`,
  };
  return shownNumber(cell.value, cell.format) === text ? cell : null;
}
