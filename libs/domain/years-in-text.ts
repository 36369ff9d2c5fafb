/** Financial years and spans of years as councils write them in headings: found, normalised and moved on by one (`financial-year.ts` has what a year is). */

const YEAR = /\b(20\d\d)\s?[/\\–-]\s?(?:20)?(\d\d)\b/;
const EVERY_YEAR = /\b(20\d\d)(\s?[/\\–-]\s?)(20\d\d|\d\d)\b/g;

/** The first financial year in a text, written "2025/26" whatever its separator ("2022\23", "2025-2026"); null if none. */
export function yearIn(text: string): string | null {
  const match = YEAR.exec(text);
  return match ? `${match[1]}/${match[2]}` : null;
}

/** The same text with every year and span one year later: "2025–2028" becomes "2026–2029", "2025/26" becomes "2026/27". */
export function withYearsMovedOn(text: string): string {
  return text.replace(EVERY_YEAR, (_all, from: string, separator: string, to: string) => {
    const end = String((Number(to) + 1) % 10 ** to.length).padStart(to.length, '0');
    return `${Number(from) + 1}${separator}${end}`;
  });
}
