/** `plancycle import FILE`: brings a plan from another year's papers into the database, or tells what that would do. */
import { basename } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { CheckResult } from './check-output.js';
import { financialYearId } from '../../libs/domain/financial-year.js';
import { readGivenFile } from './read-given-file.js';

interface ImportOptions {
  /** '2025-26' */
  year: string;
  council?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** What an import did, or would do. */
export interface ImportResult extends CheckResult {
  title: string;
  slug: string;
  year: string;
  version: number;
  /** False where this very file is the newest version already. */
  isNew: boolean;
  dryRun: boolean;
}

/** Adds the command; data go to the standard output, a refusal ends with 1. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description("bring a plan from a year's committee papers into the database, as a version of its own")
    .argument('<file>', 'the plan: plain text with tabs, a web page, a Word document, a spreadsheet, CSV or JSON')
    .requiredOption('--year <year>', 'the financial year that the plan is of, for example 2025/26', readYear)
    .option('--council <id>', 'the council, where several share the database')
    .option('--dry-run', 'write nothing, and tell what would happen')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const bytes = await readGivenFile(file, command);
      const { importAsJson, importAsText } = await import('./import-output.js');
      const result = await importFile(file, bytes, options);
      process.stdout.write(options.json ? importAsJson(result) : importAsText(file, result));
    });
}

function readYear(text: string): string {
  try {
    return financialYearId(text);
  } catch {
    throw new InvalidArgumentError('Write the financial year like 2025/26.');
  }
}

/** A dry run does the same work and takes all of it back. */
async function importFile(
  file: string,
  bytes: Uint8Array,
  { year, council: councilId, dryRun = false }: ImportOptions,
): Promise<ImportResult> {
  // Loaded only now: the other commands need none of it.
  const [{ councilOf, withDatabase }, { importPlan }, { appendToAuditTrail }, { checkOf }] = await Promise.all([
    import('./database.js'),
    import('../../libs/database/import-plan.js'),
    import('../../libs/database/audit-trail.js'),
    import('./import-check.js'),
  ]);
  return withDatabase(async (em) => {
    await em.begin();
    try {
      const council = await councilOf(em, councilId);
      const at = council.clock.now();
      const plan = await importPlan(em, { councilId: council.id, year, fileName: basename(file), bytes, at });
      const { slug, versionNumber, isNew, sourceSha256, content, remarks } = plan;
      const checked = await checkOf(em, council.id, content);
      if (isNew)
        await appendToAuditTrail(em, {
          councilId: council.id,
          at,
          personId: null,
          act: 'import plan',
          subject: `plan ${year} ${slug}`,
          details: { version: versionNumber, file: basename(file), sha256: sourceSha256 },
        });
      await (dryRun ? em.rollback() : em.commit());
      return { ...checked, remarks, title: content.title, slug, year, version: versionNumber, isNew, dryRun };
    } catch (error) {
      if (em.isInTransaction()) await em.rollback();
      throw error;
    }
  });
}
