#!/usr/bin/env node
/** The command line `plancycle`: wires the commands; what each does stands in its own file. */
import { Command, CommanderError } from 'commander';
import { DomainError } from '../../libs/domain/domain-error.js';
import { addBounceCommand } from './bounce.js';
import { addCheckCommand } from './check.js';
import { addCompareCommand } from './compare.js';
import { addExportCommand } from './export.js';
import { addImportCommand } from './import.js';
import { addImportMeetingsCommand } from './import-meetings.js';
import { addInboxCommand } from './inbox.js';
import { addMigrateCommand } from './migrate.js';
import { addRollForwardCommand } from './roll-forward.js';
import { addRehearseCommand } from './rehearse.js';
import { addRulesCommand } from './rules.js';
import { addStartCommand } from './start.js';
import { addTimetableCommand } from './timetable.js';
import { addTokenCommand } from './token.js';
import { addVerifyCommand } from './verify.js';

/** Exit codes: 0 fine; 1 errors among the findings, a difference, or a refusal; 2 wrong usage (architecture.md, Errors). */
async function main(): Promise<void> {
  const program = new Command('plancycle')
    .description("Runs a council's annual business plan cycle: drafting, review, approval, publication and quarterly monitoring.")
    .showHelpAfterError('(add --help for what can be said)')
    .exitOverride();
  addStartCommand(program);
  addMigrateCommand(program);
  addInboxCommand(program);
  addBounceCommand(program);
  addCheckCommand(program);
  addCompareCommand(program);
  addImportCommand(program);
  addImportMeetingsCommand(program);
  addExportCommand(program);
  addRollForwardCommand(program);
  addRehearseCommand(program);
  addRulesCommand(program);
  addTimetableCommand(program);
  addTokenCommand(program);
  addVerifyCommand(program);
  await program.parseAsync();
}

try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; asking for help or for the version is no mistake.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof DomainError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
