/** `plancycle roll-forward` as a process: what it prints for a file and for a stored plan, and how it ends. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { buildFolder, demonstrationPlanFile } from '../../libs/config/paths.js';
import { PlanVersion } from '../../libs/database/entities/plans.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { extractHash } from '../../libs/documents/content-hash.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { createTestDatabase } from '../support/running-servers.js';
import { seedPlan } from '../support/seed-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'plancycle-roll-forward-'));
const stored = '2025-26/community-safety';
let databaseUrl: string;

function run(...args: string[]) {
  return spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'roll-forward', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
}

async function inDatabase<Result>(work: (em: Awaited<ReturnType<typeof openDatabase>>['em']) => Promise<Result>): Promise<Result> {
  const orm = await openDatabase(databaseUrl);
  try {
    return await work(orm.em.fork());
  } finally {
    await orm.close(true);
  }
}

beforeAll(async () => {
  databaseUrl = await createTestDatabase('roll-forward');
  await migrateDatabase(databaseUrl);
  await inDatabase((em) => em.transactional((inside) => writeDemonstration(inside, '2025-11-03')));
});

describe('rolling a file forward', () => {
  const to = ['--to', '2026/27'];
  const rolled = rollForward(seedPlan(), { to: '2026/27' });

  it('tells on a dry run the columns, each change, and the rows before and after', () => {
    const { status, stdout, stderr } = run(demonstrationPlanFile, ...to, '--dry-run');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('rolled forward from 2025/26 to 2026/27\nNothing has been written');
    expect(stdout).toContain('    Target 2024/25 becomes Achieved 2024/25. Blank until it is known.');
    expect(stdout).toContain('Actions proposed for removal (2)\n  COMS2425_06 has the target date July 2025.');
    expect(stdout).toContain('  Actions: 32 before, 32 after');
  });

  it('prints the same as JSON with the plan that comes out', () => {
    const { status, stdout } = run(demonstrationPlanFile, ...to, '--dry-run', '--json');
    const result = JSON.parse(stdout) as { changes: Record<string, unknown>[]; counts: Record<string, unknown>; columns: unknown[] };
    expect([status, Object.keys(result)]).toEqual([0, ['from', 'to', 'changes', 'columns', 'counts', 'plan']]);
    expect(result).toMatchObject({ from: '2025/26', to: '2026/27', plan: rolled.plan });
    expect(result.changes).toEqual(rolled.changes);
    expect(result.counts['before']).toEqual(result.counts['after']);
    expect(result.columns).toContainEqual(
      expect.objectContaining({ table: 'kpi', dropped: [{ column: 'achieved 2021/22', heading: 'Achieved 2021/22' }] }),
    );
  });

  it('proposes to remove what was to be finished by the day that it is given', () => {
    const { stdout } = run(demonstrationPlanFile, ...to, '--dry-run', '--json', '--finished-by', '2025-07-31');
    const { changes } = JSON.parse(stdout) as { changes: { kind: string; code: string }[] };
    expect(changes.filter(({ kind }) => kind === 'removal-proposed').map(({ code }) => code)).toEqual(['COMS2425_06']);
  });

  it('writes the new plan as text, to where it is told, which reads back as the same plan', () => {
    const toOutput = run(demonstrationPlanFile, ...to);
    expect([toOutput.status, extractHash(readPlanText(toOutput.stdout))]).toEqual([0, extractHash(rolled.plan)]);
    const file = join(folder, 'next.txt');
    const toFile = run(demonstrationPlanFile, '--to', '2026-27', '--output', file);
    expect([toFile.status, readFileSync(file, 'utf8')]).toEqual([0, toOutput.stdout]);
    expect(toFile.stdout).toContain(`The new plan is in ${file}.`);
    expect(run(demonstrationPlanFile, ...to, '--output', join(folder, 'none/next.txt')).status).toBe(1);
  });

  it('can be done year after year', () => {
    const next = join(folder, 'one.txt');
    run(demonstrationPlanFile, ...to, '--output', next);
    expect(run(next, '--to', '2027/28', '--dry-run').stdout).toContain('Target 2025/26 becomes Achieved 2025/26');
  });

  it('ends with 1 and a sentence for a year that does not follow, with 2 for wrong usage', () => {
    const wrong = run(demonstrationPlanFile, '--to', '2027/28', '--dry-run', '--json');
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toBe('This plan begins in 2025/26, so it can be rolled forward to 2026/27, not to 2027/28.\n');
    for (const args of [
      [demonstrationPlanFile, '--to', 'next year', '--dry-run'],
      [demonstrationPlanFile, '--to', '2026/28', '--dry-run'],
      [demonstrationPlanFile, ...to, '--finished-by', 'September'],
      [demonstrationPlanFile, ...to, '--dry-run', '--output', join(folder, 'x.txt')],
      [demonstrationPlanFile],
      [join(folder, 'nothing.txt'), ...to],
    ])
      expect([args, run(...args).status, run(...args).stdout]).toEqual([args, 2, '']);
  });
});

describe('rolling a stored plan forward', () => {
  it('is told on a dry run, and writes nothing', async () => {
    const versions = () => inDatabase((em) => em.count(PlanVersion, {}));
    const before = await versions();
    const { status, stdout } = run(stored, '--to', '2026/27', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('Community Safety Business Plan 2025–2028 (version 1), rolled forward from 2025/26 to 2026/27');
    expect(await versions()).toBe(before);
  });

  it('is otherwise left to the opening of the cycle', () => {
    const { status, stdout, stderr } = run(stored, '--to', '2026/27');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Opening the cycle for 2026/27 rolls stored plans forward');
  });
});
