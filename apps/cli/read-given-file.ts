/** Reads a file that somebody named on the command line; one that cannot be read is wrong usage. */
import { open, type FileHandle } from 'node:fs/promises';
import type { Command } from 'commander';
import { TOO_LARGE, UPLOAD_LIMIT_BYTES } from '../../libs/documents/plan-format.js';
import { DomainError } from '../../libs/domain/domain-error.js';

/**
 * The file's bytes. Ends the command as wrong usage, with a sentence, when it cannot be read.
 * @throws DomainError 'unreadable' beyond 20 MB, which are not read to the end
 */
export async function readGivenFile(file: string, command: Command): Promise<Uint8Array> {
  try {
    await using handle = await open(file);
    return await readWithinLimit(handle);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    return command.error(`error: ${whyUnreadable(file, error)}`);
  }
}

/** A device or a pipe has no size to go by, so what comes is counted as well. */
async function readWithinLimit(handle: FileHandle): Promise<Uint8Array> {
  if ((await handle.stat()).size > UPLOAD_LIMIT_BYTES) throw new DomainError('unreadable', TOO_LARGE);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > UPLOAD_LIMIT_BYTES) throw new DomainError('unreadable', TOO_LARGE);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function whyUnreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file ${file}. Check its name and folder.`;
  if (code === 'EISDIR') return `${file} is a folder. Name the file in it that is meant.`;
  if (code === 'EACCES') return `The file ${file} may not be read by you. Ask for permission to read it.`;
  return `The file ${file} cannot be read (${String(code ?? error)}).`;
}
