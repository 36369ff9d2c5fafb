/** The database that a command works with: the one in DATABASE_URL, else that of a running `npm start`. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { readDatabaseUrl } from '../../libs/config/environment.js';
import { dataFolder } from '../../libs/config/paths.js';
import { councilAtWork, type CouncilAtWork } from '../../libs/database/council-at-work.js';
import { Council } from '../../libs/database/entities/council.js';
import { openDatabase } from '../../libs/database/orm.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { isListening } from '../../libs/processes/free-port.js';
import { databaseUrlIn } from './start/state-folder.js';

/**
 * The address of the database.
 * @throws DomainError 'invalid' when DATABASE_URL is no such address; 'not-now' when there is none and nothing runs here
 */
export async function findDatabaseUrl(): Promise<string> {
  const given = readDatabaseUrl();
  if (given) return checkedUrl(given);
  const builtIn = databaseUrlIn(dataFolder);
  if (builtIn && (await isListening('127.0.0.1', builtIn.port))) return builtIn.url;
  throw new DomainError('not-now', 'There is no database to work with: set DATABASE_URL, or run npm start in another terminal first.');
}

function checkedUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return given;
  throw new DomainError(
    'invalid',
    'DATABASE_URL is not the address of a database. Write it like postgres://user:password@host:5432/plancycle.',
  );
}

/**
 * Does a command's work on the database and closes it.
 * @throws DomainError 'not-now' when the database does not answer
 */
export async function withDatabase<Result>(work: (em: EntityManager) => Promise<Result>): Promise<Result> {
  const orm = await openDatabase(await findDatabaseUrl());
  try {
    await orm.em.fork().execute('select 1').catch(refuseSilentDatabase);
    return await work(orm.em.fork());
  } finally {
    await orm.close(true);
  }
}

function refuseSilentDatabase(error: unknown): never {
  const reason = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  throw new DomainError('not-now', `The database cannot be used (${reason}): start it, or correct DATABASE_URL.`);
}

/**
 * The council that a command is for.
 * @param id what was given; needed only where several councils share the database
 * @throws DomainError 'not-found' or 'invalid'
 */
export async function councilOf(em: EntityManager, id: string | undefined): Promise<CouncilAtWork> {
  if (id !== undefined) return councilAtWork(em, id, Date.now);
  const [only, another] = await em.find(Council, {}, { orderBy: { id: 'asc' } });
  if (!only) throw new DomainError('not-found', 'No council is set up in this database yet.');
  if (another) throw new DomainError('invalid', 'Several councils share this database: name one with --council.');
  return councilAtWork(em, only.id, Date.now);
}
