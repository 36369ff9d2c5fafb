/** The process that plays a rehearsal: refused, too slow, killed, or left alone by whoever started it, it says so and leaves nothing behind. */
import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { playRehearsal, type Asked } from '../../../apps/api/rehearsals/rehearsal-process.js';
import { writeDemonstration } from '../../../apps/cli/demonstration/set-up.js';
import { buildFolder } from '../../../libs/config/paths.js';
import { migrateDatabase } from '../../../libs/database/migrate.js';
import { openDatabase } from '../../../libs/database/orm.js';
import { until } from '../../support/running-council.js';
import { createTestDatabase } from '../../support/running-servers.js';

const asked: Asked = { councilId: 'broxtowe', year: '2026-27', scenario: 'on-time', change: null };
const run = promisify(execFile);

interface ListedProcess {
  pid: number;
  parent: number;
  group: number;
  command: string;
}

async function processes(): Promise<ListedProcess[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,pgid=,stat=,args='], { maxBuffer: 10_000_000 });
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null && !found[4]!.startsWith('Z'))
    .map((found) => ({ pid: Number(found![1]), parent: Number(found![2]), group: Number(found![3]), command: found![5]! }));
}

/** The rehearsal that a process has started, once it has its own database. */
async function rehearsalOf(parent: number): Promise<number> {
  let pid = 0;
  await until(async () => {
    const all = await processes();
    pid = all.find((one) => one.parent === parent && / rehearse .*--council broxtowe/.test(one.command))?.pid ?? 0;
    return pid > 0 && all.some(({ command, group }) => group === pid && command.includes(`plancycle-rehearsal-${pid}-`));
  });
  return pid;
}

async function expectNothingLeft(pid: number): Promise<void> {
  await until(async () =>
    (await processes()).every(({ group, command }) => group !== pid && !command.includes(`plancycle-rehearsal-${pid}-`)),
  );
}

const foldersOf = (pid: number): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`plancycle-rehearsal-${pid}-`));

describe('the process of a rehearsal', () => {
  let databaseUrl: string;
  /** A rehearsal that was killed by force, and could not clear up after itself. */
  let killed: number;
  beforeAll(async () => {
    databaseUrl = await createTestDatabase('rehearsed');
    await migrateDatabase(databaseUrl);
    const orm = await openDatabase(databaseUrl);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2026-01-05'));
    await orm.close(true);
  });
  const playing = (): Parameters<typeof playRehearsal>[1] => ({ databaseUrl, abort: new AbortController().signal, tell: () => undefined });

  it('hands a refusal on as it was said', async () => {
    await expect(playRehearsal({ ...asked, councilId: 'nowhere' }, playing())).rejects.toThrow(/^There is no council "nowhere"\.$/);
    const change = {
      meetingId: '00000000-0000-4000-8000-000000000000',
      to: '2026-01-27',
      personId: '00000000-0000-4000-8000-000000000000',
    };
    await expect(playRehearsal({ ...asked, change }, playing())).rejects.toThrow(/^There is no such meeting\.$/);
  });

  it('says so where this machine has no server whose clock skips, and nothing to fetch it with', async () => {
    const place = mkdtempSync(join(tmpdir(), 'plancycle-bare-machine-'));
    chmodSync(place, 0o755);
    for (const name of ['id', 'test']) symlinkSync((await run('which', [name])).stdout.trim(), join(place, name));
    const { PATH, HOME } = process.env;
    Object.assign(process.env, { PATH: place, HOME: place });
    const played = playRehearsal(asked, playing()).catch((error: Error) => error.message);
    Object.assign(process.env, { PATH, HOME });
    expect(await played).toMatch(/^The program temporal-test-server is not on this machine and could not be fetched \(.*\): .*\.$/);
    rmSync(place, { recursive: true });
  });

  it('is ended when it takes too long', async () => {
    const slow = playRehearsal(asked, { ...playing(), limits: { milliseconds: 2_500, megabytes: 1024 } });
    const [refusal, pid] = await Promise.all([slow.catch((error: Error) => error.message), rehearsalOf(process.pid)]);
    expect(refusal).toMatch(/^The rehearsal took longer than three minutes, so it was given up/);
    await expectNothingLeft(pid);
    await until(() => Promise.resolve(foldersOf(pid).length === 0));
  });

  it('that is killed is told as broken off, and its servers end with it', async () => {
    const played = playRehearsal(asked, playing()).catch((error: Error) => error.message);
    const pid = await rehearsalOf(process.pid);
    process.kill(pid, 'SIGKILL');
    killed = pid;
    expect(await played).toMatch(/^The rehearsal broke off\. Nothing real was touched/);
    await expectNothingLeft(pid);
  });

  it('ends with the process that started it, however that ends, and clears up after those that could not', async () => {
    const program = join(buildFolder, 'apps/api/rehearsals/rehearsal-process.js');
    const code = `const { playRehearsal } = await import(${JSON.stringify(program)});
      await playRehearsal(${JSON.stringify(asked)}, { databaseUrl: process.env.URL, abort: new AbortController().signal, tell: () => undefined });`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      env: { ...process.env, URL: databaseUrl },
      stdio: 'ignore',
    });
    const pid = await rehearsalOf(parent.pid!);
    expect(foldersOf(killed)).toEqual([]);
    parent.kill('SIGKILL');
    await expectNothingLeft(pid);
    await until(() => Promise.resolve(foldersOf(pid).length === 0));
  });
});
