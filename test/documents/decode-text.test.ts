/** Bytes made into text: what is certain, what is a guess, and what is refused. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePlanText, decodeText } from '../../libs/documents/decode-text.js';
import { DomainError } from '../../libs/domain/domain-error.js';

const TEXT = 'Café – £43k\r\n“Target 2025/26”\t5 €\n';

/** The bytes of a text in Windows-1252, for the signs that the tests use. */
function windows1252(text: string): Uint8Array {
  const own: Record<string, number> = { '–': 0x96, '“': 0x93, '”': 0x94, '€': 0x80 };
  return Uint8Array.from(text, (sign) => own[sign] ?? sign.charCodeAt(0));
}

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

describe('text in UTF-8 or UTF-16', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with a byte order mark', new TextEncoder().encode(`\uFEFF${TEXT}`)],
    ['UTF-16 LE with its mark', utf16(`\uFEFF${TEXT}`, false)],
    ['UTF-16 BE with its mark', utf16(`\uFEFF${TEXT}`, true)],
    ['UTF-16 LE without it', utf16(TEXT, false)],
    ['UTF-16 BE without it', utf16(TEXT, true)],
  ])('is read as it is: %s', (_what, bytes) => {
    expect(decodePlanText(bytes)).toEqual({ text: TEXT, isGuess: false });
    expect(decodeText(bytes)).toBe(TEXT);
  });

  it('is never taken for another encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\uFEFF') && !text.includes('\0'));
        expect(decodePlanText(new TextEncoder().encode(text))).toEqual({ text, isGuess: false });
      }),
    );
  });

  it.each([
    ['cut within a sign', new TextEncoder().encode('line one\n2025–2028 and –').subarray(0, -1), 'damaged in line 2'],
    ['with a byte too many', Uint8Array.from([...new TextEncoder().encode('é\n\n'), 0xff]), 'damaged in line 3'],
    ['behind a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0xa3]), 'damaged in line 1'],
    ['of two bytes a sign, cut short', utf16(`\uFEFF${TEXT}`, false).subarray(0, -1), 'UTF-16'],
  ])('is refused where it is damaged: %s', (_what, bytes, words) => {
    expect(() => decodePlanText(bytes)).toThrow(DomainError);
    expect(() => decodePlanText(bytes)).toThrow(words);
  });
});

describe('text in Windows-1252', () => {
  it('is read, and said to be a guess', () => {
    expect(decodePlanText(windows1252(TEXT))).toEqual({ text: TEXT, isGuess: true });
  });

  it('is refused where nobody would be told of the guess', () => {
    expect(() => decodeText(windows1252(TEXT))).toThrow('is not text in UTF-8');
  });

  it.each([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0x00, 0x07, 0x1b, 0x7f])('is nothing with the byte %i', (byte) => {
    expect(() => decodePlanText(Uint8Array.from([0xa3, 0x31, byte]))).toThrow(DomainError);
  });
});
