/** The servers that a test run shares (global-setup.ts), as a test file gets at them. */
import { randomBytes } from 'node:crypto';
import { createDatabase } from '../../libs/database/embedded-server.js';
import type { TestServers } from './servers.js';

const names = {
  databaseServer: 'PLANCYCLE_TEST_DATABASE_URL',
  temporalAddress: 'PLANCYCLE_TEST_TEMPORAL_ADDRESS',
  smtpUrl: 'PLANCYCLE_TEST_SMTP_URL',
  inboxFolder: 'PLANCYCLE_TEST_INBOX_FOLDER',
};

/** Where the shared servers are; do not kill them: other test files use them at the same time (startServers gives one's own). */
export interface RunningServers {
  temporalAddress: string;
  smtpUrl: string;
  /** Holds the mail of all test files: look for your own recipients, or take an inbox of your own. */
  inboxFolder: string;
}

/** Jest's worker processes inherit the environment that the set-up leaves. */
export function announceServers({ postgres, temporal, inbox }: TestServers): void {
  process.env[names.databaseServer] = postgres.address;
  process.env[names.temporalAddress] = temporal?.address ?? '';
  process.env[names.smtpUrl] = inbox?.address ?? '';
  process.env[names.inboxFolder] = inbox?.folder ?? '';
}

/** @throws Error when the run was started without servers */
export function runningServers(): RunningServers {
  return { temporalAddress: read(names.temporalAddress), smtpUrl: read(names.smtpUrl), inboxFolder: read(names.inboxFolder) };
}

/**
 * Creates an empty database for one test file, gone with the run.
 * @param name to recognise it by, small letters; something random is added
 * @returns its URL
 */
export async function createTestDatabase(name = 'test'): Promise<string> {
  return createDatabase(read(names.databaseServer), `${name}_${randomBytes(6).toString('hex')}`);
}

function read(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`This test needs the servers of a test run (${name} is not set): run it by Jest, without PLANCYCLE_TEST_SERVERS=none.`);
  return value;
}
