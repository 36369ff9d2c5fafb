import { describe, expect, it } from '@jest/globals';
import { killRun } from './kill-run.js';

describe('killed without warning while decisions come in', () => {
  it('loses nothing that was acknowledged, whatever was killed', async () => {
    const seed = Math.floor(Math.random() * 1_000_000);
    const lines: string[] = [`seed ${seed}; repeat with: npm run test:kill -- --kills 6 --seed ${seed}`];
    try {
      expect(await killRun({ kills: 6, seed, tell: (line) => lines.push(line) })).toBeGreaterThanOrEqual(12);
    } catch (error) {
      throw new Error(lines.join('\n'), { cause: error });
    }
  }, 300_000);
});
