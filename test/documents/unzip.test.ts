/** Zip files from outside: unpacked within limits, whatever they say of themselves; and put together the same way each time. */
import { describe, expect, it } from '@jest/globals';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { MOST_UNPACKED_BYTES, unzipDocument, zipDocument } from '../../libs/documents/unzip.js';
import { DomainError } from '../../libs/domain/domain-error.js';

const CENTRAL = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

function refusalOf(bytes: Uint8Array): DomainError {
  try {
    unzipDocument(bytes, () => true);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** A zip file with bytes of its first directory entry set to something else. */
function withDirectory(zip: Uint8Array, change: (entry: Buffer) => void): Buffer {
  const copy = Buffer.from(zip);
  change(copy.subarray(copy.indexOf(CENTRAL)));
  return copy;
}

describe('unpacking a document', () => {
  const parts = { 'word/document.xml': strToU8('<w>été 😀</w>'), 'word/media/a.png': strToU8('picture'), 'empty.xml': new Uint8Array() };

  it.each([0, 6] as const)('gives the wanted parts, packed or not (level %i)', (level) => {
    const found = unzipDocument(zipSync(parts, { level }), (name) => name.endsWith('.xml'));
    expect(Object.keys(found)).toEqual(['word/document.xml', 'empty.xml']);
    expect(strFromU8(found['word/document.xml'] ?? new Uint8Array())).toBe('<w>été 😀</w>');
    expect(found['empty.xml']).toHaveLength(0);
  });

  it('gives parts with names that objects have of themselves', () => {
    expect(Object.keys(unzipDocument(zipSync({ constructor: strToU8('x') }), () => true))).toEqual(['constructor']);
  });

  it('knows folders by either sign', () => {
    expect(Object.keys(unzipDocument(zipSync({ 'xl\\workbook.xml': strToU8('x') }), (name) => name === 'xl/workbook.xml'))).toHaveLength(1);
  });

  it('finds its directory behind a comment', () => {
    const zip = Buffer.from(zipSync(parts));
    zip.writeUInt16LE(5, zip.length - 2);
    expect(Object.keys(unzipDocument(Buffer.concat([zip, Buffer.from('hello')]), () => true))).toHaveLength(3);
  });

  const zip = zipSync(parts);
  it.each([
    ['no zip file', strToU8('This is a plan.')],
    ['nothing', new Uint8Array()],
    ['one cut short', zip.slice(0, zip.length - 30)],
    ['one whose front is lost', zip.slice(40)],
    ['one with a byte changed', Uint8Array.from(zip, (byte, index) => (index === 50 ? byte ^ 0xff : byte))],
    ['one with another checksum', withDirectory(zip, (entry) => entry.writeUInt32LE(1, 16))],
    ['one packed in an unknown way', withDirectory(zip, (entry) => entry.writeUInt16LE(99, 10))],
    ['one that points behind its end', withDirectory(zip, (entry) => entry.writeUInt32LE(0xfffffff0, 42))],
  ])('refuses %s in a sentence', (_what, bytes) => {
    expect(refusalOf(bytes)).toMatchObject({ code: 'unreadable', message: expect.stringMatching(/damaged or was cut short.*choose/) });
  });

  it('refuses what is protected by a password', () => {
    expect(refusalOf(withDirectory(zip, (entry) => entry.writeUInt16LE(1, 8))).message).toMatch(/protected by a password/);
  });

  it('refuses too many parts', () => {
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`${index}.xml`, new Uint8Array()]));
    expect(refusalOf(zipSync(many, { level: 0 })).message).toMatch(/5,001 parts/);
  });
});

describe('what unpacks to more than 100 MB', () => {
  const zeros = new Uint8Array(MOST_UNPACKED_BYTES / 2 + 1);
  const bomb = zipSync({ 'a.xml': zeros, 'b.xml': zeros }, { level: 1 });

  it('is refused for what it says, before anything is unpacked', () => {
    const zip = withDirectory(zipSync({ 'a.xml': strToU8('small') }), (entry) => entry.writeUInt32LE(MOST_UNPACKED_BYTES + 1, 24));
    expect(refusalOf(zip).message).toMatch(/more than 100 MB/);
    expect(refusalOf(bomb).message).toMatch(/more than 100 MB/);
  });

  it('is refused for what really comes out, where it says that it is small', () => {
    const lying = Buffer.from(bomb);
    for (let at = lying.indexOf(CENTRAL); at >= 0; at = lying.indexOf(CENTRAL, at + 1)) lying.writeUInt32LE(10, at + 24);
    expect(refusalOf(lying).message).toMatch(/more than 100 MB/);
    expect(unzipDocument(lying, (name) => name === 'a.xml')['a.xml']).toHaveLength(zeros.length);
  });
});

describe('packing a document', () => {
  it('gives the same bytes each time, the list of types first', () => {
    const parts = { 'b.xml': strToU8('b'), '[Content_Types].xml': strToU8('types'), 'a.xml': strToU8('a') };
    const zip = zipDocument(parts);
    expect(Buffer.from(zipDocument(parts)).equals(Buffer.from(zip))).toBe(true);
    expect(Object.keys(unzipDocument(zip, () => true))).toEqual(['[Content_Types].xml', 'b.xml', 'a.xml']);
    expect(Buffer.from(zip).readUInt16LE(12)).toBe((1 << 5) | 1);
  });
});
