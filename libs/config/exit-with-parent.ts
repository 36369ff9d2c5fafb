/** What a process that `plancycle start` started does when its parent is gone or the terminal is interrupted. */

/** A worker lets the activities in hand finish, for some seconds. */
const patience = 10_000;

/**
 * Ends this process in good order once the process that started it has died, even by force; call it first in an entry point.
 * Without a parent that keeps a channel open (a container, a terminal) it does nothing.
 * Ctrl-C in the terminal is left to the parent, which ends its children in the right order.
 */
export function exitWithParent(): void {
  if (!process.channel) return;
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => {
    // The same way as when the parent says so; by force should that hang.
    setTimeout(() => process.exit(1), patience).unref();
    if (process.listenerCount('SIGTERM') > 0) process.kill(process.pid, 'SIGTERM');
    else process.exit(0);
  });
  // The channel alone must not keep a process alive that has finished.
  process.channel.unref();
}
