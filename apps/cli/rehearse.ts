/** `plancycle rehearse --year 2028/29`: the whole year on a skipped clock, with every e-mail, deadline and decision, and nothing real touched. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDay } from '../../libs/calendar/dates.js';
import { parseFinancialYear } from '../../libs/domain/financial-year.js';
import { ASKED_SCENARIOS, type RehearsedEvent } from '../../libs/domain/rehearsal.js';
import { findDatabaseUrl } from './database.js';
import type { RehearsalAsked } from './rehearsal/perform.js';

interface RehearseOptions extends Pick<RehearsalAsked, 'scenario'> {
  year?: string;
  until?: string;
  council?: string;
  change?: NonNullable<RehearsalAsked['council']>['change'];
  random?: number;
  seed?: number;
  json?: boolean;
}

/** Adds the command; events on the standard output, the day that it has come to on the standard error. */
export function addRehearseCommand(program: Command): void {
  program
    .command('rehearse')
    .description('play a whole year in seconds, with every e-mail, deadline and decision of it; nothing real is touched')
    .option('--year <year>', 'the financial year of the plans, for example 2028/29', readYear)
    .addOption(new Option('--scenario <name>', 'what people do').choices(ASKED_SCENARIOS).default('on-time'))
    .option('--until <date>', 'only up to this day, for example 2028-04-01', readDay)
    .option('--council <id>', 'a council of the database as it is now, instead of the demonstration’s')
    .addOption(new Option('--change <json>', 'a meeting that is changed first, as the workflow takes it').argParser(readChange).hideHelp())
    .addOption(
      new Option('--random <n>', 'so many years of random mishaps instead, each checked afterwards')
        .argParser(readCount)
        .conflicts(['year', 'scenario', 'until', 'council', 'change']),
    )
    .option('--seed <s>', 'where the random years begin; the same gives the same', readSeed)
    .option('--json', 'print the events as JSON')
    .action(async (options: RehearseOptions, command: Command) => {
      if (options.random === undefined && options.year === undefined) command.error('error: give --year, or --random', { exitCode: 2 });
      if (options.random === undefined && options.seed !== undefined)
        command.error('error: --seed goes with --random only', { exitCode: 2 });
      if (options.random !== undefined) await rehearseAtRandom(options.random, options.seed ?? 1, options.json ?? false);
      else await rehearseOne({ ...options, year: options.year ?? '' });
    });
}

async function rehearseOne({ year, scenario, until, council, change, json }: RehearseOptions & { year: string }): Promise<void> {
  const [{ endWhenTold }, { openStage }, { perform }] = await Promise.all([
    import('./rehearsal/ended-early.js'),
    import('./rehearsal/stage.js'),
    import('./rehearsal/perform.js'),
  ]);
  endWhenTold();
  const real =
    council === undefined ? {} : { council: { id: council, databaseUrl: await findDatabaseUrl(), ...(change ? { change } : {}) } };
  const stage = await openStage();
  try {
    const events = await perform(stage, { year, scenario, until, ...real, tell: createProgress() });
    process.stdout.write(json ? `${JSON.stringify({ year, events }, null, 2)}\n` : await asText(year, events));
  } finally {
    await stage.close();
  }
}

async function rehearseAtRandom(count: number, seed: number, json: boolean): Promise<void> {
  const [{ endWhenTold }, { rehearseRandomYears }] = await Promise.all([
    import('./rehearsal/ended-early.js'),
    import('./rehearsal/random-years.js'),
  ]);
  endWhenTold();
  const runs = await rehearseRandomYears(count, seed, (line) => process.stderr.write(`${line}\n`));
  const bad = runs.filter(({ violations }) => violations.length > 0);
  process.stdout.write(json ? `${JSON.stringify({ runs }, null, 2)}\n` : `${runs.map(runAsText).join('\n')}\n`);
  for (const run of bad) process.stderr.write(`To repeat it: npm run -s plancycle -- rehearse --random 1 --seed ${run.seed}\n`);
  if (bad.length > 0) process.exitCode = 1;
}

function runAsText({
  seed,
  published,
  alarmed,
  events,
  violations,
}: {
  seed: number;
  published: boolean;
  alarmed: boolean;
  events: number;
  violations: string[];
}): string {
  const end = published ? 'published in time' : alarmed ? 'not published in time, and a named person was told' : 'not published in time';
  return [`${seed}: ${end}, ${events} events`, ...violations.map((violation) => `  ${violation}`)].join('\n');
}

/** Tells a day once, however often the rehearsal stops in it. */
function createProgress(): (today: string) => void {
  let last = '';
  return (today) => {
    if (today !== last) process.stderr.write(`${today}\n`);
    last = today;
  };
}

async function asText(year: string, events: readonly RehearsedEvent[]): Promise<string> {
  const [{ londonDay, londonTime }, { weekdayInWords }] = await Promise.all([
    import('../../libs/calendar/council-clock.js'),
    import('../../libs/calendar/dates.js'),
  ]);
  const days = Map.groupBy(events, ({ at }) => londonDay(new Date(at)));
  const lines = [...days].flatMap(([day, those]) => [
    '',
    weekdayInWords(day),
    ...those.map(
      ({ at, kind, plan, who, what }) => `  ${londonTime(new Date(at))}  ${kind.padEnd(11)} ${who}: ${what}${plan ? ` [${plan}]` : ''}`,
    ),
  ]);
  return `Business plans ${year}: ${events.length} events\n${lines.join('\n')}\n`;
}

function readYear(text: string): string {
  try {
    return parseFinancialYear(text.replace('-', '/'));
  } catch {
    throw new InvalidArgumentError('Write the financial year like 2028/29.');
  }
}

function readDay(text: string): string {
  try {
    return parseDay(text).toString();
  } catch {
    throw new InvalidArgumentError('Write the day like 2028-04-01.');
  }
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) throw new InvalidArgumentError('Give a whole number from 1 to 10000.');
  return count;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 4_294_967_295) throw new InvalidArgumentError('Give a whole number from 0 on.');
  return seed;
}

function readChange(text: string): RehearseOptions['change'] {
  try {
    return JSON.parse(text) as RehearseOptions['change'];
  } catch {
    throw new InvalidArgumentError('Write the change as JSON.');
  }
}
