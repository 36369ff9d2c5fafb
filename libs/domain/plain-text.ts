/** Text as people read it: white space and letter forms that look the same are the same. */

/**
 * One line of normalised text: Unicode NFC, every run of white space (no-break spaces included) one space, trimmed.
 * A broken half of a character becomes the replacement sign, so that any text can be written as UTF-8.
 */
export function plainText(raw: string): string {
  return raw.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim();
}
