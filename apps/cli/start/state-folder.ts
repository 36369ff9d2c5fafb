/** What `plancycle start` keeps between runs in `.data`: data, logs, secrets, ports, and notes of what runs. */
import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { stopLeftOverDatabase } from '../../../libs/database/embedded-server.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findFreePort, isPortFree } from '../../../libs/processes/free-port.js';
import { meansFullDisk } from '../../../libs/processes/full-disk.js';
import { endNotedProcess, findNotedProcess, removePidFile, writePidFile } from '../../../libs/processes/pid-file.js';
import { commandOf } from '../../../libs/processes/running-process.js';

const portsShape = z.object({ postgres: z.int(), temporal: z.int(), temporalUi: z.int(), inbox: z.int() });
const secretsShape = z.object({ databasePassword: z.string().min(16), sessionSecret: z.string().min(32) });

/** The ports of the inner parts; people see only the pages' own. */
export type InnerPorts = z.infer<typeof portsShape>;

/** Made up once for this folder; nobody needs to know them. */
export type Secrets = z.infer<typeof secretsShape>;

/** Where everything lies; `pids` holds a note for each running server. */
export interface StateFolder {
  root: string;
  postgres: string;
  temporalFile: string;
  mail: string;
  logs: string;
  pids: string;
}

/**
 * Makes the folder if need be.
 * @throws DomainError invalid when it cannot be made or written to
 */
export function openStateFolder(folder: string): StateFolder {
  const root = resolve(folder);
  const state = {
    root,
    postgres: join(root, 'postgres'),
    temporalFile: join(root, 'temporal.db'),
    mail: join(root, 'mail'),
    logs: join(root, 'logs'),
    pids: join(root, 'running'),
  };
  try {
    const isNew = mkdirSync(root, { recursive: true }) !== undefined;
    // PostgreSQL may run as another user, who must be able to pass; what is secret inside has rights of its own.
    if (isNew) chmodSync(root, 0o755);
    for (const part of [state.mail, state.logs, state.pids]) mkdirSync(part, { recursive: true });
    accessSync(root, constants.W_OK);
  } catch (error) {
    if (meansFullDisk(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError(
      'invalid',
      `${root} cannot hold the data (${reason}): choose a folder that this user may write to, for example with --data.`,
    );
  }
  return state;
}

/**
 * Claims the folder for this process until the returned function is called.
 * @throws DomainError not-now when another start has it
 */
export async function lockStateFolder(state: StateFolder): Promise<() => void> {
  const file = join(state.root, 'start.pid');
  const other = await findNotedProcess(file);
  if (other) {
    const advice = `use that one, end it with Ctrl-C where it runs or with "kill ${other.pid}", or start another beside it with --data and PORT`;
    throw new DomainError('not-now', `Plancycle already runs on ${state.root} (process ${other.pid}): ${advice}.`);
  }
  rmSync(file, { force: true });
  writePidFile(file, process.pid, await commandOf(process.pid), true);
  return () => removePidFile(file, process.pid);
}

/** Ends servers that a killed run has left behind, the last started first, so that their ports and files are free. */
export async function endLeftOvers(state: StateFolder): Promise<void> {
  await Promise.all(readdirSync(state.pids).map((name) => endNotedProcess(join(state.pids, name))));
  await stopLeftOverDatabase(state.postgres);
}

/** The ports of the last time, each replaced if something else has taken it since. */
export async function choosePorts(state: StateFolder): Promise<InnerPorts> {
  const file = join(state.root, 'ports.json');
  const before = portsShape.partial().catch({}).parse(readJson(file));
  const chosen = new Set<number>();
  const choose = async (port: number | undefined): Promise<number> => {
    let candidate = port !== undefined && (await isPortFree(port)) ? port : await findFreePort();
    while (chosen.has(candidate)) candidate = await findFreePort();
    chosen.add(candidate);
    return candidate;
  };
  const ports: InnerPorts = {
    postgres: await choose(before.postgres),
    temporal: await choose(before.temporal),
    temporalUi: await choose(before.temporalUi),
    inbox: await choose(before.inbox),
  };
  writeJson(file, ports);
  return ports;
}

/**
 * The secrets of the last time, or new ones.
 * @throws DomainError not-now when the file is there but spoilt, since the database knows the old ones
 */
export function readSecrets(state: StateFolder): Secrets {
  const file = join(state.root, 'secrets.json');
  const found = readJson(file);
  if (found !== undefined) {
    const parsed = secretsShape.safeParse(found);
    if (parsed.success) return parsed.data;
    throw new DomainError('not-now', `${file} is not what was written there: put it back, or move ${state.root} away to begin anew.`);
  }
  const secrets = { databasePassword: randomBytes(24).toString('base64url'), sessionSecret: randomBytes(48).toString('base64url') };
  writeJson(file, secrets);
  return secrets;
}

/** The address of the database that a start on this folder runs, or ran; null where nothing was ever started. */
export function databaseUrlIn(folder: string): { url: string; port: number } | null {
  const ports = portsShape.safeParse(readJson(join(folder, 'ports.json')));
  const secrets = secretsShape.safeParse(readJson(join(folder, 'secrets.json')));
  if (!ports.success || !secrets.success) return null;
  return { url: builtInDatabaseUrl(ports.data, secrets.data), port: ports.data.postgres };
}

/** The address of the built-in database. */
export function builtInDatabaseUrl({ postgres }: InnerPorts, { databasePassword }: Secrets): string {
  return `postgresql://plancycle:${encodeURIComponent(databasePassword)}@127.0.0.1:${postgres}/plancycle`;
}

/** undefined when there is no such file; null when it holds no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : null;
  }
}

/** Whole or not at all, for the owner only. */
function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.unfinished`, file);
}
