/** Gives a connection that broke inside a transaction back to its pool: else ten such transactions, and a process waits for ever. */
import type { Pool, PoolClient } from 'pg';

/**
 * Watches a pool. Whoever holds a connection gives it back after a query, but after a transaction only if its rollback succeeded,
 * and on a connection that is gone none does (kysely-org/kysely#1990, in 0.29.6).
 */
export function giveBackBrokenConnections(pool: Pool): void {
  const held = new Set<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      // The holder of a single query gives it back by itself, as soon as it has heard of the end.
      setImmediate(() => setImmediate(() => held.has(client) && client.release(true)));
    });
  });
}
