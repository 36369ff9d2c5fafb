/** The end of a start that npm ran: the shell in between says nothing when it is ended. */
import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildFolder } from '../../../libs/config/paths.js';
import { isRunning } from '../../../libs/processes/running-process.js';
import { until } from '../../support/running-council.js';

const WAITING = `
  const { endWithNpm } = await import(process.argv[1]);
  endWithNpm(process.env, () => process.exit(0));
  console.log(process.pid);
  setInterval(() => undefined, 1_000);`;

/** @returns the shell, and the id of the process that it waits for */
async function startBelowShell(environment: NodeJS.ProcessEnv): Promise<{ shell: ReturnType<typeof spawn>; pid: number }> {
  const module = join(buildFolder, 'apps/cli/start/ending.js');
  // The shell stays, as one that npm has started does.
  const command = '"$0" --input-type=module --eval "$1" "$2"; true';
  const shell = spawn('sh', ['-c', command, process.execPath, WAITING, module], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => shell.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));
  return { shell, pid };
}

it('comes with the shell where npm started it', async () => {
  const { shell, pid } = await startBelowShell({ npm_lifecycle_event: 'start' });
  expect(await isRunning(pid, '')).toBe(true);
  shell.kill('SIGTERM');
  await until(async () => !(await isRunning(pid, '')));
});

it('does not where somebody started it by themselves', async () => {
  const { shell, pid } = await startBelowShell({ npm_lifecycle_event: undefined });
  shell.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await isRunning(pid, '')).toBe(true);
  process.kill(pid, 'SIGKILL');
});
