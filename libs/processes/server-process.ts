/** A server that runs as a child process: started, waited for until it answers, stopped, or found to have ended. */
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseIfDiskIsFull } from './full-disk.js';
import { removePidFile, writePidFile } from './pid-file.js';

/** How to start a server and how to know that it is there. */
export interface ServerCommand {
  /** What messages call it, for example 'PostgreSQL'. */
  name: string;
  command: string;
  args: string[];
  /** Its output is added to this file, so that it outlives the process that started it. */
  logFile: string;
  /** Notes the process here, so that a later run can end it should this one be killed; gone once the server has ended. */
  pidFile?: string;
  /** The environment; this process's own unless given. */
  env?: NodeJS.ProcessEnv;
  /** The user to run as, where the server refuses to run as root. */
  user?: { uid: number; gid: number } | undefined;
  /** True to stay in this process's group: what ends the group, Ctrl-C in a terminal too, then ends the server. */
  withGroup?: boolean | undefined;
  /** Opens a channel that closes when this process dies, which tells a child of ours to end. */
  channel?: boolean;
  /** Asked again and again until true; 'message' means that the child says 'ready' over its channel. */
  ready: (() => Promise<boolean>) | 'message';
  /** Milliseconds that it has to become ready. */
  patience?: number;
  /** The signal that ends it in good order. */
  stopSignal?: NodeJS.Signals;
  /** Gives up the start, for example because the person pressed Ctrl-C. */
  abort?: AbortSignal | undefined;
}

/** A server that runs and answered. */
export interface ServerProcess {
  readonly pid: number;
  /** Fulfilled with how it ended, for example 'signal SIGKILL', whoever ended it. */
  readonly ended: Promise<string>;
  /** Ends it in good order, and by force when it has not ended after ten seconds. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** A server that ended, or did not answer, before it was ready. */
export class ServerDidNotStart extends Error {
  override readonly name = 'ServerDidNotStart';

  constructor(
    message: string,
    /** The last lines of what the server said. */
    readonly output: string,
  ) {
    super(message);
  }
}

const politeness = 10_000;
const pause = 40;

/**
 * Starts a server, in a process group of its own unless it is to stay in this one, so that a Ctrl-C meant for its parent does not reach
 * it, and waits until it answers.
 * @throws ServerDidNotStart with the end of its log
 */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  mkdirSync(dirname(command.logFile), { recursive: true });
  const logStart = statSync(command.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnInBackground(command);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  if (command.pidFile && child.pid) {
    const { pidFile } = command;
    writePidFile(pidFile, child.pid, [command.command, ...command.args].join(' '));
    void ended.then(() => removePidFile(pidFile, child.pid ?? 0));
  }
  const saidReady = new Promise<void>((resolve) => child.on('message', (message) => message === 'ready' && resolve()));
  const server: ServerProcess = {
    pid: child.pid ?? 0,
    ended,
    stop: () => end(child, ended, command.stopSignal ?? 'SIGTERM'),
    kill: () => end(child, ended, 'SIGKILL'),
  };
  let trouble: string | undefined;
  try {
    trouble = await waitUntilReady(command, ended, saidReady);
  } catch (error) {
    await server.kill();
    throw error;
  }
  if (trouble === undefined) return server;
  await server.kill();
  refuseIfDiskIsFull(dirname(command.logFile));
  const output = lastLines(command.logFile, logStart);
  throw new ServerDidNotStart(`${command.name} ${trouble}. Its log is ${command.logFile}${output && `; it ends:\n${output}`}`, output);
}

function spawnInBackground(command: ServerCommand): ChildProcess {
  const log = openSync(command.logFile, 'a');
  const stdio: StdioOptions = command.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log];
  try {
    return spawn(command.command, command.args, {
      stdio,
      detached: !command.withGroup,
      // Any folder may go while the server runs, and another user may not enter this one.
      cwd: parse(process.cwd()).root,
      ...(command.env && { env: command.env }),
      ...command.user,
    });
  } finally {
    closeSync(log);
  }
}

/** Waits; the answer is undefined when the server is ready, otherwise what went wrong. */
async function waitUntilReady(command: ServerCommand, ended: Promise<string>, saidReady: Promise<void>): Promise<string | undefined> {
  const patience = command.patience ?? 60_000;
  const waiting = new AbortController();
  const outcomes = [
    ended.then((how) => `ended before it was ready (${how})`),
    command.ready === 'message' ? saidReady.then(() => undefined) : pollUntilReady(command.ready, waiting.signal),
    sleep(patience, `did not answer within ${Math.round(patience / 1000)} seconds`, { signal: waiting.signal, ref: false }).catch(() => ''),
    ...(command.abort ? [aborted(command.abort, waiting.signal).then(() => 'was not wanted any more')] : []),
  ];
  try {
    return await Promise.race(outcomes);
  } finally {
    waiting.abort();
  }
}

async function pollUntilReady(ready: () => Promise<boolean>, stop: AbortSignal): Promise<undefined> {
  while (!stop.aborted && !(await ready())) await sleep(pause);
  return undefined;
}

function aborted(abort: AbortSignal, noLongerAsked: AbortSignal): Promise<void> {
  if (abort.aborted) return Promise.resolve();
  return new Promise((resolve) => abort.addEventListener('abort', () => resolve(), { once: true, signal: noLongerAsked }));
}

async function end(child: ChildProcess, ended: Promise<string>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  const force = setTimeout(() => child.kill('SIGKILL'), politeness);
  await ended;
  clearTimeout(force);
}

function lastLines(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-12).join('\n');
}
