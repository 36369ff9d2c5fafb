/** How much memory a process holds, and how much of its heap is still in use after a garbage collection. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { sendSignal } from '../../libs/processes/running-process.js';

const run = promisify(execFile);

/** The resident memory of one process, in MB (of 1,000,000 bytes). */
export async function residentMemory(pid: number): Promise<number> {
  return megabytes((await processes()).find((one) => one.pid === pid)?.kilobytes ?? 0);
}

/**
 * The memory of a server with its helper processes, in MB. What they share counts once where the system tells (Linux),
 * and in each of them elsewhere.
 */
export async function familyMemory(pid: number): Promise<number> {
  const family = (await processes()).filter((one) => one.pid === pid || one.parent === pid);
  const shares = await Promise.all(family.map(async (one) => (await proportionalShare(one.pid)) ?? one.kilobytes));
  return megabytes(shares.reduce((sum, share) => sum + share, 0));
}

async function processes(): Promise<{ pid: number; parent: number; kilobytes: number }[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, kilobytes }));
}

async function proportionalShare(pid: number): Promise<number | null> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const found = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
  return found === undefined ? null : Number(found);
}

function megabytes(kilobytes: number): number {
  return (kilobytes * 1024) / 1_000_000;
}

/** A look into a Node process that was started with `--inspect-port=0`. */
export interface Heap {
  /** The main thread's heap in use after a full collection, in MB. */
  inUse(): Promise<number>;
  close(): void;
}

/**
 * Opens the process's own debugger.
 * @param logFile where its standard error goes: there it says on which address it listens
 */
export async function openHeap(pid: number, logFile: string): Promise<Heap> {
  sendSignal(pid, 'SIGUSR1');
  const socket = new WebSocket(await debuggerAddress(logFile));
  await new Promise<unknown>((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`The debugger of process ${pid} does not answer.`)));
  });
  let last = 0;
  const ask = (method: string): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      const id = (last += 1);
      const onMessage = ({ data }: MessageEvent): void => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown> };
        if (answer.id !== id) return;
        socket.removeEventListener('message', onMessage);
        resolve(answer.result ?? {});
      };
      socket.addEventListener('message', onMessage);
      socket.send(JSON.stringify({ id, method }));
    });
  return {
    async inUse() {
      await ask('HeapProfiler.collectGarbage');
      return Number((await ask('Runtime.getHeapUsage'))['usedSize']) / 1_000_000;
    },
    close: () => socket.close(),
  };
}

async function debuggerAddress(logFile: string): Promise<string> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const said = [...(await readFile(logFile, 'utf8')).matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1];
    if (said) return said;
    await sleep(50);
  }
  throw new Error(`${logFile} does not say where the debugger listens.`);
}
