/** Processes that are known only by their id, for example from a file that an earlier run left behind. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The command line of a running process, arguments separated by spaces.
 * @returns '' when there is no such process, or only its entry is left because its parent has not asked how it ended
 */
export async function commandOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  } catch {
    // No such process, or a system without /proc (macOS).
  }
  try {
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.trim();
  } catch {
    return '';
  }
}

/**
 * Tells whether a process id still stands for the program it was noted for: ids are given to other programs later.
 * @param mark a part of the command line that only this program has, such as the folder of its data; '' for any program
 */
export async function isRunning(pid: number, mark: string): Promise<boolean> {
  const command = pid > 0 ? await commandOf(pid) : '';
  return command !== '' && command.includes(mark);
}

/**
 * Ends a process that is not a child of this one, kindly first.
 * @param steps each signal with the milliseconds that the process has to end after it
 */
export async function endProcess(pid: number, mark: string, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, patience] of steps) {
    const deadline = performance.now() + patience;
    sendSignal(pid, signal);
    while (performance.now() < deadline) {
      if (!(await isRunning(pid, mark))) return;
      await sleep(25);
    }
  }
}

/** Sends a signal; a process that has already ended is what was wanted. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
