/** How soon API and worker are ready, and what the pre-built bundle of the workflows saves. */
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { buildFolder } from '../../libs/config/paths.js';
import { startProduct, type ProductProcess } from '../support/product.js';
import { percentile } from './figures.js';
import type { Part } from './part.js';
import { timed } from './plan-client.js';

const part = 'processes';

export const processes: Part = async ({ quick }, tell) => {
  tell('API and worker started again');
  const product = await startProduct('2025-11-03', { durable: true });
  try {
    const times = quick ? 1 : 3;
    const api = await readyAfter(product.api, times);
    const worker = await readyAfter(product.worker, times);
    const bundling = await bundle();
    return [
      { part, what: 'API ready', value: api, unit: 's', note: `p50 of ${times}, from the start of the process` },
      { part, what: 'worker polls, with the pre-built bundle', value: worker, unit: 's', note: `p50 of ${times}` },
      { part, what: 'bundling the workflows', value: bundling, unit: 's', note: 'once, cold: what each start would add' },
      {
        ...{
          part,
          what: 'worker: pre-built against bundling at its start',
          value: worker / (worker + bundling),
          unit: '',
          goal: { atMost: 0.4 },
        },
        note: 'as a ratio',
      },
    ];
  } finally {
    await product.stop();
  }
};

async function readyAfter(process: ProductProcess, times: number): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await process.kill();
    took.push(await timed(() => process.restart()));
  }
  return percentile(took, 0.5) / 1000;
}

/** Once and cold: so it would be at a worker's start. */
async function bundle(): Promise<number> {
  const workflowsPath = join(buildFolder, 'workflows/index.js');
  return (await timed(async () => void (await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })))) / 1000;
}
