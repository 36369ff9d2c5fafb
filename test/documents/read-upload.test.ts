/** Files that people send, read in a process of their own: what comes back, what is stopped, and what is left behind. */
import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildFolder } from '../../libs/config/paths.js';
import { UPLOAD_LIMIT_BYTES } from '../../libs/documents/plan-format.js';
import { readPlanFile } from '../../libs/documents/read-plan-file.js';
import { readUpload } from '../../libs/documents/read-upload.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { seedPlan, seedText } from '../support/seed-plan.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A small file that is a very large table: a thousand cells for every tag. */
const GREEDY = encode(`<table>${'<tr><td colspan=1000>a'.repeat(200_000)}</table>`);

async function refusalOf(reading: Promise<unknown>): Promise<DomainError> {
  const refusal: unknown = await reading.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  return refusal as DomainError;
}

/** The processes that read files, with who started them. */
function readers(): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('upload-child.js')) return [];
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

const ownReaders = (): number[] => readers().flatMap(({ pid, parent }) => (parent === process.pid ? [pid] : []));

/** The processes of a system can be looked at where it has /proc. */
const onLinux = process.platform === 'linux' ? it : it.skip;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(50);
}

describe('a file that somebody sends', () => {
  it('is read as by ourselves, in whatever format, also several at once', async () => {
    const files = await Promise.all(
      (['text', 'html', 'docx', 'xlsx', 'csv', 'json'] as const).map((format) => writePlanFile(seedPlan(), format)),
    );
    const read = await Promise.all(files.map((bytes) => readUpload(bytes)));
    expect(read).toEqual(await Promise.all(files.map(readPlanFile)));
  });

  it('has its remarks with it', async () => {
    const text = 'A plan\n\nMeasure\tActual 2023/24\tTarget 2025/26\nFines of £50\t3\t2\n';
    const { remarks } = await readUpload(Buffer.from(text, 'latin1'));
    expect(remarks.map(({ rule }) => rule)).toEqual(['encoding-guessed']);
  });

  it.each([
    ['nothing', new Uint8Array(), 'is empty'],
    ['a PDF', encode('%PDF-1.7'), 'PDF files'],
    ['more than 20 MB', new Uint8Array(UPLOAD_LIMIT_BYTES + 1), 'larger than 20 MB'],
    ['20 MB of nothing', encode(' '.repeat(UPLOAD_LIMIT_BYTES)), 'is empty'],
  ])('is refused with the same sentence: %s', async (_what, bytes, words) => {
    const refusal = await refusalOf(readUpload(bytes));
    expect([refusal.code, refusal.message]).toEqual(['unreadable', expect.stringContaining(words)]);
  });

  it('tells where it is wrong', async () => {
    expect((await refusalOf(readUpload(encode('{"format": "plancycle plan", "version": 3}')))).fields[0]?.pointer).toBe('/version');
  });

  it('is given up when it takes too long', async () => {
    const refusal = await refusalOf(readUpload(encode(seedText), { milliseconds: 1, megabytes: 512 }));
    expect([refusal.code, refusal.message]).toEqual(['unreadable', expect.stringContaining('took too long')]);
  });

  it('is given up when it takes too much memory, and this process stays', async () => {
    const refusal = await refusalOf(readUpload(GREEDY, { milliseconds: 60_000, megabytes: 64 }));
    expect([refusal.code, refusal.message]).toEqual(['unreadable', expect.stringContaining('far more memory')]);
  });

  onLinux('leaves no process behind', async () => {
    await Promise.allSettled([readUpload(encode(seedText)), readUpload(GREEDY, { milliseconds: 300, megabytes: 512 })]);
    await until(() => ownReaders().length === 0);
    expect(ownReaders()).toEqual([]);
  });

  onLinux('is read without anything of this process’s environment', async () => {
    process.env.PLANCYCLE_TEST_SECRET = 'a secret';
    const reading = readUpload(GREEDY, { milliseconds: 60_000, megabytes: 512 }).catch(() => undefined);
    await until(() => ownReaders().length > 0);
    const environment = readFileSync(`/proc/${ownReaders()[0]}/environ`, 'utf8');
    delete process.env.PLANCYCLE_TEST_SECRET;
    expect(environment.split('\0').filter((variable) => variable !== '' && !variable.startsWith('NODE_CHANNEL'))).toEqual([]);
    for (const pid of ownReaders()) process.kill(pid, 'SIGKILL');
    await reading;
  });

  onLinux('is dropped with the process that waits for it, however busy its reader is', async () => {
    const code = `
      import { readUpload } from '${join(buildFolder, 'libs/documents/read-upload.js')}';
      await readUpload(new TextEncoder().encode('<table>' + '<tr><td colspan=1000>a'.repeat(200_000)));`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
    await until(() => readers().some((reader) => reader.parent === parent.pid));
    const child = readers().find((reader) => reader.parent === parent.pid)!.pid;
    await sleep(500); // It has its file by now, and works through it.
    parent.kill('SIGKILL');
    await until(() => !readers().some(({ pid }) => pid === child));
    expect(readers().map(({ pid }) => pid)).not.toContain(child);
  });
});
