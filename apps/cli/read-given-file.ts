/** Reads a file that somebody named on the command line; one that cannot be read is wrong usage. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';

/** The file's bytes. Ends the command as wrong usage, with a sentence, when it cannot be read. */
export async function readGivenFile(file: string, command: Command): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => command.error(`error: ${whyUnreadable(file, error)}`));
}

function whyUnreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `There is no file ${file}. Check its name and folder.`;
  if (code === 'EISDIR') return `${file} is a folder. Name the file in it that holds the plan.`;
  if (code === 'EACCES') return `The file ${file} may not be read by you. Ask for permission to read it.`;
  return `The file ${file} cannot be read (${String(code ?? error)}).`;
}
