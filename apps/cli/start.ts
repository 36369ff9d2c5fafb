/** `plancycle start`, the command behind `npm start`: everything on one machine, with the demonstration in it. */
import type { Command } from 'commander';
import { dataFolder } from '../../libs/config/paths.js';

/** Adds the command; it runs until it is told to end. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start everything on this machine and set up the demonstration')
    .option('--data <folder>', 'where data, logs and secrets are kept', dataFolder)
    .action(async (options: { data: string }) => {
      // Loaded only now: the other commands need none of it.
      const { runUntilEnded } = await import('./start/run.js');
      await runUntilEnded(options.data, process.env);
    });
}
