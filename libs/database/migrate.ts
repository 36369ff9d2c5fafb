/** Brings a database up to date; run by the command line, never by a server's start. */
import { openDatabase } from './orm.js';

/** Applies every migration that the database has not seen yet. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const orm = await openDatabase(databaseUrl);
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}
