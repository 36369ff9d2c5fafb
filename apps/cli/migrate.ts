/** `plancycle migrate`: brings the database of an installation up to date, before its servers start. */
import type { Command } from 'commander';

/** Adds the command; of the servers' settings it needs the database alone. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database in DATABASE_URL up to date')
    .action(async () => {
      // Loaded only now: the other commands need none of it.
      const [{ findDatabaseUrl, withDatabase }, { migrateDatabase }] = await Promise.all([
        import('./database.js'),
        import('../../libs/database/migrate.js'),
      ]);
      // Asked first, so that a database that is away is told in a sentence.
      await withDatabase(() => Promise.resolve());
      await migrateDatabase(await findDatabaseUrl());
    });
}
