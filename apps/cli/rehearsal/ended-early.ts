/** What becomes of a rehearsal that is not let finish: by Ctrl-C, by a signal, or because whoever started it has died. */
import { rmSync } from 'node:fs';
import { exitWithParent } from '../../../libs/config/exit-with-parent.js';

/** Signals that end a process, with the exit code that a shell knows each by. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Ends this process on a signal, or with the process that started it; without this the Temporal SDK would go on after a signal. */
export function endWhenTold(): void {
  exitWithParent();
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
}

/**
 * Removes a folder and everything that this process started, with no time left to wait for anything.
 * A process that leads its group takes the group with it, and itself: the servers that the Temporal SDK starts know no other end.
 * @param server PostgreSQL, once it has started
 */
export function endEverything(folder: string, server: { kill(): Promise<void> } | null): void {
  void server?.kill();
  try {
    // The server's helpers end a moment after it, and may still write.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  } finally {
    endGroup(process.pid);
  }
}

/** Ends a process group by force; one that there is not, or not any more, is what was wanted. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!['ESRCH', 'EPERM', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
