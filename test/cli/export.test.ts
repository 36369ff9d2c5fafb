/** `plancycle export` as a process: files and stored plans, in every format, to the standard output or a file. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { buildFolder, demonstrationPlanFile } from '../../libs/config/paths.js';
import { Plan, PlanDraft } from '../../libs/database/entities/plans.js';
import { openDatabase } from '../../libs/database/orm.js';
import { extractHash } from '../../libs/documents/content-hash.js';
import { PLAN_FORMATS } from '../../libs/documents/plan-format.js';
import { readPlanFile } from '../../libs/documents/read-plan-file.js';
import { createTestDatabase } from '../support/running-servers.js';
import { seedPlan, seedWith } from '../support/seed-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'plancycle-export-'));
let databaseUrl: string;

function run(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), ...args], { env, cwd: folder });
  return { status, bytes: new Uint8Array(stdout), stderr: String(stderr) };
}

const exported = (...args: string[]) => run('export', ...args);

async function hashOf(bytes: Uint8Array): Promise<string> {
  return extractHash((await readPlanFile(bytes)).plan);
}

describe('exporting a file', () => {
  it.each([...PLAN_FORMATS])('writes it as %s, which reads back as the same plan', async (format) => {
    const { status, bytes, stderr } = exported(demonstrationPlanFile, '--format', format);
    expect([status, stderr]).toEqual([0, '']);
    expect((await readPlanFile(bytes)).format).toBe(format);
    expect(await hashOf(bytes)).toBe(extractHash(seedPlan()));
  });

  it('writes from any format to any other, into a file where one is named', async () => {
    const [docx, csv] = [join(folder, 'plan.docx'), join(folder, 'plan.csv')];
    expect(exported(demonstrationPlanFile, '--format', 'docx', '--output', docx)).toMatchObject({ status: 0, bytes: new Uint8Array() });
    expect(exported(docx, '--format', 'csv', '--output', csv).status).toBe(0);
    expect(await hashOf(readFileSync(csv))).toBe(extractHash(seedPlan()));
  });

  it('tells what reading had to ask about beside the file', () => {
    const file = join(folder, 'old.txt');
    writeFileSync(file, Buffer.from('A plan\n\nMeasure\tActual 2023/24\tTarget 2025/26\nFines of £50\t3\t2\n', 'latin1'));
    const { status, bytes, stderr } = exported(file, '--format', 'text');
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^warning: The file does not say how its characters are stored/)]);
    expect(new TextDecoder().decode(bytes)).toContain('Fines of £50');
  });

  it.each([
    ['an unreadable file', [join(folder, 'letter.txt'), '--format', 'text'], 1, 'No table of a business plan'],
    ['a format that there is not', [demonstrationPlanFile, '--format', 'odt'], 2, 'Allowed choices are text, html'],
    ['no format', [demonstrationPlanFile], 2, '--format'],
    ['nothing', ['--format', 'text'], 2, 'plan'],
    ['what is neither file nor plan', ['nowhere.txt', '--format', 'text'], 2, 'Give a file, or a plan as 2026-27/community-safety'],
    [
      'a folder that is not there',
      [demonstrationPlanFile, '--format', 'text', '--output', join(folder, 'no/plan.txt')],
      2,
      'cannot be written',
    ],
  ])('refuses %s', (_what, args, exitCode, words) => {
    writeFileSync(join(folder, 'letter.txt'), 'Dear Sir,\n');
    const { status, bytes, stderr } = exported(...args);
    expect([status, bytes, stderr]).toEqual([exitCode, new Uint8Array(), expect.stringContaining(words)]);
  });

  /** The program by which a process gets a terminal; not every system has it. */
  const withTerminal = spawnSync('script', ['--version']).status === 0 ? it : it.skip;

  withTerminal('shows no Word document in a terminal', () => {
    const command = `"${process.execPath}" "${join(buildFolder, 'apps/cli/main.js')}" export "${demonstrationPlanFile}" --format docx`;
    const { status, stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([2, expect.stringContaining('cannot be shown in a terminal')]);
    expect(stdout).toContain('--output plan.docx');
  });
});

describe('exporting a stored plan', () => {
  const changed = join(folder, 'changed.txt');

  beforeAll(async () => {
    databaseUrl = await createTestDatabase('export');
    expect(run('migrate')).toMatchObject({ status: 0 });
    const orm = await openDatabase(databaseUrl);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
    const planId = randomUUID();
    const since = new Date();
    const plan = { id: planId, councilId: 'broxtowe', year: '2026-27', slug: 'community-safety', title: 'Next year', cycleId: null };
    const content = { ...seedPlan(), title: 'The draft of a plan' };
    await orm.em.fork().transactional(async (em) => {
      await em.insert(Plan, { ...plan, at: 'opening', round: 1, fullPlan: 'not-asked-for', since });
      await em.insert(PlanDraft, { planId, content, rolledFrom: null, editedRows: [], editedBy: null, editedAt: since, revision: 1 });
    });
    await orm.close(true);
    writeFileSync(changed, seedWith('103 103%', '103 67%'));
    expect(run('import', changed, '--year', '2025/26')).toMatchObject({ status: 0 });
  });

  it.each(['2025-26/community-safety', '2025/26/community-safety', '2025/26/Community-Safety/v2'])(
    'writes its newest version: %s',
    async (ref) => {
      const { status, bytes } = exported(ref, '--format', 'text');
      expect(status).toBe(0);
      expect(await hashOf(bytes)).toBe(await hashOf(readFileSync(changed)));
    },
  );

  it('writes another version, or the draft, where that is said', async () => {
    expect(await hashOf(exported('2025-26/community-safety/v1', '--format', 'xlsx').bytes)).toBe(extractHash(seedPlan()));
    const draft = exported('2026-27/community-safety/draft', '--format', 'json', '--council', 'broxtowe');
    expect((await readPlanFile(draft.bytes)).plan.title).toBe('The draft of a plan');
  });

  it('is behind a file of the same name, and before a folder', async () => {
    mkdirSync(join(folder, '2025-26/community-safety'), { recursive: true });
    writeFileSync(join(folder, '2025-26/community-safety/v1'), seedWith('Community Safety Business Plan', 'Another Business Plan'));
    expect((await readPlanFile(exported('2025-26/community-safety/v1', '--format', 'text').bytes)).plan.title).toContain('Another');
    expect(exported('2025-26/community-safety', '--format', 'text').status).toBe(0);
  });

  it.each([
    ['2025-26/housing', 'has no plan “housing” for 2025/26'],
    ['2019-20/community-safety', 'for 2019/20'],
    ['2025-26/community-safety/v7', 'no version 7'],
    ['2025-26/community-safety/draft', 'has no draft'],
    ['2026-27/community-safety', 'Write 2026-27/community-safety/draft for its draft'],
  ])('that is not there is told: %s', (ref, words) => {
    const { status, bytes, stderr } = exported(ref, '--format', 'text');
    expect([status, bytes, stderr]).toEqual([1, new Uint8Array(), expect.stringContaining(words)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
