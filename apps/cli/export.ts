/** `plancycle export PLAN|FILE --format …`: writes a stored plan, or one that a file holds, in the format that is wanted. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { FORMAT_FACTS, PLAN_FORMATS, type PlanFormat } from '../../libs/documents/plan-format.js';
import type { Finding } from '../../libs/domain/finding.js';
import { givenPlan } from './given-plan.js';

interface ExportOptions {
  format: PlanFormat;
  output?: string;
  council?: string;
}

/** Formats that no terminal can show. */
const BINARY: readonly PlanFormat[] = ['docx', 'xlsx'];

/** Adds the command; the file goes to the standard output unless a name is given, remarks about what was read to the other one. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('write a plan as text, web page, Word document, spreadsheet, CSV or JSON')
    .argument('<plan>', 'a file in any of these formats, or a stored plan: 2026-27/community-safety, with /v2 or /draft behind it')
    .addOption(new Option('--format <format>', 'what to write').choices(PLAN_FORMATS).makeOptionMandatory())
    .option('--output <file>', 'the file to write, in place of the standard output')
    .option('--council <id>', 'the council, where several share the database')
    .action(async (ref: string, { format, output, council }: ExportOptions, command: Command) => {
      if (output === undefined && BINARY.includes(format) && process.stdout.isTTY)
        command.error(
          `error: A ${FORMAT_FACTS[format].title} file cannot be shown in a terminal. Name a file with --output, such as --output plan${FORMAT_FACTS[format].extension}.`,
        );
      const { plan, remarks } = await givenPlan(ref, { council }, command);
      const { writePlanFile } = await import('../../libs/documents/write-plan-file.js');
      const bytes = await writePlanFile(plan, format);
      process.stderr.write(remarks.map(remarkLine).join(''));
      await (output === undefined ? print(bytes) : writeToFile(output, bytes, command));
    });
}

function remarkLine({ severity, message }: Finding): string {
  return `${severity}: ${message}\n`;
}

async function print(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

async function writeToFile(file: string, bytes: Uint8Array, command: Command): Promise<void> {
  await writeFile(file, bytes).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    command.error(`error: The file ${file} cannot be written (${code}). Check its name and folder, and whether you may write there.`);
  });
}
