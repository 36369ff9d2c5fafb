/** How a run ends: on Ctrl-C, on being told to, and with which words after a failure. */
import { DomainError } from '../../../libs/domain/domain-error.js';
import { fullDisk, meansFullDisk } from '../../../libs/processes/full-disk.js';
import { ServerDidNotStart } from '../../../libs/processes/server-process.js';

/** npm passes a Ctrl-C on that the terminal has already delivered: what comes this soon after the first is the same one. */
const sameKeypress = 400;

/**
 * Calls `end` on the first Ctrl-C, SIGTERM or closed terminal, and `force` on one that comes later.
 */
export function listenForTheEnd(end: () => void, force: () => void): void {
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = performance.now();
      end();
    } else if (performance.now() - first > sameKeypress) {
      force();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** How often it is looked whether npm is still there. */
const LOOK_AFTER_MS = 500;

/**
 * Calls `end` once the npm that ran this as a script is gone: told to end, it ends its shell, and the shell tells nobody.
 * Whatever else started this is free to go.
 * @param given this process's environment
 */
export function endWithNpm(given: Record<string, string | undefined>, end: () => void): void {
  if (given['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    end();
  }, LOOK_AFTER_MS).unref();
}

/**
 * What to tell the person whose start failed: one sentence where it is known what to do, otherwise all that is known.
 * @param folder where this run keeps its data
 */
export function explainFailure(error: unknown, folder: string): string {
  if (meansFullDisk(error)) return fullDisk(folder).message;
  if (error instanceof DomainError || error instanceof ServerDidNotStart) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
