/** `plancycle bounce FILE`: records a mail server's report of an e-mail that it could not deliver. */
import type { Command } from 'commander';
import { readGivenFile } from './read-given-file.js';

const ENOUGH_BYTES = 2 * 1024 * 1024;

/** Adds the command; a mail server pipes its reports to it, which is exit code 0 once they are on record. */
export function addBounceCommand(program: Command): void {
  program
    .command('bounce')
    .description("record a mail server's delivery report (RFC 3464): an e-mail that could not be delivered becomes a task")
    .argument('<file>', 'the report as it arrived; - reads it from the standard input')
    .option('--council <id>', 'the council, where several share the database')
    .action(async (file: string, options: { council?: string }, command: Command) => {
      const source = file === '-' ? await readStandardInput() : Buffer.from(await readGivenFile(file, command));
      process.stdout.write(`${await record(source, options.council)}\n`);
    });
}

async function record(source: Buffer, councilId: string | undefined): Promise<string> {
  // Loaded only now: the other commands need none of it.
  const [{ councilOf, withDatabase }, { councilMoment }, { recordBounce }, { readBounce }] = await Promise.all([
    import('./database.js'),
    import('../../activities/council-moment.js'),
    import('../../activities/record-bounce.js'),
    import('../../libs/email/read-bounce.js'),
  ]);
  const bounce = await readBounce(source);
  const { outcome, recipient, taskId } = await withDatabase((em) =>
    em.transactional(async (inside) => {
      const { id, clock } = await councilOf(inside, councilId);
      const moment = await councilMoment(inside, id, clock.toServerTime(clock.now()).toISOString());
      return recordBounce(inside, moment, bounce, null);
    }),
  );
  if (outcome === 'known') return `Nothing new: this about ${recipient} is on record already, or its address has been corrected since.`;
  if (outcome === 'delayed') return `The e-mail to ${recipient} is delayed: recorded, the mail server goes on trying.`;
  return `The e-mail to ${recipient} could not be delivered: the performance team has the task ${taskId}.`;
}

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    // No more is read than what is refused for its size.
    if (size > ENOUGH_BYTES) break;
  }
  return Buffer.concat(parts);
}
