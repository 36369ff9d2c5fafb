/** The built-in Temporal server: found or fetched, and workflows outlive its death. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findTemporalServer, findTimeSkippingServer } from '../../libs/temporal/find-server.js';
import { startServers, type TestServers } from '../support/servers.js';

async function withClient<Result>(address: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

describe('the built-in Temporal server', () => {
  let servers: TestServers;
  let address: string;

  beforeAll(async () => {
    servers = await startServers({ temporal: true });
    address = servers.temporal!.address;
  });

  afterAll(async () => {
    await servers.stop();
  });

  it('still knows a waiting workflow after it was killed and started again', async () => {
    await withClient(address, (client) => client.workflow.start('waiting', { workflowId: 'plan/1', taskQueue: 'nobody-polls' }));
    await servers.temporal!.kill();
    await servers.temporal!.restart();
    const status = await withClient(address, async (client) => (await client.workflow.getHandle('plan/1').describe()).status.name);
    expect(status).toBe('RUNNING');
  });
});

describe('finding the programs', () => {
  it('gives a temporal program that runs', async () => {
    expect(execFileSync(await findTemporalServer(), ['--version'], { encoding: 'utf8' })).toMatch(/^temporal version \d/);
  });

  it('gives a time-skipping server, and the same one when asked twice at once', async () => {
    const [first, second] = await Promise.all([findTimeSkippingServer(), findTimeSkippingServer()]);
    expect(first).toBe(second);
    expect(first === 'temporal-test-server' || existsSync(first)).toBe(true);
  });
});
