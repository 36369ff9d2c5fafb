/** `npm run bench`: measures the product on this machine and shows each figure beside its goal. No test asserts a time; this shows them. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { approvalCycles } from './approval-cycles.js';
import { checkSeed } from './check-seed.js';
import { compare } from './compare.js';
import { decisions } from './decisions.js';
import { asTable, type Figure } from './figures.js';
import { growth } from './growth.js';
import type { Part } from './part.js';
import { processes } from './processes.js';
import { startUp } from './start-up.js';

const PARTS: Record<string, Part> = {
  check: checkSeed,
  compare,
  'start-up': startUp,
  processes,
  decisions,
  cycles: approvalCycles,
  growth,
};

const usage = `npm run bench -- [options]
  --quick        a short run, to see that everything works
  --only NAME    one part only (may be repeated): ${Object.keys(PARTS).join(', ')}
  --cycles N     watch the memory over so many approval cycles (200)
  --json         print JSON instead of a table
  --output FILE  write the JSON into a file as well`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    cycles: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    output: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const cycles = Number(values.cycles);
const unknown = values.only.filter((name) => !(name in PARTS));
if (values.help || unknown.length > 0 || !Number.isInteger(cycles) || cycles < 1) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}

const startedAt = performance.now();
const figures: Figure[] = [];
for (const [name, part] of Object.entries(PARTS)) {
  if (values.only.length > 0 && !values.only.includes(name)) continue;
  const tell = (line: string): void => void process.stderr.write(`${elapsed()}  ${name}: ${line}\n`);
  figures.push(...(await part({ quick: values.quick, cycles }, tell)));
}

const machine = {
  processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memoryGB: Math.round(totalmem() / 1e9),
  node: process.version,
  system: `${process.platform} ${process.arch}`,
};
const json = `${JSON.stringify({ measuredAt: new Date().toISOString(), quick: values.quick, machine, figures }, null, 2)}\n`;
if (values.output !== undefined) writeFileSync(values.output, json);
const ran = `${machine.processors}, ${machine.memoryGB} GB, Node ${machine.node}, ${machine.system}; took ${elapsed()}`;
process.stdout.write(
  values.json ? json : `${asTable(figures)}\n\n${ran}${values.quick ? '; a quick run, whose figures say little' : ''}\n`,
);
process.exit(0);

function elapsed(): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`;
}
