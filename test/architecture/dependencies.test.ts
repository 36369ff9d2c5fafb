import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../libs/config/paths.js';

const run = promisify(execFile);
const planted = join(projectRoot, 'libs/domain/planted-violation.ts');

/** The rules that the tree breaks, by .dependency-cruiser.cjs. */
async function brokenRules(): Promise<string[]> {
  const program = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['apps', 'workflows', 'activities', 'libs'];
  const { stdout } = await run(process.execPath, [program, '--output-type', 'json', ...folders], {
    cwd: projectRoot,
    maxBuffer: 100_000_000,
  }).catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number };
  };
  expect(summary.totalCruised).toBeGreaterThan(100);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

describe('the architecture', () => {
  afterEach(() => rmSync(planted, { force: true }));

  it('keeps its directions', async () => {
    expect(await brokenRules()).toEqual([]);
  });

  it('would notice a violation, even of a type', async () => {
    writeFileSync(planted, "import type { Plan } from '../database/entities/plans.js';\nexport type Planted = Plan;\n");
    expect(await brokenRules()).toContainEqual('domain-stands-alone: libs/domain/planted-violation.ts → libs/database/entities/plans.ts');
  });
});
