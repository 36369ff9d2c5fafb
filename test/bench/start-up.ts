/** How long `npm start` and the product's processes take, and what memory the demonstration holds at rest. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildFolder } from '../../libs/config/paths.js';
import { findFreePort } from '../../libs/processes/free-port.js';
import type { Figure } from './figures.js';
import type { Part } from './part.js';
import { familyMemory } from './process-memory.js';

const part = 'start-up';
/** What a process holds for a moment after its start is not what it needs. */
const SETTLE_MS = 5_000;

interface StartTimes {
  firstPage: number;
  ready: number;
}

export const startUp: Part = async ({ quick }, tell) => {
  const folder = mkdtempSync(join(tmpdir(), 'plancycle-bench-'));
  chmodSync(folder, 0o755);
  try {
    tell('npm start on an empty data folder');
    const fresh = await runDemonstration(folder, () => Promise.resolve([]));
    tell('npm start on the same data, then its memory');
    const again = await runDemonstration(folder, async () => {
      await sleep(quick ? 1_000 : SETTLE_MS);
      return memoryAtRest(folder);
    });
    return [
      { part, what: 'npm start to the first page, empty data folder', value: fresh.times.firstPage, unit: 's', goal: { atMost: 30 } },
      { part, what: 'npm start to everything ready, empty data folder', value: fresh.times.ready, unit: 's', goal: { atMost: 30 } },
      { part, what: 'npm start to the first page, data there', value: again.times.firstPage, unit: 's' },
      { part, what: 'npm start to everything ready, data there', value: again.times.ready, unit: 's' },
      ...again.figures,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function runDemonstration(folder: string, look: () => Promise<Figure[]>): Promise<{ times: StartTimes; figures: Figure[] }> {
  const port = await findFreePort();
  const startedAt = performance.now();
  // Only what every program needs: an address in the environment would replace one of the servers.
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(execPath, [join(buildFolder, 'apps/cli/main.js'), 'start', '--data', folder], {
    env: { PATH, HOME, TMPDIR, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const [firstPage, ready] = await Promise.all([answered(`http://localhost:${port}/`, child), saysReady(child)]);
    const times = { firstPage: (firstPage - startedAt) / 1000, ready: (ready - startedAt) / 1000 };
    return { times, figures: await look() };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** The moment at which a page was first answered. */
async function answered(address: string, child: ChildProcess): Promise<number> {
  while (child.exitCode === null) {
    const response = await fetch(address).catch(() => null);
    await response?.text();
    if (response?.ok) return performance.now();
    await sleep(20);
  }
  throw new Error(`npm start ended with ${child.exitCode} before a page was answered.`);
}

function saysReady(child: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Plancycle is ready')) resolve(performance.now());
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`npm start ended early:\n${said}`)));
  });
}

async function memoryAtRest(folder: string): Promise<Figure[]> {
  const noted = (file: string): number => Number(readFileSync(join(folder, file), 'utf8').split('\n')[0]);
  const pids: [string, number, number?][] = [
    ['API', noted('running/api'), 250],
    ['worker', noted('running/worker'), 450],
    ['Temporal server', noted('running/temporal')],
    ['PostgreSQL', noted('postgres/postmaster.pid')],
    ['inbox', noted('running/inbox')],
  ];
  return Promise.all(
    pids.map(async ([name, pid, atMost]) => ({
      part: 'memory',
      what: `${name} in the demonstration, at rest`,
      value: await familyMemory(pid),
      unit: 'MB',
      ...(atMost !== undefined && { goal: { atMost } }),
    })),
  );
}
