/** What a start keeps: the same ports and secrets the next time, one start at a time, nothing left running. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import {
  choosePorts,
  endLeftOvers,
  lockStateFolder,
  openStateFolder,
  readSecrets,
  type StateFolder,
} from '../../../apps/cli/start/state-folder.js';
import { startServerProcess } from '../../../libs/processes/server-process.js';

describe('the state folder', () => {
  let parent: string;
  let state: StateFolder;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'plancycle-state-'));
    state = openStateFolder(join(parent, 'data'));
  });

  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it('gives the same ports the next time, and another only for one that is taken', async () => {
    const first = await choosePorts(state);
    expect(new Set(Object.values(first)).size).toBe(4);
    expect(await choosePorts(state)).toEqual(first);
    const intruder = createServer();
    await new Promise<void>((resolve) => intruder.listen(first.temporal, '127.0.0.1', resolve));
    const second = await choosePorts(state);
    await new Promise((resolve) => intruder.close(resolve));
    expect(second.temporal).not.toBe(first.temporal);
    expect({ ...second, temporal: 0 }).toEqual({ ...first, temporal: 0 });
  });

  it('makes up secrets once, readable by nobody else, and refuses to replace spoilt ones', () => {
    const first = readSecrets(state);
    expect(first.sessionSecret.length).toBeGreaterThanOrEqual(32);
    expect(readSecrets(state)).toEqual(first);
    const file = join(state.root, 'secrets.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(file, '{"sessionSecret":');
    expect(() => readSecrets(state)).toThrow(/secrets\.json is not what was written there.*begin anew/);
  });

  it('belongs to one start at a time, and is free again after one that was killed', async () => {
    const unlock = await lockStateFolder(state);
    await expect(lockStateFolder(state)).rejects.toThrow(`Plancycle already runs on ${state.root} (process ${process.pid})`);
    unlock();
    (await lockStateFolder(state))();
    writeFileSync(join(state.root, 'start.pid'), `${process.pid}\na program that had this id before\n`);
    (await lockStateFolder(state))();
    expect(existsSync(join(state.root, 'start.pid'))).toBe(false);
  });

  it('ends what a killed start has left behind, and leaves alone who has its id now', async () => {
    const pidFile = join(state.pids, 'inbox');
    const args = ['--eval', 'setInterval(() => {}, 1000)'];
    const left = await startServerProcess({
      name: 'left',
      command: execPath,
      args,
      logFile: join(state.logs, 'left'),
      pidFile,
      ready: () => Promise.resolve(true),
    });
    writeFileSync(join(state.pids, 'worker'), `${process.pid}\nnode dist/apps/worker/main.js\n`);
    await endLeftOvers(state);
    expect(await left.ended).toBe('signal SIGTERM');
    expect(existsSync(pidFile)).toBe(false);
  });

  it('says in a sentence that a folder cannot be used', () => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => openStateFolder(join(parent, 'file'))).toThrow(/cannot hold the data.*choose a folder/);
  });
});
