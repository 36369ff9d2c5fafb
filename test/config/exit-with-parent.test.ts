/** Our own processes end with the one that started them, even when that one is killed. */
import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildFolder } from '../../libs/config/paths.js';
import { isRunning } from '../../libs/processes/running-process.js';

const exitWithParent = join(buildFolder, 'libs/config/exit-with-parent.js');

/** A parent that starts a child with a channel and prints the child's id. */
function startFamily(childCode: string): ReturnType<typeof spawn> {
  const child = `import { exitWithParent } from '${exitWithParent}'; exitWithParent(); ${childCode}; process.send('ready'); setInterval(() => {}, 1000);`;
  const parent = `
    import { spawn } from 'node:child_process';
    const child = spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(child)}], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.once('message', () => console.log(child.pid));`;
  return spawn(execPath, ['--input-type=module', '--eval', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstNumber(family: ReturnType<typeof spawn>): Promise<number> {
  for await (const output of family.stdout!) return Number(String(output));
  throw new Error('The parent has said nothing.');
}

describe('exitWithParent', () => {
  it('ends a child whose parent is killed, by the way it ends when it is told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plancycle-exit-'));
    const trace = join(folder, 'trace');
    const family = startFamily(
      `process.once('SIGTERM', async () => { (await import('node:fs')).writeFileSync('${trace}', 'in order'); process.exit(0); })`,
    );
    const child = await firstNumber(family);
    family.kill('SIGKILL');
    while (await isRunning(child, exitWithParent)) await sleep(20);
    expect(readFileSync(trace, 'utf8')).toBe('in order');
    rmSync(folder, { recursive: true });
  });

  it('leaves Ctrl-C to the parent', async () => {
    const family = startFamily('');
    const child = await firstNumber(family);
    process.kill(child, 'SIGINT');
    await sleep(200);
    expect(await isRunning(child, exitWithParent)).toBe(true);
    family.kill('SIGKILL');
    while (await isRunning(child, exitWithParent)) await sleep(20);
  });
});
