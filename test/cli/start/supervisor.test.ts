/** The supervisor: real processes die and come back, and end in order. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, Supervisor } from '../../../apps/cli/start/supervisor.js';
import { isRunning } from '../../../libs/processes/running-process.js';
import { startServerProcess } from '../../../libs/processes/server-process.js';

describe('the supervisor', () => {
  let folder: string;
  let told: string[];
  let ids: Record<string, number[]>;
  let supervisor: Supervisor;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plancycle-supervisor-'));
    told = [];
    ids = {};
    supervisor = new Supervisor((line) => told.push(line));
  });

  afterEach(async () => {
    await supervisor.stop();
    rmSync(folder, { recursive: true });
  });

  /** A Node process that says it is ready and then runs `code`. */
  function service(name: string, code = 'setInterval(() => {}, 1000)'): Service {
    return {
      name,
      start: async (abort) => {
        const args = ['--eval', `process.send('ready'); ${code}`];
        const started = await startServerProcess({
          name,
          command: execPath,
          args,
          logFile: join(folder, `${name}.log`),
          channel: true,
          ready: 'message',
          abort,
        });
        (ids[name] ??= []).push(started.pid);
        return started;
      },
    };
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await sleep(20);
  }

  it('starts a server again that was killed, and tells of both', async () => {
    await supervisor.start(service('the worker'));
    process.kill(ids['the worker']![0]!, 'SIGKILL');
    await until(() => ids['the worker']!.length === 2);
    await until(() => told.length === 2);
    expect(told).toEqual(['the worker ended (signal SIGKILL) and is started again', 'the worker runs again']);
    expect(await isRunning(ids['the worker']![1]!, 'setInterval')).toBe(true);
  });

  it('tries again and again when a server does not come back, and says why once', async () => {
    let broken = false;
    const flaky = service('the API');
    await supervisor.start({
      name: flaky.name,
      start: (abort) => (broken ? Promise.reject(new Error('no room')) : flaky.start(abort)),
    });
    broken = true;
    process.kill(ids['the API']![0]!, 'SIGKILL');
    await until(() => told.length === 2);
    broken = false;
    await until(() => told.length === 3);
    expect(told[1]).toBe('the API did not start and is tried again: no room');
    expect(told[2]).toBe('the API runs again');
  });

  it('ends servers in the opposite order, each before the one it depends on', async () => {
    const slow = "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 300)); setInterval(() => {}, 1000)";
    const ended: string[] = [];
    for (const name of ['database', 'worker']) {
      const { start } = service(name, slow);
      await supervisor.start({
        name,
        start: async (abort) => {
          const started = await start(abort);
          void started.ended.then(() => ended.push(name));
          return started;
        },
      });
    }
    await supervisor.stop();
    expect(ended).toEqual(['worker', 'database']);
    expect(told).toEqual([]);
  });

  it('gives up a start that is under way when everything is to end', async () => {
    const never: Service = {
      name: 'never ready',
      start: (abort) =>
        startServerProcess({
          name: 'never ready',
          command: execPath,
          args: ['--eval', 'setInterval(() => {}, 1000)'],
          logFile: join(folder, 'never.log'),
          pidFile: join(folder, 'never.pid'),
          ready: () => Promise.resolve(false),
          abort,
        }),
    };
    const start = supervisor.start(never);
    const outcome = expect(start).rejects.toThrow('never ready was not wanted any more');
    await supervisor.stop();
    await outcome;
  });
});
