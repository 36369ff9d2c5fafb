/** Footnotes of a Word document: their marks as they are printed, and their texts under the document. */

const SUPERSCRIPT_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Digits as they are printed above the line: "1,850" with a footnote's mark is "1,850¹", and not 18,501. */
export function raised(digits: string): string {
  return digits.replace(/\d/g, (digit) => SUPERSCRIPT_DIGITS[Number(digit)] ?? digit);
}

const MARK = /<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[(\d+)\]<\/a><\/sup>/g;
const NOTES = /<ol>(<li id="(?:foot|end)note-(?:(?!<ol>).)*<\/li>)<\/ol>$/s;
const NOTE = /<li id="(?:foot|end)note-[^"]*">(.*?)<\/li>(?=<li id="(?:foot|end)note-|$)/gs;
const WAY_BACK = /\s*<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g;

/** The HTML that mammoth makes of a document, with marks as raised digits and each note a paragraph that begins with its mark. */
export function withPrintedNotes(html: string): string {
  let count = 0;
  return html
    .replace(MARK, (_, number: string) => raised(number))
    .replace(WAY_BACK, '')
    .replace(NOTES, (_, notes: string) =>
      notes.replace(NOTE, (_all, note: string) => note.replace(/^<p>/, `<p>${raised(String(++count))} `)),
    );
}
