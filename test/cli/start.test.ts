import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildFolder } from '../../libs/config/paths.js';
import { Council } from '../../libs/database/entities/council.js';
import { Plan, StepChange } from '../../libs/database/entities/plans.js';
import { Message, Notice } from '../../libs/database/entities/tasks.js';
import { openDatabase } from '../../libs/database/orm.js';
import { findFreePort } from '../../libs/processes/free-port.js';
import { until } from '../support/running-council.js';

/** One run of the start command on a folder of its own. */
class Started {
  output = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(folder: string, port: number) {
    const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, SMTP_URL: _mail, NODE_ENV: _kind, ...variables } = process.env;
    this.child = spawn(execPath, [join(buildFolder, 'apps/cli/main.js'), 'start', '--data', folder], {
      env: { ...variables, PORT: String(port), LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  async ready(): Promise<void> {
    const failed = this.ended.then((code) => {
      throw new Error(`The start ended with ${code}:\n${this.output}`);
    });
    await Promise.race([until(() => Promise.resolve(this.output.includes('Plancycle is ready'))), failed]);
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  killAtOnce(): void {
    this.child.kill('SIGKILL');
  }
}

describe('the start command', () => {
  let folder: string;
  let port: number;
  let run: Started;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plancycle-start-'));
    chmodSync(folder, 0o755);
    port = await findFreePort();
    run = new Started(folder, port);
    await run.ready();
  });
  afterAll(async () => {
    run.interrupt();
    await run.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const pages = () => `http://localhost:${port}`;
  const pidOf = (name: string): number => Number(readFileSync(join(folder, 'running', name), 'utf8').split('\n')[0]);
  const postgresPid = (): number => Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  const answers = async (): Promise<boolean> => (await fetch(`${pages()}/readyz`).catch(() => null))?.ok === true;

  /** What the database holds, for comparing before and after. */
  async function record(): Promise<Record<string, unknown>> {
    const { postgres } = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as { postgres: number };
    const { databasePassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { databasePassword: string };
    const orm = await openDatabase(`postgres://plancycle:${databasePassword}@127.0.0.1:${postgres}/plancycle`);
    const em = orm.em.fork();
    try {
      return {
        clock: (await em.findOneOrFail(Council, 'broxtowe')).clockOffsetMs,
        plans: (await em.find(Plan, {}, { orderBy: { year: 'asc' } })).map(({ year, at }) => `${year} ${at}`),
        steps: await em.count(StepChange, {}),
        notices: await em.count(Notice, {}),
        sent: await em.count(Message, { status: 'sent' }),
      };
    } finally {
      await orm.close(true);
    }
  }

  it('brings up the whole product, on the day of the document, and says where it is and who one can be', async () => {
    expect(run.output).toContain(pages());
    expect(run.output).toContain('Maya Thornton, Head of Communities and Community Safety');
    expect(await answers()).toBe(true);
    const page = await (await fetch(pages())).text();
    expect(page).toContain('Broxtowe Borough Council');
    expect(page).toContain('3 November 2025');
    await until(async () => (await record()).sent === 3);
    expect(await record()).toMatchObject({ plans: ['2025-26 published', '2026-27 drafting'], steps: 1, notices: 3 });
    expect(readdirSync(join(folder, 'mail')).filter((name) => name.endsWith('.eml'))).toHaveLength(3);
  });

  it.each(['worker', 'api', 'temporal', 'inbox', 'PostgreSQL'])('starts %s again when it is killed', async (name) => {
    const pid = () => (name === 'PostgreSQL' ? postgresPid() : pidOf(name));
    const before = pid();
    process.kill(before, 'SIGKILL');
    await until(() => Promise.resolve(readable(pid) !== undefined && readable(pid) !== before));
    await until(answers);
    expect(run.output).not.toContain('Unhandled');
  });

  it('carries on where it was after everything was killed at once', async () => {
    const before = await record();
    const pids = ['worker', 'api', 'temporal', 'inbox'].map(pidOf);
    run.killAtOnce();
    for (const pid of [...pids, postgresPid()]) process.kill(pid, 'SIGKILL');
    await run.ended;
    run = new Started(folder, port);
    await run.ready();
    expect(await record()).toEqual(before);
  });

  it('ends every process on Ctrl-C', async () => {
    const pids = [...['worker', 'api', 'temporal', 'inbox'].map(pidOf), postgresPid()];
    run.interrupt();
    expect(await run.ended).toBe(0);
    await until(() => Promise.resolve(pids.every((pid) => !isAlive(pid))));
    run = new Started(folder, port);
    await run.ready();
  });

  it('says in one sentence that it runs already, or that the port is taken', async () => {
    const second = new Started(folder, port);
    expect(await second.ended).toBe(1);
    expect(second.output.trim().split('\n')).toHaveLength(1);

    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const taken = (other.address() as { port: number }).port;
    const elsewhere = mkdtempSync(join(tmpdir(), 'plancycle-start-'));
    chmodSync(elsewhere, 0o755);
    const third = new Started(elsewhere, taken);
    expect(await third.ended).toBe(1);
    expect(third.output).toMatch(new RegExp(`Port ${taken} is in use .* npm start`));
    other.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });
});

function readable(read: () => number): number | undefined {
  try {
    return read() || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
