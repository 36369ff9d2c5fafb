/** `plancycle rules` as a process: the list of what a plan is checked for. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildFolder } from '../../libs/config/paths.js';
import { RULES } from '../../libs/domain/findings.js';

function rules(...args: string[]) {
  return spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'rules', ...args], { encoding: 'utf8' });
}

describe('listing the rules', () => {
  it('prints each with its severity, title and explanation as JSON', () => {
    const { status, stdout, stderr } = rules('--json');
    const result = JSON.parse(stdout) as { rules: Record<string, string>[] };
    expect([status, stderr, Object.keys(result)]).toEqual([0, '', ['rules']]);
    expect(result.rules).toHaveLength(RULES.length);
    expect(Object.keys(result.rules[0] ?? {})).toEqual(['rule', 'severity', 'title', 'explanation']);
    expect(result.rules.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'percentage-out-of-range',
      'repeated-action-code',
      'placeholder-code',
      'no-target-date',
      'no-first-year-target',
    ]);
  });

  it('prints them for people, with whom they stop', () => {
    const { status, stdout } = rules();
    expect(status).toBe(0);
    expect(stdout).toContain('Errors (5): each stops the submission of a draft');
    expect(stdout).toMatch(/Notes \(\d+\): each is shown to everybody who works on the plan, and stops\s+nobody\./);
    expect(stdout).toContain('  A code that is still to be given (placeholder-code)\n    A code such as “ComS_NEW”');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(110);
  });

  it('takes no other words', () => {
    expect(rules('--xml').status).toBe(2);
  });
});
