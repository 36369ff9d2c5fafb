/** `plancycle inbox`: the mail server for development, as a process of its own. */
import type { Command } from 'commander';
import { exitWithParent } from '../../libs/config/exit-with-parent.js';

/** Adds the command; it runs until it is told to end. */
export function addInboxCommand(program: Command): void {
  program
    .command('inbox')
    .description('take mail on this machine and keep it as files, for development')
    .requiredOption('--folder <folder>', 'where the messages are kept, a file each')
    .requiredOption('--port <port>', 'the port to listen on; 0 for any free one')
    .action(async (options: { folder: string; port: string }) => runInbox(options.folder, Number(options.port)));
}

async function runInbox(folder: string, port: number): Promise<void> {
  exitWithParent();
  // Loaded only now: the other commands need none of it.
  const { startInboxServer } = await import('../../libs/email/inbox-server.js');
  const refuses = (process.env['INBOX_REFUSES'] ?? '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean);
  const server = await startInboxServer(folder, port, refuses);
  process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
  console.log(`The inbox takes mail at smtp://127.0.0.1:${server.port} and keeps it in ${folder}`);
  process.send?.('ready');
}
