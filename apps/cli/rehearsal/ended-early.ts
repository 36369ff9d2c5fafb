/** What becomes of a rehearsal that is not let finish: by Ctrl-C, by a signal, or because whoever started it has died. */
import { spawn } from 'node:child_process';
import { exitWithParent } from '../../../libs/config/exit-with-parent.js';

/** Signals that end a process, with the exit code that a shell knows each by. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Ends this process on a signal, or with the process that started it; without this the Temporal SDK would go on after a signal. */
export function endWhenTold(): void {
  exitWithParent();
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
}

/**
 * Ends everything that this process started and removes its folder, with no time left to wait for anything.
 * A process that leads its group takes the group with it, and itself: the servers that the Temporal SDK starts know no other end.
 * @param server PostgreSQL, once it has started
 */
export function endEverything(folder: string, server: { kill(): Promise<void> } | null): void {
  // What is being ended may still write for a moment, so the folder is removed after it, by a process that outlives this one.
  const remove = 'setTimeout(() => fs.rmSync(process.argv[1], { recursive: true, force: true, maxRetries: 10 }), 500)';
  spawn(process.execPath, ['--eval', remove, folder], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
  void server?.kill();
  endGroup(process.pid);
}

/** Ends a process group by force; one that there is not, or not any more, is what was wanted. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!['ESRCH', 'EPERM', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
