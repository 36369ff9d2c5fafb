/** `plancycle roll-forward PLAN --to 2026/27`: tells what next year's plan would look like, or writes it for a plan in a file. */
import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { parseDay } from '../../libs/calendar/dates.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { parseFinancialYear } from '../../libs/domain/financial-year.js';
import { givenPlan, type GivenPlan } from './given-plan.js';
import type { RollForwardResult } from './roll-forward-output.js';

interface RollForwardOptions {
  to: string;
  finishedBy?: string;
  dryRun?: boolean;
  json?: boolean;
  output?: string;
  council?: string;
}

/** Adds the command; data on the standard output, exit code 1 for a year that the plan cannot be rolled forward to. */
export function addRollForwardCommand(program: Command): void {
  program
    .command('roll-forward')
    .description("make next year's plan from this year's, or tell what that would change")
    .argument('<plan>', 'a file that holds a plan, or a stored plan, for example 2025-26/community-safety')
    .requiredOption('--to <year>', 'the financial year that the new plan begins in, for example 2026/27', readYear)
    .option('--dry-run', 'write nothing, and tell what would come out')
    .option('--json', 'print the changes, the counts and the new plan as JSON')
    .option('--finished-by <date>', 'propose to remove actions due on or before this day, for example 2025-09-30', readDay)
    .option('--output <file>', 'where to write the new plan as text; the standard output unless given')
    .option('--council <id>', 'the council, where several share the database')
    .action(async (ref: string, options: RollForwardOptions, command: Command) => {
      if (options.output !== undefined && (options.dryRun || options.json))
        command.error('error: --output says where to write the new plan as text, so it goes with neither --dry-run nor --json.');
      const given = await givenPlan(ref, { council: options.council }, command);
      await rollPlanForward(given, options);
    });
}

function readYear(text: string): string {
  try {
    return parseFinancialYear(text.replace('-', '/'));
  } catch {
    throw new InvalidArgumentError('Write the financial year like 2026/27.');
  }
}

function readDay(text: string): string {
  try {
    return parseDay(text).toString();
  } catch {
    throw new InvalidArgumentError('Write the day like 2025-09-30.');
  }
}

async function rollPlanForward(
  given: GivenPlan,
  { to, finishedBy, dryRun = false, json = false, output }: RollForwardOptions,
): Promise<void> {
  if (given.planId !== null && !dryRun)
    throw new DomainError(
      'not-now',
      `Opening the cycle for ${to} rolls stored plans forward, and makes each its leader's draft. Add --dry-run to see what would come out.`,
    );
  const [{ rollForward }, { countPlan }, { rollForwardAsJson, rollForwardAsText }] = await Promise.all([
    import('../../libs/domain/roll-forward.js'),
    import('../../libs/domain/count-plan.js'),
    import('./roll-forward-output.js'),
  ]);
  for (const { message } of given.remarks) process.stderr.write(`${message}\n`);
  const rolled = rollForward(given.plan, { to, finishedBy });
  const counts = { before: countPlan(given.plan), after: countPlan(rolled.plan) };
  const result: RollForwardResult = { name: given.name, to, dryRun, counts, ...rolled };
  if (json) process.stdout.write(rollForwardAsJson(result));
  else if (dryRun) process.stdout.write(rollForwardAsText(result));
  else await writeRolled(result, output, rollForwardAsText);
}

/** The plan goes where it is wanted; where that is a file, the standard output has room to tell what changed. */
async function writeRolled(
  result: RollForwardResult,
  output: string | undefined,
  asText: (result: RollForwardResult) => string,
): Promise<void> {
  const { writePlanText } = await import('../../libs/documents/write-plan-text.js');
  const text = writePlanText(result.plan);
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(output, text).catch((error: unknown) => {
    throw new DomainError(
      'invalid',
      `The file ${output} cannot be written (${String(error instanceof Error && 'code' in error ? error.code : error)}).`,
    );
  });
  process.stdout.write(`${asText(result)}\nThe new plan is in ${output}.\n`);
}
