/** What reading and checking the demonstration's plan costs. */
import { readFile } from 'node:fs/promises';
import { demonstrationPlanFile } from '../../libs/config/paths.js';
import { decodeText } from '../../libs/documents/decode-text.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { DEFAULT_SETTINGS, findingsOf } from '../../libs/domain/findings.js';
import { seedPosts } from '../support/seed-plan.js';
import { percentile, type Figure } from './figures.js';
import type { Part } from './part.js';

export const checkSeed: Part = async ({ quick }, tell) => {
  tell('reading and checking the seed');
  const bytes = await readFile(demonstrationPlanFile);
  const check = (): void => void findingsOf(readPlanText(decodeText(bytes)), { ...DEFAULT_SETTINGS, register: seedPosts });
  const first = cpuOf(check);
  const later = Array.from({ length: quick ? 5 : 50 }, () => cpuOf(check));
  const figure = (what: string, value: number): Figure => ({ part: 'check', what, value, unit: 'ms', goal: { atMost: 100 } });
  return [
    figure('read and check the seed, CPU, the first time', first),
    { ...figure('read and check the seed, CPU, p50', percentile(later, 0.5)), note: `of ${later.length}` },
  ];
};

/** User and system time in milliseconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
