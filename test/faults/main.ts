/** `npm run test:kill`: the long run of kills, with a seed that repeats it. */
import { parseArgs } from 'node:util';
import { killRun } from './kill-run.js';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
process.stdout.write(`seed ${seed}\n`);
const decisions = await killRun({ kills: Number(values.kills), seed, tell: (line) => process.stdout.write(`${line}\n`) });
process.stdout.write(`${decisions} decisions were acknowledged, and each of them stands.\n`);
process.exit(0);
