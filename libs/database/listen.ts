/** Hearing of changes as they are committed, by PostgreSQL's LISTEN and NOTIFY. */
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

export interface Listener {
  /** Waits for the next notification; ends as well after so many milliseconds, or when stopped. */
  next(atMostMs: number, stopped: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on a channel with a connection of its own. A lost connection shows as an error of the next wait.
 * @param channel a plain name, as in `pg_notify('messages', '')`
 */
export async function listenFor(orm: MikroORM, channel: 'messages'): Promise<Listener> {
  const client = new pg.Client({ connectionString: orm.config.get('clientUrl') });
  let lost: Error | null = null;
  let wake: () => void = () => undefined;
  client.on('notification', () => wake());
  client.on('error', (error: Error) => {
    lost = error;
    wake();
  });
  await client.connect();
  await client.query(`listen ${channel}`);
  return {
    async next(atMostMs, stopped) {
      if (lost) throw lost;
      const over = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, atMostMs);
        stopped.addEventListener('abort', () => resolve(), { signal: over.signal });
        wake = resolve;
      });
      clearTimeout(timer);
      // The signal lives as long as the worker, and would else keep every wait there ever was.
      over.abort();
    },
    close: () => client.end().catch(() => undefined),
  };
}
