/** After a test run: its servers end and their data go. */
import type { TestServers } from './servers.js';

let running: TestServers | undefined;

/** Notes what global-setup.ts has started; Jest runs both in the same process. */
export function keepForTearDown(servers: TestServers): void {
  running = servers;
}

/** Called by Jest once, whatever the outcome of the tests. */
export default async function tearDown(): Promise<void> {
  await running?.stop();
}
