/** `npm run test:kill`: the long run of kills, with a seed that repeats it; or `-- --outage 10`, each part in turn away for ten minutes. */
import { parseArgs } from 'node:util';
import { startCouncilInOutage } from './council-in-outage.js';
import { killRun } from './kill-run.js';
import { OUTAGES } from './outage-run.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' }, outage: { type: 'string' } },
});
if (values.outage === undefined) await manyKills(Number(values.kills), Number(values.seed ?? Math.floor(Math.random() * 1_000_000)));
else await longOutages(Number(values.outage));
process.exit(0);

async function manyKills(kills: number, seed: number): Promise<void> {
  tell(`seed ${seed}`);
  const decisions = await killRun({ kills, seed, tell });
  tell(`${decisions} decisions were acknowledged, and each of them stands.`);
}

async function longOutages(minutes: number): Promise<void> {
  if (!(minutes > 0)) throw new Error('Say for how many minutes each part is away, for example --outage 10.');
  const product = await startCouncilInOutage();
  try {
    for (const [part, outage] of OUTAGES) {
      tell(`the ${part} is away for ${minutes} minutes`);
      await outage(product, minutes * 60);
      tell(`the ${part} is back: everything that fell due and was decided counts once`);
    }
  } finally {
    await product.stop();
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
