/** Processor time of the product's processes: unlike a duration, it says much the same on a busy machine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from '../support/product.js';

/** The kernel counts in hundredths of a second. */
const MS_PER_TICK = 10;

/**
 * @returns milliseconds of user and system time that the work took each process, by its name;
 *   empty where the system does not tell (only Linux does)
 */
export async function processorTimeOf(product: Product, work: () => Promise<void>): Promise<Record<string, number>> {
  const { api, worker, servers } = product;
  const temporal = Number(readFileSync(join(servers.folder, 'temporal.pid'), 'utf8').split('\n')[0]);
  const pids = { API: api.pid, worker: worker.pid, 'Temporal server': temporal };
  const before = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, timeOf(pid)]));
  await work();
  if (!existsSync('/proc/self/stat')) return {};
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, timeOf(pid) - (before[name] ?? 0)]));
}

function timeOf(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return 0;
  // The name before it may hold spaces; after its bracket come state, parent and so on, then user and system time.
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/s);
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
