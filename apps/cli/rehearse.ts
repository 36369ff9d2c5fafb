/** `plancycle rehearse --year 2028/29`: the whole year on a skipped clock, with every e-mail, deadline and decision, and nothing written. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseFinancialYear } from '../../libs/domain/financial-year.js';
import { SCENARIOS, scenarios, TITLES, type ScenarioName } from './rehearsal/scenario.js';
import type { RehearsedEvent } from './rehearsal/timeline.js';

interface RehearseOptions {
  year: string;
  scenario: ScenarioName | 'all';
  json?: boolean;
}

/** Adds the command. */
export function addRehearseCommand(program: Command): void {
  program
    .command('rehearse')
    .description('play a whole year in seconds, with every e-mail, deadline and decision of it; nothing real is touched')
    .requiredOption('--year <year>', 'the financial year of the plans, for example 2028/29', readYear)
    .addOption(new Option('--scenario <name>', 'what people do').choices([...SCENARIOS, 'all']).default('on-time'))
    .option('--json', 'print the events as JSON')
    .action(async ({ year, scenario, json }: RehearseOptions) => {
      const events = await rehearse(year, scenario, (today) => process.stderr.write(`${today}\n`));
      process.stdout.write(json ? `${JSON.stringify({ year, events }, null, 2)}\n` : asText(year, events));
    });
}

function readYear(text: string): string {
  try {
    return parseFinancialYear(text.replace('-', '/'));
  } catch {
    throw new InvalidArgumentError('Write the financial year like 2028/29.');
  }
}

async function rehearse(year: string, scenario: ScenarioName | 'all', tell: (today: string) => void): Promise<RehearsedEvent[]> {
  const [
    { quietenRuntime },
    { openStage },
    { startYear },
    { writeRehearsedCouncil },
    { rehearseYear },
    { timelineOf },
    { demonstrationCouncil },
  ] = await Promise.all([
    import('./rehearsal/quiet-runtime.js'),
    import('./rehearsal/stage.js'),
    import('./rehearsal/running-year.js'),
    import('./rehearsal/rehearsed-council.js'),
    import('./rehearsal/rehearse-year.js'),
    import('./rehearsal/timeline.js'),
    import('./demonstration/write-council.js'),
  ]);
  quietenRuntime();
  const names = scenario === 'all' ? SCENARIOS : [scenario];
  const stage = await openStage();
  try {
    const running = await startYear(await stage.newDatabase());
    try {
      const titles = scenario === 'all' ? names.map((name) => TITLES[name]) : [TITLES['on-time']];
      const now = await running.now();
      const plans = await running.orm.em.fork().transactional((em) => writeRehearsedCouncil(em, year, titles, now));
      const nameOf = (slug: string): ScenarioName => names[plans.findIndex((plan) => plan.slug === slug)] ?? 'on-time';
      await rehearseYear(running, { year, councilId: demonstrationCouncil, scenarioOf: (slug) => scenarios[nameOf(slug)], tell });
      return await timelineOf(running.orm.em.fork(), demonstrationCouncil, running.mail);
    } finally {
      await running.close();
    }
  } finally {
    await stage.close();
  }
}

function asText(year: string, events: readonly RehearsedEvent[]): string {
  const lines = events.map(({ at, kind, plan, who, what }) => `${at}  ${kind.padEnd(11)} ${plan ?? '-'}  ${who}: ${what}`);
  return `Business plans ${year}\n${lines.join('\n')}\n`;
}
