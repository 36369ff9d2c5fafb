/** Reads a file that somebody sent in a process of its own, which is ended where it takes too much time or memory. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../domain/domain-error.js';
import { TOO_LARGE, UPLOAD_LIMIT_BYTES } from './plan-format.js';
import type { ReadPlan } from './read-plan-file.js';
import type { UploadAnswer } from './upload-child.js';

export interface UploadLimits {
  milliseconds: number;
  /** Of the child's heap. */
  megabytes: number;
}

/** The demonstration's plan takes a fifth of a second and 40 MB; what needs more than these is no plan, or an attack. */
const LIMITS: UploadLimits = { milliseconds: 30_000, megabytes: 512 };

/** Each reader may take half a gigabyte, so more files than this wait for their turn. */
const MOST_AT_ONCE = 4;
/** Characters of a broken reader's last words: enough for the error and where it was. */
const LAST_WORDS = 4_000;
const CHILD = fileURLToPath(new URL('./upload-child.js', import.meta.url));

/**
 * Reads a plan's file as `readPlanFile` does. The child gets the bytes and nothing else: no variable of this process's
 * environment, no file, no channel but the one that its answer comes by. It ends with this process, however that ends.
 * @throws DomainError 'unreadable' as `readPlanFile`, and where reading took too long, too much memory or failed
 */
export async function readUpload(bytes: Uint8Array, limits: UploadLimits = LIMITS): Promise<ReadPlan> {
  if (bytes.length > UPLOAD_LIMIT_BYTES) throw new DomainError('unreadable', TOO_LARGE);
  await turn();
  try {
    return await readInChild(bytes, limits);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

let running = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  while (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
}

async function readInChild(bytes: Uint8Array, { milliseconds, megabytes }: UploadLimits): Promise<ReadPlan> {
  const child = fork(CHILD, [String(process.pid)], {
    env: {},
    execArgv: [`--max-old-space-size=${megabytes}`],
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
  });
  const said = lastWordsOf(child);
  let isTooSlow = false;
  const patience = setTimeout(() => {
    isTooSlow = true;
    child.kill('SIGKILL');
  }, milliseconds);
  try {
    const answer = answerOf(child);
    // A child that is ended before it has read everything closes the pipe; how it ended says why.
    child.stdin?.on('error', () => undefined).end(bytes);
    const { read, refusal } = (await answer) ?? { refusal: { message: isTooSlow ? TOO_SLOW : FAILED, fields: [] } };
    if (read) return read;
    tellOperators(said());
    throw new DomainError('unreadable', refusal?.message ?? FAILED, refusal?.fields);
  } finally {
    clearTimeout(patience);
    child.kill('SIGKILL');
  }
}

/** The beginning of what the child writes of its own end. */
function lastWordsOf({ stderr }: ChildProcess): () => string {
  let words = '';
  stderr?.setEncoding('utf8').on('data', (piece: string) => {
    if (words.length < LAST_WORDS) words += piece.slice(0, LAST_WORDS);
  });
  return () => words;
}

/** A reader that broke is our fault and belongs into the server's log; one that met its limit of memory did as it should. */
function tellOperators(words: string): void {
  if (words !== '' && !words.includes('heap out of memory')) process.emitWarning(`A file's reader broke: ${words}`);
}

/** What the child says, or null where it ended without a word. The channel closes only once all that was said has come. */
function answerOf(child: ChildProcess): Promise<UploadAnswer | null> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as UploadAnswer));
    child.once('error', reject);
    child.once('disconnect', () => resolve(null));
  });
}

const TOO_SLOW =
  'Reading this file took too long, so it was given up. Look whether it holds more than the plan, or copy the plan into a new document and choose that file.';
const FAILED =
  'This file could not be read: it is damaged, or reading it takes far more memory than a plan needs. Copy the plan into a new document and choose that file.';
