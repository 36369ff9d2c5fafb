/** Notes of running processes, by which a later run knows what an earlier, killed one has left behind. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { endProcess, isRunning } from './running-process.js';

export interface NotedProcess {
  pid: number;
  /** A part of its command line: a process id alone may since belong to another program. */
  mark: string;
}

/**
 * Notes a process.
 * @param exclusive fail when there is a note already
 */
export function writePidFile(file: string, pid: number, mark: string, exclusive = false): void {
  writeFileSync(file, `${pid}\n${mark}\n`, { flag: exclusive ? 'wx' : 'w' });
}

/** Removes a note, unless it is about another process by now. */
export function removePidFile(file: string, pid: number): void {
  if (readNote(file)?.pid === pid) rmSync(file, { force: true });
}

/** The noted process, if it still runs and is the same program. */
export async function findNotedProcess(file: string): Promise<NotedProcess | undefined> {
  const note = readNote(file);
  return note && note.mark !== '' && (await isRunning(note.pid, note.mark)) ? note : undefined;
}

/** Ends the noted process if it still runs, kindly first, and removes the note. */
export async function endNotedProcess(file: string): Promise<void> {
  const found = await findNotedProcess(file);
  if (found) {
    await endProcess(found.pid, found.mark, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 2_000],
    ]);
  }
  rmSync(file, { force: true });
}

function readNote(file: string): NotedProcess | undefined {
  try {
    const [pid = '', mark = ''] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid) || 0, mark };
  } catch {
    return undefined;
  }
}
