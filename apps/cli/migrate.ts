/** `plancycle migrate`: brings the database of an installation up to date, before its servers start. */
import type { Command } from 'commander';
import { readEnvironment } from '../../libs/config/environment.js';

/** Adds the command; it takes the same settings as the servers. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database in DATABASE_URL up to date')
    .action(async () => {
      const { DATABASE_URL } = readEnvironment();
      // Loaded only now: the other commands need none of it.
      const { migrateDatabase } = await import('../../libs/database/migrate.js');
      await migrateDatabase(DATABASE_URL);
    });
}
