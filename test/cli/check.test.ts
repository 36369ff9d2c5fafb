/** `plancycle check` as a process: what it prints and how it ends. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFolder, demonstrationPlanFile, projectRoot } from '../../libs/config/paths.js';
import type { PlanFormat } from '../../libs/documents/plan-format.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import { seedPlan, seedText } from '../support/seed-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'plancycle-check-'));

function check(...args: string[]) {
  return spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'check', ...args], { encoding: 'utf8' });
}

function fileWith(content: string | Uint8Array): string {
  const file = join(folder, `plan-${Math.random().toString(36).slice(2)}.txt`);
  writeFileSync(file, content);
  return file;
}

/** The seed without its four errors. */
const MENDED = seedText
  .replace('103 103%', '103 67%')
  .replace('ComS_NEW', 'ComS_050')
  .replace('off road bikes) BCRP', 'off road bikes) BCRP_01')
  .replace('Licencing Manager\t', 'Licencing Manager March 2026\t');

describe('checking a plan', () => {
  it('prints counts and findings as JSON and ends with 1 where there are errors', () => {
    const { status, stdout, stderr } = check(demonstrationPlanFile, '--json');
    const result = JSON.parse(stdout) as { counts: object; findings: { severity: string }[] };
    expect([status, stderr]).toEqual([1, '']);
    expect(Object.keys(result)).toEqual(['counts', 'findings']);
    expect(result.counts).toEqual({
      csiObjectives: 3,
      csiIndicators: 9,
      kpiRows: 6,
      compositeRows: 3,
      measures: 18,
      actions: 32,
      budgetLines: 4,
    });
    expect(Object.keys(result.findings[0] ?? {})).toEqual(['rule', 'severity', 'line', 'code', 'column', 'message']);
    expect(result.findings.filter(({ severity }) => severity === 'error')).toHaveLength(4);
  });

  it('prints a summary for people with lines and sentences', () => {
    const { status, stdout } = check(demonstrationPlanFile);
    expect(status).toBe(1);
    expect(stdout).toContain('3 outcome objectives with 9 critical success indicators');
    expect(stdout).toMatch(/4 errors\n {2}line 71: ComS_014d has 103%/);
  });

  it('checks officers against a register of posts', () => {
    const posts = join(projectRoot, 'docs/demonstration/posts.json');
    expect(check(demonstrationPlanFile, '--posts', posts).stdout).toContain(
      '“Communities Officer Equalities and Vulnerabilities” is not in the register',
    );
    const { status, stderr } = check(demonstrationPlanFile, '--posts', fileWith('{"title": 3}'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('not a list of posts')]);
  });

  it('ends with 0 where there are no errors', () => {
    expect(check(fileWith(MENDED)).status).toBe(0);
  });

  it.each<PlanFormat>(['html', 'docx', 'xlsx', 'csv', 'json'])('reads every format: %s', async (format) => {
    const { status, stdout, stderr } = check(fileWith(await writePlanFile(seedPlan(), format)), '--json');
    const { counts, findings } = JSON.parse(stdout) as { counts: object; findings: { severity: string; rule: string }[] };
    expect([status, stderr]).toEqual([1, '']);
    expect(Object.values(counts)).toEqual([3, 9, 6, 3, 18, 32, 4]);
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(4);
  });

  it('has what reading had to ask about among its findings', () => {
    const file = fileWith(
      Buffer.from('A plan\n\nMeasure\tActual 2023/24\tTarget 2025/26\tOwner\nFines of £50 (A_1)\t3\t2\tHead of Fines\n', 'latin1'),
    );
    const { findings } = JSON.parse(check(file, '--json').stdout) as { findings: object[] };
    expect(findings[0]).toEqual({
      rule: 'encoding-guessed',
      severity: 'warning',
      line: 4,
      code: null,
      column: null,
      message: expect.stringContaining('Windows-1252') as unknown,
    });
    expect(check(file).stdout).toMatch(/warnings?\n {2}line 4: The file does not say how its characters are stored/);
  });

  it('ends with 1 where a plan was changed after it was exported', async () => {
    const text = new TextDecoder().decode(await writePlanFile(seedPlan(), 'json'));
    const { stdout } = check(fileWith(text.replace('7,162', '7,163')));
    expect(stdout).toMatch(/5 errors\n {2}whole plan: The plan in this file is not the one that was exported/);
  });

  it('refuses a huge file by its size, and an endless one when it has come to that', () => {
    const huge = fileWith('');
    truncateSync(huge, 300 * 1024 * 1024);
    for (const file of [huge, '/dev/zero']) {
      const { status, stdout, stderr } = check(file);
      expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^This file is larger than 20 MB.*\n$/)]);
    }
  });

  it.each([
    ['an empty file', ''],
    ['a binary file', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00])],
    ['a file in an encoding that cannot be told', new Uint8Array([0xa3, 0x34, 0x81, 0x6b])],
    ['a PDF', '%PDF-1.7\n'],
    [
      'a Word document with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['a file without a plan', 'Dear Sir,\n'],
  ])('refuses %s with one sentence and ends with 1', (_what, content) => {
    const { status, stdout, stderr } = check(fileWith(content), '--json');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['no file', []],
    ['a file that is not there', [join(folder, 'nothing.txt')]],
    ['a folder', [folder]],
    ['an option that it does not know', [demonstrationPlanFile, '--xml']],
  ])('ends with 2 when given %s', (_what, args) => {
    const { status, stdout, stderr } = check(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });
});
