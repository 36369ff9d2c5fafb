/** One run of `plancycle start`: the steps shown, the servers kept running, the end. */
import { Listr, PRESET_TIMER } from 'listr2';
import { refuseIfDiskIsFull } from '../../../libs/processes/full-disk.js';
import { endWithNpm, explainFailure, listenForTheEnd } from './ending.js';
import type { RunSettings } from './services.js';
import { choosePagesPort, findGivenParts, type GivenParts, makeVariables, refuseProduction, type Variables } from './settings.js';
import { choosePorts, endLeftOvers, lockStateFolder, openStateFolder, readSecrets, type StateFolder } from './state-folder.js';
import { asTasks, listSteps, type StepGroup } from './steps.js';
import { Supervisor } from './supervisor.js';

/** What the Temporal program takes, unpacked, and a database with its first write-ahead log. */
const bytesToBegin = 400 * 1024 * 1024;

/**
 * Starts everything and stays; the process ends with 0 when it was told to, and with 1 and a sentence when the start failed.
 * @param folder where data, logs and secrets are kept
 * @param given this process's environment; what it gives replaces what would be made up
 */
export async function runUntilEnded(folder: string, given: Variables): Promise<void> {
  const supervisor = new Supervisor((line) => console.error(`${new Date().toLocaleTimeString('en-GB')}  ${line}`));
  let unlock = (): void => undefined;
  const end = async (exitCode: number): Promise<never> => {
    await supervisor.stop();
    unlock();
    process.exit(exitCode);
  };
  endWithNpm(given, () => void end(0));
  listenForTheEnd(
    () => {
      console.error('\nEnding everything; press Ctrl-C again to end it at once.');
      void end(0);
    },
    () => {
      supervisor.kill();
      unlock();
      process.exit(130);
    },
  );
  try {
    refuseProduction(given);
    const state = openStateFolder(folder);
    unlock = await lockStateFolder(state);
    await startEverything(state, given, supervisor);
  } catch (error) {
    if (supervisor.abort.aborted) return;
    console.error(`\n${explainFailure(error, folder)}`);
    await end(1);
  }
}

async function startEverything(state: StateFolder, given: Variables, supervisor: Supervisor): Promise<void> {
  const startedAt = performance.now();
  refuseIfDiskIsFull(state.root, bytesToBegin);
  await endLeftOvers(state);
  const port = await choosePagesPort(given);
  const ports = await choosePorts(state);
  const secrets = readSecrets(state);
  const settings: RunSettings = { state, ports, secrets, variables: makeVariables(given, state, ports, secrets, port) };
  const parts = findGivenParts(given);
  const announcements: string[] = [];
  for (const group of listSteps(settings, parts, supervisor, (line) => announcements.push(line))) {
    await showProgress(group);
  }
  console.log(describeRun(settings, parts, announcements, performance.now() - startedAt));
}

/**
 * Runs the steps of a group and shows each with its time; one line a step where the output is not a terminal.
 * @throws what the first step that failed has thrown
 */
async function showProgress(group: StepGroup): Promise<void> {
  const failures: unknown[] = [];
  const tasks = asTasks(group, (error) => failures.push(error));
  try {
    await new Listr(tasks, {
      concurrent: true,
      registerSignalListeners: false,
      rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    }).run();
  } catch (error) {
    throw failures[0] ?? error;
  }
}

function describeRun({ state, ports, variables }: RunSettings, parts: GivenParts, announcements: string[], milliseconds: number): string {
  const pages = variables['BASE_URL'] ?? `http://localhost:${variables['PORT']}`;
  const addresses: [string, string][] = [
    ['Pages', pages],
    ['The API, documented', `${pages}/docs`],
    ...(parts.mail ? [] : [['Mail that was sent', `${pages}/inbox`] as [string, string]]),
    ...(parts.temporal ? [] : [['Workflows', `http://localhost:${ports.temporalUi}`] as [string, string]]),
  ];
  return [
    '',
    `Plancycle is ready (${(milliseconds / 1000).toFixed(1)} s).`,
    '',
    ...addresses.map(([name, address]) => `  ${name.padEnd(22)}${address}`),
    ...(announcements.length > 0 ? ['', ...announcements.map((line) => `  ${line}`)] : []),
    '',
    `  Data and logs are in ${state.root}; remove that folder to begin anew. Ctrl-C ends everything.`,
    '',
  ].join('\n');
}
