/** The demonstration's council with its worker and the application beside it, on one database: what people and programs meet. */
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../../apps/api/create-api.js';
import { readEnvironment } from '../../libs/config/environment.js';
import { createApiToken } from '../../libs/database/api-tokens.js';
import { runCouncil, type PersonInTest, type RunningCouncil } from '../support/running-council.js';
import { createTestDatabase, runningServers } from '../support/running-servers.js';
import { PlainBrowser } from './plain-browser.js';

/** JSON as a test looks into it: a member that is not there is undefined. */
export interface Json {
  [name: string]: Json;
}

export interface JsonAnswer {
  status: number;
  headers: Record<string, unknown>;
  /** The JSON of the answer, for the test to look into. */
  body: Json;
}

export interface CouncilWithApi {
  council: RunningCouncil;
  app: NestFastifyApplication;
  /** Sends a request as a program that acts for a person; null is nobody. Bytes go as they are, anything else as JSON. */
  ask(person: PersonInTest | null, method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<JsonAnswer>;
  /** Where a real browser finds it, 'http://localhost:PORT'; it listens from the first time on. */
  address(): Promise<string>;
  /** A browser without scripts in which the person is signed in; null is nobody. */
  browse(person: PersonInTest | null): Promise<PlainBrowser>;
  close(): Promise<void>;
}

export async function startCouncilWithApi({ today }: { today?: string } = {}): Promise<CouncilWithApi> {
  const databaseUrl = await createTestDatabase('plans');
  const council = await runCouncil({ databaseUrl, ...(today ? { today } : {}) });
  const { temporalAddress, smtpUrl } = runningServers();
  const app = await createApi(
    readEnvironment({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: council.temporal.options.namespace,
      SMTP_URL: smtpUrl,
      SESSION_SECRET: 'a secret that is only used in tests, nowhere else',
      PLANCYCLE_DEMONSTRATION: 'true',
    }),
  );
  const tokens = new Map<PersonInTest, Promise<string>>();
  const tokenOf = (person: PersonInTest): Promise<string> => {
    const token = tokens.get(person) ?? makeToken(council, person);
    tokens.set(person, token);
    return token;
  };
  return {
    council,
    app,
    async ask(person, method, url, body, headers = {}) {
      const authorization = person ? { authorization: `Bearer ${await tokenOf(person)}` } : {};
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { accept: 'application/json', ...json, ...authorization, ...headers },
        ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      });
      return { status: answer.statusCode, headers: answer.headers, body: answer.body === '' ? {} : answer.json<Json>() };
    },
    async address() {
      if (!app.getHttpServer().listening) await app.listen(0, 'localhost');
      return `http://localhost:${new URL(await app.getUrl()).port}`;
    },
    async browse(person) {
      const browser = new PlainBrowser(app);
      return person ? browser.signIn(await council.personId(person)) : browser;
    },
    async close() {
      await app.close();
      await council.stop();
    },
  };
}

/** A key that was not used before. */
export function newKey(): { 'idempotency-key': string } {
  return { 'idempotency-key': randomUUID() };
}

async function makeToken(council: RunningCouncil, person: PersonInTest): Promise<string> {
  const personId = await council.personId(person);
  return createApiToken(council.orm.em.fork(), { councilId: 'broxtowe', personId, name: 'tests', createdAt: new Date(), expiresAt: null });
}
