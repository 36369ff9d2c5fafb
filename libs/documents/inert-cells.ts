/** Cells of a CSV file that a spreadsheet would take for a formula, made inert, and back again. */

/** How a formula begins, or what a spreadsheet throws away before one (OWASP, "CSV Injection"). */
const RISKY = '=+\\-@\\t\\r\\n＝＋－＠';
const TO_PROTECT = new RegExp(`^'*[${RISKY}]`);
const PROTECTED = new RegExp(`^'(?='*[${RISKY}])`);

/** The cell with an apostrophe before it where it begins with = + - or @, or with apostrophes before one of these. */
export function inertCell(cell: string): string {
  return TO_PROTECT.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `inertCell`. */
export function cellBehindApostrophe(cell: string): string {
  return cell.replace(PROTECTED, '');
}
