/** A Temporal server of one's own for development and tests: `temporal server start-dev`. */
import { Connection } from '@temporalio/client';
import { isListening } from '../processes/free-port.js';
import { type ServerProcess, startServerProcess } from '../processes/server-process.js';

export interface TemporalServerOptions {
  /** The path of the `temporal` program (see findTemporalServer). */
  program: string;
  /** The SQLite file that keeps workflows over a restart; without it they are lost with the server. */
  databaseFile?: string;
  port: number;
  /** The port of Temporal's own pages; without it there are none. */
  uiPort?: number;
  logFile: string;
  /** Where the process is noted, for a run that has to clear up after a killed one. */
  pidFile?: string;
  abort?: AbortSignal | undefined;
}

/** A running Temporal server. */
export interface TemporalServer extends ServerProcess {
  /** host:port, as TEMPORAL_ADDRESS takes it. */
  address: string;
  uiUrl?: string;
}

/**
 * Starts the server on the loopback address and waits until its namespace `default` answers.
 * @throws ServerDidNotStart with the end of its log
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const address = `127.0.0.1:${options.port}`;
  const server = await startServerProcess({
    name: 'The Temporal server',
    command: options.program,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port), '--log-level', 'error'],
      // With a write-ahead log a commit is one write to the disk, as safe as the several that it takes without.
      ...(options.databaseFile ? ['--db-filename', options.databaseFile, '--sqlite-pragma', 'journal_mode=wal'] : []),
      ...(options.uiPort ? ['--ui-port', String(options.uiPort)] : ['--headless']),
    ],
    logFile: options.logFile,
    ...(options.pidFile && { pidFile: options.pidFile }),
    // gRPC waits a second after a refused connection; a plain knock tells sooner that there is something to ask.
    ready: async () => (await isListening('127.0.0.1', options.port)) && temporalAnswers(address),
    stopSignal: 'SIGINT',
    abort: options.abort,
  });
  return { ...server, address, ...(options.uiPort && { uiUrl: `http://127.0.0.1:${options.uiPort}` }) };
}

/**
 * Tells whether a Temporal server answers and knows a namespace; a server that is just starting answers before it does.
 * @param address host:port
 */
export async function temporalAnswers(address: string, namespace = 'default'): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}
