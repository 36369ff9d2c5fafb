/** The servers of a run, each as something that the supervisor can start and start again. */
import { join } from 'node:path';
import { execPath } from 'node:process';
import { buildFolder } from '../../../libs/config/paths.js';
import { startEmbeddedDatabase } from '../../../libs/database/embedded-server.js';
import { startServerProcess } from '../../../libs/processes/server-process.js';
import { startTemporalServer } from '../../../libs/temporal/start-server.js';
import type { Variables } from './settings.js';
import type { InnerPorts, Secrets, StateFolder } from './state-folder.js';
import type { Service } from './supervisor.js';

/** What the services of one run have to do with. */
export interface RunSettings {
  state: StateFolder;
  ports: InnerPorts;
  secrets: Secrets;
  variables: Variables;
}

/** PostgreSQL keeps its own note of its process, in its data folder. */
export function databaseService({ state, ports, secrets }: RunSettings): Service {
  return {
    name: 'PostgreSQL',
    start: (abort) =>
      startEmbeddedDatabase({
        folder: state.postgres,
        port: ports.postgres,
        password: secrets.databasePassword,
        logFile: join(state.logs, 'postgres.log'),
        abort,
      }),
  };
}

/** @param program the path of the `temporal` program */
export function temporalService({ state, ports }: RunSettings, program: string): Service {
  return {
    name: 'the Temporal server',
    start: (abort) =>
      startTemporalServer({
        program,
        databaseFile: state.temporalFile,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        logFile: join(state.logs, 'temporal.log'),
        pidFile: join(state.pids, 'temporal'),
        abort,
      }),
  };
}

export function inboxService(settings: RunSettings): Service {
  const { state, ports } = settings;
  return nodeService(settings, 'inbox', 'the inbox', ['cli/main.js', 'inbox', '--folder', state.mail, '--port', String(ports.inbox)]);
}

export function apiService(settings: RunSettings): Service {
  const address = `http://localhost:${settings.variables['PORT']}/readyz`;
  return nodeService(settings, 'api', 'the API', ['api/main.js'], () => answersWell(address));
}

export function workerService(settings: RunSettings): Service {
  return nodeService(settings, 'worker', 'the worker', ['worker/main.js']);
}

/** One of our own processes; it ends by itself when this one dies, because its channel closes (exit-with-parent.ts). */
function nodeService(
  { state, variables }: RunSettings,
  name: string,
  title: string,
  [entry = '', ...args]: string[],
  isReady?: () => Promise<boolean>,
): Service {
  return {
    name: title,
    start: (abort) =>
      startServerProcess({
        name: title,
        command: execPath,
        args: ['--enable-source-maps', join(buildFolder, 'apps', entry), ...args],
        env: variables,
        logFile: join(state.logs, `${name}.log`),
        pidFile: join(state.pids, name),
        channel: true,
        ready: isReady ?? 'message',
        abort,
      }),
  };
}

async function answersWell(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
