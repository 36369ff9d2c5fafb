/** Where the project's own files lie, from the source as from the compiled output. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findProjectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The folder that holds package.json. Templates and demonstration data are read from below it. */
export const projectRoot = findProjectRoot();

/** The compiled output: entry points of the processes, the workflow bundle, the stylesheet. */
export const buildFolder = join(projectRoot, 'dist');

/** Everything that a developer's machine keeps between runs. */
export const dataFolder = join(projectRoot, '.data');

/** The demonstration council's plan, as its committee received it. */
export const demonstrationPlanFile = join(projectRoot, 'docs/demonstration/community-safety-business-plan-2025-2028.txt');
