/** Bytes of a file that should be text, made into text or refused. */
import { DomainError } from '../domain/domain-error.js';

export interface DecodedText {
  text: string;
  /** Whether the encoding is a guess: nothing in the bytes says that it is right. */
  isGuess: boolean;
}

const NOT_UTF8 = 'This file is not text in UTF-8, so it cannot be read with certainty. Save it as plain text in UTF-8 and try again.';

/** What to do about a table that a spreadsheet program saved in its own encoding, which could be one of several. */
const SAVE_AS_CSV_UTF8 =
  'This file is not text in UTF-8, so a sign such as a dash or an accent cannot be read with certainty. In Excel, save it as “CSV UTF-8 (Comma delimited)” and choose the new file; other programs offer UTF-8 when they save it.';

/**
 * Decodes text where the bytes say how: as UTF-8, or as UTF-16. A byte order mark is dropped.
 *
 * Throws DomainError('unreadable') for any other encoding: a guess could change a pound sign or a dash without anybody noticing.
 */
export function decodeText(bytes: Uint8Array): string {
  return unlessGuess(bytes, NOT_UTF8);
}

/** The same for a table or calendar that office programs write; its refusal names how Excel saves it so that it can be read. */
export function decodeTable(bytes: Uint8Array): string {
  return unlessGuess(bytes, SAVE_AS_CSV_UTF8);
}

function unlessGuess(bytes: Uint8Array, refusal: string): string {
  const { text, isGuess } = decodePlanText(bytes);
  if (isGuess) throw new DomainError('unreadable', refusal);
  return text;
}

/**
 * The same, and as Windows-1252 where the bytes make plausible text in it, which older programs in Britain write: then it is a
 * guess, and its reader is to be told.
 *
 * Throws DomainError('unreadable') for what is no text in any of these, and for UTF-8 or UTF-16 that is damaged.
 */
export function decodePlanText(bytes: Uint8Array): DecodedText {
  const wide = wideEncodingOf(bytes);
  if (wide) return { text: certain(bytes, wide), isGuess: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isGuess: false };
  } catch {
    refuseDamagedUtf8(bytes);
    if (!isPlausibleWindows1252(bytes)) throw new DomainError('unreadable', NOT_UTF8);
    return { text: new TextDecoder('windows-1252').decode(bytes), isGuess: true };
  }
}

/** UTF-16 by its byte order mark, or where nearly every second byte is zero, as in no other text. */
function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++;
  });
  const [even = 0, odd = 0] = zeros;
  const most = start.length * 0.35;
  if (start.length < 4 || Math.max(even, odd) < most) return null;
  return even === 0 ? 'utf-16le' : odd === 0 ? 'utf-16be' : null;
}

function certain(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError(
      'unreadable',
      'This file is text in UTF-16 (“Unicode”) that is damaged or was cut short. Save it again as plain text in UTF-8 and choose the new file.',
    );
  }
}

/** The bytes of one sign beyond ASCII in well-formed UTF-8 (RFC 3629, section 4), each byte as a character. */
const UTF8_SIGN =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/g;

/** Text that is UTF-8 but for a few bytes was damaged or cut; in another encoding all its dashes would become nonsense. */
function refuseDamagedUtf8(bytes: Uint8Array): void {
  const signs = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const withoutGood = signs.replace(UTF8_SIGN, (sign) => '.'.repeat(sign.length));
  const good = signs.match(UTF8_SIGN)?.length ?? 0;
  const bad = withoutGood.match(/[\x80-\xff]+/g)?.length ?? 0;
  if (!signs.startsWith(UTF8_MARK) && (good === 0 || bad > good)) return;
  const line = withoutGood.slice(0, withoutGood.search(/[\x80-\xff]/)).split(/\r\n|\r|\n/).length;
  throw new DomainError(
    'unreadable',
    `This file is text in UTF-8 that is damaged in line ${line}. Save it again as plain text in UTF-8 and choose the new file.`,
  );
}

const UTF8_MARK = '\xef\xbb\xbf';

/** No control characters but tabs, line ends and page breaks, and none of the five bytes that Windows-1252 leaves empty. */
function isPlausibleWindows1252(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte !== 0x7f && !EMPTY_IN_1252.has(byte)) || ALLOWED_CONTROLS.has(byte));
}

const EMPTY_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const ALLOWED_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d]);
