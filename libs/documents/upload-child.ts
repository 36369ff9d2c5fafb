/** The process that reads one file that somebody sent: bytes come on its standard input, the plan or a refusal goes over its channel. */
import { Worker } from 'node:worker_threads';
import { DomainError, type InvalidField } from '../domain/domain-error.js';
import { readPlanFile, type ReadPlan } from './read-plan-file.js';

/** What the child says at its end: one of the two. */
export interface UploadAnswer {
  read?: ReadPlan;
  refusal?: { message: string; fields: InvalidField[] };
}

/** A plan is a fraction of this; what is larger would be too much for the process that waits for it. */
const LONGEST_ANSWER = 64 * 1024 * 1024;
const TOO_MUCH = 'This file holds far more text and cells than a plan. Copy the plan into a new document and choose that file.';

/** Reading may keep this thread busy for long, so another one looks whether the process that waits for the plan is still there. */
function endWithParent(): void {
  const watch = `setInterval(() => { if (process.ppid !== ${Number(process.argv[2])}) process.kill(process.pid, 'SIGKILL'); }, 200);`;
  new Worker(watch, { eval: true }).unref();
}

async function answer(): Promise<UploadAnswer> {
  try {
    const read = await readPlanFile(await everything());
    return JSON.stringify(read).length > LONGEST_ANSWER ? { refusal: { message: TOO_MUCH, fields: [] } } : { read };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refusal: { message: error.message, fields: error.fields } };
  }
}

async function everything(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

endWithParent();
process.send?.(await answer(), () => process.disconnect());
