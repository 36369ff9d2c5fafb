/** Documents that are zip files (Word, spreadsheets): taken apart within limits, and put together the same way each time. */
import { crc32, inflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { DomainError } from '../domain/domain-error.js';

/** What a file may unpack to, in bytes: a plan is far below, and what goes beyond is an attack or full of pictures. */
export const MOST_UNPACKED_BYTES = 100 * 1024 * 1024;
const MOST_ENTRIES = 5000;
const TYPES = '[Content_Types].xml';

/** One entry of a zip file's directory (PKWARE's APPNOTE, 4.3.12). */
interface Entry {
  name: string;
  isEncrypted: boolean;
  method: number;
  checksum: number;
  packedSize: number;
  declaredSize: number;
  /** Where its local header begins, in bytes from the beginning of the file. */
  offset: number;
}

/**
 * The parts of a zip file whose names are wanted, by name. Declared sizes are not trusted: what comes out is counted, and
 * unpacking stops at the limit.
 *
 * Throws DomainError('unreadable') for a file that is broken, protected by a password, of too many parts or too large unpacked.
 */
export function unzipDocument(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(file);
  if (entries.some(({ isEncrypted }) => isEncrypted)) {
    throw new DomainError('unreadable', 'This file is protected by a password. Save it without the password and choose the new file.');
  }
  if (entries.reduce((sum, { declaredSize }) => sum + declaredSize, 0) > MOST_UNPACKED_BYTES) throw tooLarge();
  let left = MOST_UNPACKED_BYTES;
  const parts: Record<string, Uint8Array> = Object.create(null) as Record<string, Uint8Array>;
  for (const entry of entries.filter(({ name }) => wanted(name))) {
    const content = contentOf(file, entry, left);
    left -= content.length;
    parts[entry.name] = content;
  }
  return parts;
}

/** A zip file of these parts: the same parts in the same order give the same bytes, whenever and wherever they are put together. */
export function zipDocument(parts: Record<string, Uint8Array>): Uint8Array {
  // Programs that guess what a file is look at its first part only, and expect the list of types there.
  const inOrder = Object.entries(parts).sort(([a], [b]) => Number(b === TYPES) - Number(a === TYPES));
  return zipSync(Object.fromEntries(inOrder), { level: 6, mtime: new Date(1980, 0, 1) });
}

function directoryOf(file: Buffer): Entry[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > file.length) throw broken();
  const count = file.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) {
    throw new DomainError(
      'unreadable',
      `This file consists of ${count.toLocaleString('en-GB')} parts, far more than a plan needs. Copy the plan into a new document and choose that file.`,
    );
  }
  const entries: Entry[] = [];
  let position = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (position + 46 > file.length || file.readUInt32LE(position) !== 0x02014b50) throw broken();
    const nameEnd = position + 46 + file.readUInt16LE(position + 28);
    entries.push({
      // Some programs of Windows write its own sign between folders.
      name: file.toString('utf8', position + 46, nameEnd).replaceAll('\\', '/'),
      isEncrypted: (file.readUInt16LE(position + 8) & 1) === 1,
      method: file.readUInt16LE(position + 10),
      checksum: file.readUInt32LE(position + 16),
      packedSize: file.readUInt32LE(position + 20),
      declaredSize: file.readUInt32LE(position + 24),
      offset: file.readUInt32LE(position + 42),
    });
    position = nameEnd + file.readUInt16LE(position + 30) + file.readUInt16LE(position + 32);
  }
  return entries;
}

function contentOf(file: Buffer, { offset, method, checksum, packedSize }: Entry, mostBytes: number): Uint8Array {
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== 0x04034b50) throw broken();
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + packedSize > file.length) throw broken();
  const packed = file.subarray(start, start + packedSize);
  const content = method === 8 ? inflated(packed, mostBytes) : packed;
  if (content.length > mostBytes) throw tooLarge();
  if ((method !== 0 && method !== 8) || crc32(content) !== checksum) throw broken();
  return content;
}

/** `maxOutputLength` counts what really comes out, and stops there. */
function inflated(packed: Buffer, mostBytes: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, mostBytes) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : broken();
  }
}

function broken(): DomainError {
  return new DomainError(
    'unreadable',
    'This file is damaged or was cut short, so it cannot be opened. Save it again in the program it was written in and choose the new file.',
  );
}

function tooLarge(): DomainError {
  return new DomainError(
    'unreadable',
    'This file holds more than 100 MB once it is unpacked, far more than a plan needs. Take out its pictures, or copy the plan into a new document, and choose that file.',
  );
}
