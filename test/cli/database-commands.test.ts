/** The commands that work with a database, as processes: import, token, verify, migrate. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { buildFolder, demonstrationPlanFile } from '../../libs/config/paths.js';
import { hashToken } from '../../libs/database/api-tokens.js';
import { firstBrokenEntry } from '../../libs/database/audit-trail.js';
import { ApiToken } from '../../libs/database/entities/people.js';
import { Plan, PlanVersion } from '../../libs/database/entities/plans.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { Message, Notice, Task } from '../../libs/database/entities/tasks.js';
import { openDatabase } from '../../libs/database/orm.js';
import { bounceReport } from '../email/bounce-reports.js';
import { exampleFacts } from '../email/example-facts.js';
import { createTestDatabase } from '../support/running-servers.js';
import { seedWith } from '../support/seed-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'plancycle-commands-'));
let databaseUrl: string;

function run(args: string[], url: string = databaseUrl) {
  return spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
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
  databaseUrl = await createTestDatabase('commands');
  expect(run(['migrate'])).toMatchObject({ status: 0, stderr: '' });
  await inDatabase((em) => em.transactional((inside) => writeDemonstration(inside, '2025-11-03')));
});

describe('importing a plan', () => {
  const changed = join(folder, 'plan.txt');
  beforeAll(() => writeFileSync(changed, seedWith('103 103%', '103 67%')));

  const versions = () => inDatabase((em) => em.count(PlanVersion, {}));

  it('tells on a dry run what would happen and writes nothing', async () => {
    const before = await versions();
    const { status, stdout } = run(['import', changed, '--year', '2025/26', '--dry-run', '--json']);
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({
        slug: 'community-safety',
        version: 2,
        isNew: true,
        dryRun: true,
        counts: expect.objectContaining({ actions: 32 }) as unknown,
      }),
    ]);
    expect(run(['import', changed, '--year', '2023/24', '--dry-run']).stdout).toContain('it would become version 1. Nothing was written.');
    expect(await versions()).toBe(before);
    expect(await inDatabase((em) => em.count(Plan, { year: '2023-24' }))).toBe(0);
    expect(await inDatabase((em) => em.count(AuditEntry, {}))).toBe(0);
  });

  it('writes a version once, on record', async () => {
    const before = await versions();
    expect(run(['import', changed, '--year', '2025/26'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('imported as version 2.') as unknown,
    });
    const again = run(['import', changed, '--year', '2025/26']);
    expect(again.stdout).toContain('this file is version 2 already, so nothing was written.');
    expect(await versions()).toBe(before + 1);
    const entries = await inDatabase((em) => em.find(AuditEntry, { act: 'import plan' }));
    expect(entries).toEqual([expect.objectContaining({ subject: 'plan 2025-26 community-safety' })]);
  });

  it('checks by the register and the settings of the council', () => {
    const { stdout } = run(['import', demonstrationPlanFile, '--year', '2025/26', '--dry-run', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] };
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(4);
    expect(findings.map(({ rule }) => rule)).toContain('unknown-post');
  });

  it.each([
    ['a file that is no plan', ['import', 'package.json', '--year', '2025/26'], 1],
    ['a council that is not there', ['import', demonstrationPlanFile, '--year', '2025/26', '--council', 'elsewhere'], 1],
    ['a file that is not there', ['import', join(folder, 'nothing.txt'), '--year', '2025/26'], 2],
    ['a year that is none', ['import', demonstrationPlanFile, '--year', '2025/27'], 2],
    ['no year', ['import', demonstrationPlanFile], 2],
  ])('refuses %s', (_what, args, exitCode) => {
    const { status, stdout, stderr } = run(args);
    expect([status, stdout]).toEqual([exitCode, '']);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stderr.trim()).not.toBe('');
  });
});

describe('making a token', () => {
  it.each(['Priya Nair', 'priya.nair@BROXTOWE.example'])('prints it once for %s and keeps only its hash', async (who) => {
    const { status, stdout, stderr } = run(['token', who, '--name', 'tests', '--days', '3']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Priya Nair')]);
    const token = stdout.trim();
    const kept = await inDatabase((em) => em.findOneOrFail(ApiToken, { tokenHash: hashToken(token) }));
    expect(kept).toMatchObject({ name: 'tests', councilId: 'broxtowe' });
    expect(kept.expiresAt!.getTime() - kept.createdAt.getTime()).toBe(3 * 86_400_000);
    expect(JSON.stringify(await inDatabase((em) => em.find(AuditEntry, {})))).not.toContain(token);
  });

  it('refuses somebody who is not there, and days that are none', () => {
    expect(run(['token', 'Nobody Known'])).toMatchObject({ status: 1, stdout: '' });
    expect(run(['token', 'Priya Nair', '--days', '0'])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('recording what a mail server reports', () => {
  const id = randomUUID();
  const recipient = 'priya.nair@broxtowe.example';
  beforeAll(() =>
    inDatabase((em) =>
      em.transactional(async (inside) => {
        const [facts, at] = [{ ...exampleFacts.reminder, link: '/tasks/1' }, new Date()];
        const notice = { id: randomUUID(), councilId: 'broxtowe', kind: 'reminder', subject: 'task/1', recipient, occurrence: '1' };
        const message = { id, councilId: 'broxtowe', recipientEmail: recipient, status: 'sent' as const, dueAt: at, nextAttemptAt: at };
        await inside.insert(Message, { ...message, sentAt: at, createdAt: at });
        await inside.insert(Notice, { ...notice, messageId: id, facts, createdAt: at });
      }),
    ),
  );
  const piped = (report: string, file = '-') =>
    spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'bounce', file], {
      encoding: 'utf8',
      input: report,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });

  it('makes a task of a failure, from the standard input or a file, and of the same one no other', async () => {
    const report = bounceReport({ uuid: id, recipient });
    const first = piped(report);
    expect([first.status, first.stderr]).toEqual([0, '']);
    const [task, ...others] = await inDatabase((em) => em.find(Task, { kind: 'undelivered' }));
    expect(others).toEqual([]);
    expect(first.stdout).toBe(`The e-mail to ${recipient} could not be delivered: the performance team has the task ${task!.id}.\n`);
    const file = join(folder, 'report.eml');
    writeFileSync(file, report);
    expect(piped('', file)).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing new') as unknown });
    expect(await inDatabase((em) => em.count(Task, { kind: 'undelivered' }))).toBe(1);
  });

  it('refuses in a sentence what is no report, or about nothing of ours', () => {
    for (const report of ['Subject: Hello', '', bounceReport({ uuid: randomUUID(), recipient: 'x@y.example' })]) {
      const { status, stdout, stderr } = piped(report);
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
      expect(stderr).toContain('nothing was recorded');
    }
    expect(piped('', join(folder, 'none.eml'))).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('verifying the audit trail', () => {
  it('ends with 0 while it is whole, and names the entry that was touched', async () => {
    expect(run(['verify'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/all \d+ entries are as they were written/) as unknown,
    });
    // Whoever owns the database can take its guard away: the chain tells all the same.
    await inDatabase(async (em) => {
      await em.execute('alter table "audit_entry" disable trigger user');
      await em.execute(`update "audit_entry" set "act" = 'something else' where "number" = 2`);
    });
    expect(run(['verify', '--council', 'broxtowe'])).toMatchObject({ status: 1, stdout: expect.stringContaining('entry 2 ') as unknown });
    expect(await inDatabase((em) => firstBrokenEntry(em, 'broxtowe'))).toBe(2);
  });
});

describe('a database that is not there', () => {
  it.each([['verify'], ['migrate']])('is told in a sentence by %s', (command) => {
    for (const url of ['postgres://a:b@127.0.0.1:1/none', 'hello']) {
      const { status, stdout, stderr } = run([command], url);
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
    }
  });
});
