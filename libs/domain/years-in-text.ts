/** Financial years and spans of years as councils write them in headings: found, normalised and moved on by one (`financial-year.ts` has what a year is). */

/** The source of a pattern for a financial year, with four groups for `financialYearOf`: "2025/26", "2025-2026", "2022\23", "25/26". */
export const FINANCIAL_YEAR =
  '(?:\\b(20\\d\\d)\\s?[/\\\\–-]\\s?(?:20)?(\\d{1,2})(?![\\d/])|(?<![\\d/.-])(?:FY\\s?)?([2-9]\\d)[/\\\\](\\d\\d)(?![\\d/.]))';
const YEARS = new RegExp(FINANCIAL_YEAR, 'gi');
const EVERY_YEAR = /\b(20\d\d)(\s?[/\\–-]\s?)(20\d\d|\d\d)\b/g;

/** The year that the groups of `FINANCIAL_YEAR` name, "2025/26"; null where the two do not follow each other ("2025–2028"). */
export function financialYearOf([century = '', end = '', short = '', shortEnd = '']: readonly string[]): string | null {
  const from = century === '' ? 2000 + Number(short) : Number(century);
  const to = century === '' ? shortEnd : end;
  const isNext = to !== '' && Number(to) === (from + 1) % 10 ** to.length;
  return isNext ? `${from}/${String((from + 1) % 100).padStart(2, '0')}` : null;
}

/** The first financial year in a text, written "2025/26" whatever its separator ("2022\23", "2025-2026", "25/26"); null if none. */
export function yearIn(text: string): string | null {
  return yearsIn(text)[0] ?? null;
}

/** Every financial year in a text, in order; a span of several years is none. */
export function yearsIn(text: string): string[] {
  return [...text.matchAll(YEARS)].flatMap((match) => financialYearOf(match.slice(1).map((part: string | undefined) => part ?? '')) ?? []);
}

/** The same text with another year in place of its first: ("Target 25/26", "2026/27") gives "Target 2026/27". */
export function withYear(text: string, year: string): string {
  const first = [...text.matchAll(YEARS)].find((match) => financialYearOf(match.slice(1).map((part: string | undefined) => part ?? '')));
  return first ? `${text.slice(0, first.index)}${year}${text.slice(first.index + first[0].length)}` : text;
}

/** The same text with every year and span one year later: "2025–2028" becomes "2026–2029", "2025/26" becomes "2026/27". */
export function withYearsMovedOn(text: string): string {
  return text.replace(EVERY_YEAR, (_all, from: string, separator: string, to: string) => {
    const end = String((Number(to) + 1) % 10 ** to.length).padStart(to.length, '0');
    return `${Number(from) + 1}${separator}${end}`;
  });
}
