/** Last year's plans for a rehearsal of any year: the demonstration's text, with its years moved. */
import { readFile } from 'node:fs/promises';
import { demonstrationPlanFile } from '../../../libs/config/paths.js';

/** The demonstration's plan is for this year. */
const YEAR_OF_TEXT = 2025;
const TITLE = 'Community Safety';

/** A year, and where it opens a span ("2025–2028") or a financial year ("2024/25") its end. */
const YEARS = /\b(20\d\d)(?:(\s?[/\\–-]\s?)(20\d\d|\d\d)\b)?/g;

/**
 * A plan's text as it would have been put to the committee for another year.
 * @param year the financial year that the plan is for, '2027/28'
 * @param title the priority's name; "Community Safety" is the demonstration's own
 */
export async function planTextOf(year: string, title: string): Promise<Uint8Array> {
  const text = withYearsMoved(await readFile(demonstrationPlanFile, 'utf8'), Number(year.slice(0, 4)) - YEAR_OF_TEXT);
  // The title is the text's first line; the name of the priority stays in the rest.
  return new TextEncoder().encode(text.replace(TITLE, title));
}

/** The same text with every year so many later, or earlier; codes keep theirs. */
export function withYearsMoved(text: string, by: number): string {
  return text.replace(YEARS, (_all, from: string, separator: string | undefined, to: string | undefined) => {
    const begins = String(Number(from) + by);
    if (separator === undefined || to === undefined) return begins;
    const base = 10 ** to.length;
    return `${begins}${separator}${String((((Number(to) + by) % base) + base) % base).padStart(to.length, '0')}`;
  });
}
