/** Plays one rehearsal in a process of its own, the command `plancycle rehearse`: hears how far it is, and sees that nothing of it is left. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { buildFolder } from '../../../libs/config/paths.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { EVENT_KINDS, type AskedScenario, type RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import type { MeetingMoveRequest } from '../../../workflows/activity-contract.js';

/** What is played. */
export interface Asked {
  councilId: string;
  /** "2028-29" */
  year: string;
  scenario: AskedScenario;
  /** A change of a meeting that is made first, as the workflow takes it; null for none. */
  change: Omit<MeetingMoveRequest, 'councilId' | 'key' | 'bodyHash'> | null;
}

export interface Playing {
  /** The real database, which is only read. */
  databaseUrl: string;
  /** Gives the rehearsal up. */
  abort: AbortSignal;
  /** Hears of each day, 'YYYY-MM-DD', that the rehearsal has come to. */
  tell: (day: string) => void;
  limits?: Limits;
}

export interface Limits {
  milliseconds: number;
  /** Of the process's heap. */
  megabytes: number;
}

/** A year takes 10 to 30 seconds; what takes longer than this does not come to an end. */
const LIMITS: Limits = { milliseconds: 3 * 60_000, megabytes: 1024 };
const PROGRAM = join(buildFolder, 'apps/cli/main.js');
/** The command starts a database of its own, so it gets no setting but these: no secret of the service, no mail server. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ'];
/** A year of a hundred plans is some ten megabytes of events. */
const LONGEST_ANSWER = 128 * 1024 * 1024;
const LONGEST_COMPLAINT = 20_000;
/** For ending in good order, milliseconds. */
const POLITENESS = 5_000;

/** A rehearsal that came to nothing: the message is a sentence for people. */
export class RehearsalFailed extends Error {
  override readonly name = 'RehearsalFailed';

  constructor(
    message: string,
    /** What the process said, for the log. */
    readonly said: string,
  ) {
    super(message);
  }
}

/**
 * Plays a rehearsal. Its process ends with this one, however this one ends, and takes its servers with it.
 * @throws RehearsalFailed where it is refused, takes too long or breaks off
 */
export async function playRehearsal(asked: Asked, { databaseUrl, abort, tell, limits = LIMITS }: Playing): Promise<RehearsedEvent[]> {
  const child = start(asked, databaseUrl, limits);
  const heard = new Heard(tell);
  heard.listen(child);
  let isTooSlow = false;
  const giveUp = (): void => endPolitely(child);
  const patience = setTimeout(() => {
    isTooSlow = true;
    giveUp();
  }, limits.milliseconds);
  abort.addEventListener('abort', giveUp, { once: true });
  if (abort.aborted) giveUp();
  try {
    const code = await endOf(child);
    if (isTooSlow) throw new RehearsalFailed(TOO_SLOW, heard.said);
    return code === 0 ? eventsIn(heard.answer, heard.said) : refuse(code, heard.said);
  } finally {
    clearTimeout(patience);
    abort.removeEventListener('abort', giveUp);
  }
}

function start({ councilId, year, scenario, change }: Asked, databaseUrl: string, { megabytes }: Limits): ChildProcess {
  const what = ['--year', financialYearFromId(year), '--scenario', scenario, '--council', councilId];
  const first = change ? ['--change', JSON.stringify(change)] : [];
  const settings = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  return spawn(
    process.execPath,
    ['--no-warnings', `--max-old-space-size=${megabytes}`, PROGRAM, 'rehearse', ...what, ...first, '--json'],
    // At the head of a group, which its servers belong to; the channel closes when this process dies, which tells it to end.
    { detached: true, env: { ...settings, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
}

/** What the process says: days and complaints on its standard error, the events on its standard output. */
class Heard {
  answer = '';
  said = '';

  constructor(private readonly tell: (day: string) => void) {}

  listen(child: ChildProcess): void {
    const [out, complaints] = [child.stdout as Readable, child.stderr as Readable];
    out.setEncoding('utf8').on('data', (piece: string) => {
      this.answer += piece;
      if (this.answer.length > LONGEST_ANSWER) endPolitely(child);
    });
    createInterface({ input: complaints }).on('line', (line) => {
      if (/^\d{4}-\d\d-\d\d$/.test(line)) this.tell(line);
      else if (this.said.length < LONGEST_COMPLAINT) this.said += `${line}\n`;
    });
  }
}

/** Waits until nothing of the process is left. @returns its exit code; null where a signal ended it */
async function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new RehearsalFailed(BROKEN_OFF, error.message)));
    child.once('exit', () => endGroup(child));
    child.once('close', (code) => resolve(code));
  });
}

function endPolitely(child: ChildProcess): void {
  child.kill('SIGTERM');
  const force = setTimeout(() => endGroup(child), POLITENESS);
  child.once('close', () => clearTimeout(force));
}

/** Ends the process with its servers by force. */
function endGroup({ pid }: ChildProcess): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Everything has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const answer = z.object({
  events: z.array(
    z.object({
      at: z.iso.datetime(),
      kind: z.enum(EVENT_KINDS),
      plan: z.string().nullable(),
      step: z.string().nullable(),
      who: z.string(),
      what: z.string(),
    }),
  ),
});

function eventsIn(text: string, said: string): RehearsedEvent[] {
  try {
    return answer.parse(JSON.parse(text)).events;
  } catch (error) {
    throw new RehearsalFailed(BROKEN_OFF, `${said}Its answer cannot be read: ${String(error)}`);
  }
}

/** A refusal is one sentence (apps/cli/main.ts); anything longer is a fault, and not for people. */
function refuse(code: number | null, said: string): never {
  const lines = said.trim().split('\n');
  const isRefusal = code === 1 && lines.length === 1 && /^[A-Z].*\.$/.test(lines[0] ?? '');
  throw new RehearsalFailed(isRefusal ? lines[0]! : BROKEN_OFF, said || `It ended with ${code ?? 'a signal'}.`);
}

const TOO_SLOW = 'The rehearsal took longer than three minutes, so it was given up. Try it again when the service has less to do.';
const BROKEN_OFF =
  'The rehearsal broke off. Nothing real was touched; try it again, and tell whoever runs this service if it breaks off again.';
