/** `plancycle import-meetings FILE`: brings the council's own calendar of meetings in, or tells what that would do. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { CalendarImport } from '../../libs/database/import-calendar.js';
import type { CalendarSummary } from '../../libs/calendar/calendar-summary.js';
import { readGivenFile } from './read-given-file.js';

interface ImportMeetingsOptions {
  council?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** What an import did, or would do. */
export interface ImportedMeetings extends CalendarSummary, Pick<CalendarImport, 'clashes'> {
  /** How many meetings are added or have something new noted; 0 where this calendar was taken over before. */
  changes: number;
  dryRun: boolean;
}

/** Adds the command; data go to the standard output, a refusal ends with 1. A day that disagrees is told, not refused. */
export function addImportMeetingsCommand(program: Command): void {
  program
    .command('import-meetings')
    .description("bring the council's own calendar of meetings in: new meetings, times, places and addresses; days that disagree are told")
    .argument('<file>', 'the calendar: iCalendar (.ics), CSV or JSON, as Modern.Gov gives it out')
    .option('--council <id>', 'the council, where several share the database')
    .option('--dry-run', 'write nothing, and tell what would happen')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ImportMeetingsOptions, command: Command) => {
      const bytes = await readGivenFile(file, command);
      const result = await importFile(file, bytes, options);
      const { importedAsText } = await import('./import-meetings-output.js');
      process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : importedAsText(file, result));
    });
}

async function importFile(
  file: string,
  bytes: Uint8Array,
  { council: councilId, dryRun = false }: ImportMeetingsOptions,
): Promise<ImportedMeetings> {
  // Loaded only now: the other commands need none of it.
  const [{ councilOf, withDatabase }, { comparedCalendar, importCalendar, knownSite }, { readMeetings }, { summaryOf }] = await Promise.all(
    [
      import('./database.js'),
      import('../../libs/database/import-calendar.js'),
      import('../../libs/documents/read-meetings.js'),
      import('../../libs/calendar/calendar-summary.js'),
    ],
  );
  const sourceSha256 = createHash('sha256').update(bytes).digest('hex');
  return withDatabase((em) =>
    em.transactional(async (inside) => {
      const council = await councilOf(inside, councilId);
      const entries = readMeetings(bytes, { site: await knownSite(inside, council.id) });
      const by = { personId: null, at: council.clock.now(), keeps: () => true };
      const compared = dryRun
        ? await comparedCalendar(inside, council, { entries }, by)
        : await importCalendar(inside, council, { entries, fileName: basename(file), sourceSha256 }, by);
      return { dryRun, changes: compared.changes, ...summaryOf(compared, council.settings.bodies), clashes: compared.clashes };
    }),
  );
}
