/** `plancycle import-meetings` as a process: what it tells, what it writes, and what it leaves to people. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { buildFolder } from '../../libs/config/paths.js';
import { Meeting } from '../../libs/database/entities/council.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { createTestDatabase } from '../support/running-servers.js';

const CSV = `Committee,CId,MId,Date,Time,Location,URL
Cabinet,229,5347,03/02/2026,6.00 pm,Council Chamber,https://democracy.broxtowe.example/ieListDocuments.aspx?CId=229&MId=5347
Overview and Scrutiny Committee,230,5348,20/01/2026,18:00,Council Chamber,
Cabinet,229,5349,14/04/2026,18:00,,
Planning Committee,231,5350,04/02/2026,19:00,,
`;

describe('importing the council’s calendar', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'plancycle-meetings-')), 'meetings.csv');
  let databaseUrl: string;
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'import-meetings', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
  async function inDatabase<Result>(work: (em: Awaited<ReturnType<typeof openDatabase>>['em']) => Promise<Result>): Promise<Result> {
    const orm = await openDatabase(databaseUrl);
    try {
      return await work(orm.em.fork());
    } finally {
      await orm.close(true);
    }
  }
  const meetings = () => inDatabase((em) => em.find(Meeting, {}, { orderBy: { date: 'asc', body: 'asc' } }));
  beforeAll(async () => {
    databaseUrl = await createTestDatabase('import-meetings');
    await migrateDatabase(databaseUrl);
    await inDatabase((em) => em.transactional((inside) => writeDemonstration(inside, '2025-11-03')));
    writeFileSync(file, CSV);
  });

  it('tells on a dry run what would happen, and writes nothing', async () => {
    const before = await meetings();
    const { status, stdout } = run(file, '--dry-run', '--json');
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ dryRun: true, changes: 3, unknownBodies: [{ body: 'Planning Committee', meetings: 1 }], onAnotherDay: [] }),
    ]);
    expect(await meetings()).toEqual(before);
    expect(await inDatabase((em) => em.count(AuditEntry, { act: 'import meetings' }))).toBe(0);
  });

  it('writes new meetings and what is said of others, once and on record', async () => {
    const before = await meetings();
    expect(run(file)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('something new was noted of 3 meetings') as unknown,
    });
    const after = await meetings();
    expect(after).toHaveLength(before.length + 1);
    expect(after.find(({ body, date }) => body === 'cabinet' && date === '2026-02-03')).toMatchObject({
      ...{ time: '18:00', place: 'Council Chamber', considers: [{ what: 'plans', year: '2026/27' }] },
      address: 'https://democracy.broxtowe.example/ieListDocuments.aspx?CId=229&MId=5347',
      listed: { uid: '5347', date: '2026-02-03', cancelled: false },
    });
    expect(after.find(({ date }) => date === '2026-04-14')).toMatchObject({ body: 'cabinet', considers: [], state: 'planned' });
    const again = run(file);
    // The first import taught where the council's Modern.Gov is: now the other addresses can be made.
    expect(again.stdout).toContain('address (none) → https://democracy.broxtowe.example/ieListDocuments.aspx?CId=230&MId=5348');
    const settled = await meetings();
    expect(run(file)).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing was written') as unknown });
    expect(await meetings()).toEqual(settled);
    expect(await inDatabase((em) => em.count(AuditEntry, { act: 'import meetings' }))).toBe(2);
  });

  it('moves and cancels nothing by itself, and says so', async () => {
    writeFileSync(file, CSV.replace('20/01/2026', '27/01/2026').replace('Cabinet,229,5349', 'CANCELLED: Cabinet,229,5349'));
    const { status, stdout } = run(file);
    expect(status).toBe(0);
    expect(stdout).toContain('Tuesday 20 January 2026: Overview and Scrutiny Committee: there on Tuesday 27 January 2026');
    expect(stdout).toContain('Cancelled in the calendar (they stay as they are)\n  Tuesday 14 April 2026: Cabinet');
    const now = await meetings();
    expect(now.find(({ body, date }) => body === 'overview-and-scrutiny' && date === '2026-01-20')?.listed).toMatchObject({
      date: '2026-01-27',
    });
    expect(now.find(({ date }) => date === '2026-04-14')).toMatchObject({ state: 'planned', listed: { cancelled: true } });
  });

  it.each([
    ['a file that is no calendar', 'a,b\n1,2\n', 1, 'headings “body” and “date”'],
    ['a file larger than 2 MB', ' '.repeat(2_200_000), 1, 'larger than 2 MB'],
  ])('refuses %s', (_, content, status, sentence) => {
    writeFileSync(file, content);
    expect(run(file)).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(sentence) as unknown });
  });

  it('ends as wrong usage without a file', () => {
    expect(run().status).toBe(2);
    expect(run('no-such-file.ics').status).toBe(2);
    expect(run(file, '--council', 'nowhere').status).toBe(1);
  });
});
