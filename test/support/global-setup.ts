/** Before a test run: one PostgreSQL, one Temporal server and one inbox for all test files, about a second. */
import { announceServers } from './running-servers.js';
import { startServers } from './servers.js';
import { keepForTearDown } from './global-teardown.js';

/** Called by Jest once; PLANCYCLE_TEST_SERVERS=none leaves them out, for tests that need none. */
export default async function setUp(): Promise<void> {
  if (process.env['PLANCYCLE_TEST_SERVERS'] === 'none') return;
  const servers = await startServers({ temporal: true, inbox: true });
  keepForTearDown(servers);
  announceServers(servers);
}
