/** Whether API and worker hold more memory the longer they work. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProduct, type Product } from '../support/product.js';
import { addLeaders, addPlans, mailHasLeft } from './busy-council.js';
import type { Figure, Goal } from './figures.js';
import { PEOPLE, type Part } from './part.js';
import { PlanClient } from './plan-client.js';
import { openHeap, residentMemory, type Heap } from './process-memory.js';

const part = 'growth';
/** Looked at so often, after as many cycles each time. */
const LOOKS = 5;
const SETTLE_MS = 2_000;
/** What a heap differs by from one collection to another without holding anything more. */
const NO_GROWTH: Goal = { atMost: 5 };

interface Look {
  cycles: number;
  resident: number;
  heap: number;
}

export const growth: Part = async ({ quick, cycles }, tell) => {
  tell('the product with its debuggers at hand');
  const product = await startProduct('2025-11-03', { durable: true, variables: { NODE_OPTIONS: '--inspect-port=0' } });
  const names = ['API', 'worker'] as const;
  const processes = { API: product.api, worker: product.worker };
  const heaps: Heap[] = [];
  try {
    for (const name of names) heaps.push(await openHeap(processes[name].pid, join(product.servers.folder, `${name.toLowerCase()}.log`)));
    const clients = (await addPlans(product, await addLeaders(product, PEOPLE))).map((plan) => new PlanClient(product, plan));
    const looks: Record<(typeof names)[number], Look[]> = { API: [], worker: [] };
    const step = Math.max(Math.ceil((quick ? PEOPLE : cycles) / LOOKS / PEOPLE), 1);
    for (let look = 1; look <= LOOKS; look += 1) {
      await Promise.all(clients.map((client) => takeCycles(client, step)));
      await settle(product);
      for (const [index, name] of names.entries())
        looks[name].push({
          cycles: look * step * PEOPLE,
          // The collection comes first: what it frees is not held.
          heap: (await heaps[index]?.inUse()) ?? 0,
          resident: await residentMemory(processes[name].pid),
        });
      tell(`${look * step * PEOPLE} cycles: ${names.map((name) => inWords(name, looks[name].at(-1))).join(', ')}`);
    }
    return names.flatMap((name) => figuresOf(name, looks[name]));
  } finally {
    for (const heap of heaps) heap.close();
    await product.stop();
  }
};

/** One cycle: submitted, agreed by GMT, referred back by the committee. */
async function takeCycles(client: PlanClient, cycles: number): Promise<void> {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await client.submit();
    await client.agree();
    await client.referBack();
  }
}

async function settle(product: Product): Promise<void> {
  await mailHasLeft(product);
  await sleep(SETTLE_MS);
}

function inWords(name: string, look: Look | undefined): string {
  return `${name} ${Math.round(look?.resident ?? 0)} MB (heap ${look?.heap.toFixed(1)})`;
}

/** The first look is after the caches have filled, so what comes on top of it by the last is growth. */
function figuresOf(name: string, looks: readonly Look[]): Figure[] {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) return [];
  const between = `from ${first.cycles} to ${last.cycles} cycles`;
  const atMost = name === 'API' ? 250 : 450;
  return [
    { part, what: `${name} under load, resident`, value: Math.max(...looks.map(({ resident }) => resident)), unit: 'MB', goal: { atMost } },
    {
      ...{ part, what: `${name}, growth of what is resident`, value: last.resident - first.resident, unit: 'MB' },
      note: `${between}: ${looks.map(({ resident }) => Math.round(resident)).join(' ')}`,
    },
    {
      ...{ part, what: `${name}, growth of the heap after collection`, value: last.heap - first.heap, unit: 'MB', goal: NO_GROWTH },
      note: `${between}: ${looks.map(({ heap }) => heap.toFixed(1)).join(' ')}`,
    },
  ];
}
