/** `plancycle compare A B`: tells what differs between two texts of a plan, from files or from the database. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '../../libs/config/paths.js';
import type { CompareOptions as CompareSettings } from '../../libs/domain/compare-plans.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import type { MeasureSettings } from '../../libs/domain/measure-settings.js';
import type { Post } from '../../libs/domain/posts.js';
import { givenPlan, type GivenPlan } from './given-plan.js';
import { readGivenFile } from './read-given-file.js';

interface CompareOptions {
  json?: boolean;
  sideBySide?: boolean;
  posts?: string;
  measures?: string;
  council?: string;
}

/** What is known beside the two plans, by whoever knows it. */
type Settings = Required<CompareSettings>;

/** Adds the command; data on the standard output, exit code 0 where nothing differs and 1 where something does. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('tell what differs between two texts of a plan')
    .argument('<before>', 'the earlier text: a file, or a stored plan such as 2025-26/community-safety or 2026-27/community-safety/v2')
    .argument('<after>', 'the later text, likewise')
    .option('--json', 'print the differences as JSON')
    .option('--side-by-side', 'print what was on the left and what is on the right')
    .option('--posts <file>', "the council's register of posts, to tell owners from comments and spellings from people")
    .option('--measures <file>', "the settings of the council's measures, to tell which way each should move")
    .option('--council <id>', 'the council, where several share the database')
    .action(comparePlansGiven);
}

async function comparePlansGiven(before: string, after: string, options: CompareOptions, command: Command): Promise<void> {
  if (options.json && options.sideBySide) command.error('error: --json and --side-by-side do not go together. Choose one of them.');
  const was = await givenPlan(before, { council: options.council }, command);
  const is = await givenPlan(after, { council: options.council }, command);
  for (const { name, remarks } of [was, is]) for (const { message } of remarks) process.stderr.write(`${name}: ${message}\n`);
  const [{ comparePlans }, { compareAsJson, compareAsText }] = await Promise.all([
    import('../../libs/domain/compare-plans.js'),
    import('./compare-output.js'),
  ]);
  const differences = comparePlans(was.plan, is.plan, await settingsFor([was, is], options, command));
  const { isTTY = false, columns = 120 } = process.stdout;
  const shown = { sideBySide: options.sideBySide ?? false, colours: isTTY && !process.env.NO_COLOR, width: columns };
  process.stdout.write(options.json ? compareAsJson(differences) : compareAsText(was.name, is.name, differences, shown));
  if (differences.length > 0) process.exitCode = 1;
}

/** The files that were named; else the council's own settings where a plan is stored; else those of the demonstration. */
async function settingsFor(plans: readonly GivenPlan[], options: CompareOptions, command: Command): Promise<Settings> {
  const { posts, measures, council } = options;
  const isStored = plans.some(({ planId }) => planId !== null);
  const known = isStored && (posts === undefined || measures === undefined) ? await settingsOfCouncil(council) : null;
  const fileOr = (given: string | undefined, name: string): Promise<Uint8Array> =>
    readGivenFile(given ?? join(projectRoot, 'docs/demonstration', name), command);
  return {
    register: known && posts === undefined ? known.register : await readRegister(await fileOr(posts, 'posts.json')),
    measures: known && measures === undefined ? known.measures : await readMeasures(await fileOr(measures, 'measure-settings.json')),
  };
}

async function settingsOfCouncil(councilId: string | undefined): Promise<Settings> {
  // Loaded only now: files need none of it.
  const [{ councilOf, withDatabase }, { ruleSettingsOf }] = await Promise.all([
    import('./database.js'),
    import('../../libs/database/rule-settings.js'),
  ]);
  return withDatabase(async (em) => {
    const { register, measures } = await ruleSettingsOf(em, (await councilOf(em, councilId)).id);
    return { register: register ?? [], measures: measures ?? [] };
  });
}

async function readRegister(bytes: Uint8Array): Promise<Post[]> {
  const [{ decodeText }, { readPosts }] = await Promise.all([
    import('../../libs/documents/decode-text.js'),
    import('../../libs/documents/read-posts.js'),
  ]);
  return readPosts(decodeText(bytes));
}

async function readMeasures(bytes: Uint8Array): Promise<MeasureSettings[]> {
  const [{ decodeText }, { readMeasureSettings }] = await Promise.all([
    import('../../libs/documents/decode-text.js'),
    import('../../libs/domain/measure-settings.js'),
  ]);
  return readMeasureSettings(asJson(decodeText(bytes)));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('unreadable', 'The settings of the measures are not JSON. Choose the file that holds the list of measures.');
  }
}
