/** Keeps servers running: starts them in order, starts again what dies, ends them in the opposite order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../../libs/processes/server-process.js';

/** A server that can be started again on the same data and the same port. */
export interface Service {
  /** What people call it, for example 'the worker'. */
  name: string;
  start: (abort: AbortSignal) => Promise<ServerProcess>;
}

interface Running {
  service: Service;
  process: ServerProcess;
}

const firstPause = 500;
const longestPause = 10_000;
/** A server that has run this long died of something new, so the pauses begin anew. */
const runsWellAfter = 60_000;

/** One supervisor holds all servers of a run. */
export class Supervisor {
  private readonly running: Running[] = [];
  private readonly starting = new Set<Promise<ServerProcess>>();
  private readonly ending = new AbortController();

  /** @param tell gets one line for each death and return */
  constructor(private readonly tell: (line: string) => void) {}

  /** Set off when everything is to end; for work of the start that can be given up. */
  get abort(): AbortSignal {
    return this.ending.signal;
  }

  /**
   * Starts a server, waits until it is ready, and from then on starts it again whenever it dies.
   * @throws what the service's own start throws, the first time only
   */
  async start(service: Service): Promise<void> {
    const running = { service, process: await this.launch(service) };
    this.running.push(running);
    void this.keepRunning(running);
  }

  /** Ends every server, the last one started first, and waits for each. */
  async stop(): Promise<void> {
    this.ending.abort();
    // A start that is under way gives up, or ends in a process that launch() stops.
    await Promise.allSettled(this.starting);
    for (const { process } of this.running.toReversed()) await process.stop();
  }

  /** Ends every server at once, without waiting. */
  kill(): void {
    this.ending.abort();
    for (const { process } of this.running) void process.kill();
  }

  private async launch(service: Service): Promise<ServerProcess> {
    this.ending.signal.throwIfAborted();
    const start = service.start(this.ending.signal).then(async (process) => {
      if (!this.ending.signal.aborted) return process;
      await process.stop();
      throw new Error(`${service.name} was not wanted any more`);
    });
    this.starting.add(start);
    return start.finally(() => this.starting.delete(start));
  }

  private async keepRunning(running: Running): Promise<void> {
    let pause = firstPause;
    for (;;) {
      const startedAt = performance.now();
      const how = await running.process.ended;
      if (this.ending.signal.aborted) return;
      if (performance.now() - startedAt > runsWellAfter) pause = firstPause;
      this.tell(`${running.service.name} ended (${how}) and is started again`);
      const process = await this.startAgain(running.service, pause);
      if (!process) return;
      running.process = process;
      pause = Math.min(pause * 2, longestPause);
    }
  }

  /** Tries until it works; undefined when everything is to end. */
  private async startAgain(service: Service, pause: number): Promise<ServerProcess | undefined> {
    let lastTrouble = '';
    for (let wait = pause; !this.ending.signal.aborted; wait = Math.min(wait * 2, longestPause)) {
      try {
        await sleep(wait, undefined, { signal: this.ending.signal });
        const process = await this.launch(service);
        this.tell(`${service.name} runs again`);
        return process;
      } catch (error) {
        if (this.ending.signal.aborted) break;
        const trouble = error instanceof Error ? error.message : String(error);
        if (trouble !== lastTrouble) this.tell(`${service.name} did not start and is tried again: ${trouble}`);
        lastTrouble = trouble;
      }
    }
    return undefined;
  }
}
