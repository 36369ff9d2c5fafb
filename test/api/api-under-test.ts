/** The application on a database of its own, with a council and one person for each role, each with an API token. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hashToken } from '../../libs/database/api-tokens.js';
import { createApi } from '../../apps/api/create-api.js';
import { offsetFor } from '../../libs/calendar/council-clock.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { readEnvironment } from '../../libs/config/environment.js';
import { projectRoot } from '../../libs/config/paths.js';
import { Council } from '../../libs/database/entities/council.js';
import { ApiToken, Person, RoleGrant } from '../../libs/database/entities/people.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { ROLES, type Role } from '../../libs/domain/route.js';
import { createTestDatabase, runningServers } from '../support/running-servers.js';

/** A person of the tests; `token` is what they send as `Authorization: Bearer`. */
export interface TestPerson {
  id: string;
  name: string;
  token: string;
}

export interface ApiUnderTest {
  app: NestFastifyApplication;
  orm: MikroORM;
  /** One person for each role, without a scope. */
  people: Record<Role, TestPerson>;
  close(): Promise<void>;
}

/** @param variables settings that the test wants otherwise */
export async function startApi(variables: Record<string, string> = {}): Promise<ApiUnderTest> {
  const databaseUrl = await createTestDatabase('api');
  await migrateDatabase(databaseUrl);
  const { temporalAddress, smtpUrl } = runningServers();
  const environment = readEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    SMTP_URL: smtpUrl,
    SESSION_SECRET: 'a secret that is only used in tests, nowhere else',
    PLANCYCLE_DEMONSTRATION: 'true',
    ...variables,
  });
  const orm = await openDatabase(databaseUrl);
  const people = await addCouncilAndPeople(orm);
  const app = await createApi(environment);
  const close = async (): Promise<void> => {
    await app.close();
    await orm.close(true);
  };
  return { app, orm, people, close };
}

async function addCouncilAndPeople(orm: MikroORM): Promise<Record<Role, TestPerson>> {
  const em = orm.em.fork();
  const { bodies, closures, timetable } = readCalendarSettings(
    JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')),
  );
  await em.insert(Council, {
    id: 'broxtowe',
    name: 'Broxtowe Borough Council',
    demonstration: true,
    clockOffsetMs: offsetFor('2025-11-03', new Date()),
    settings: { bodies, closures, timetable, ragTolerancePercent: 5 },
  });
  const people = await Promise.all(ROLES.map(async (role) => [role, await addPerson(orm, role)] as const));
  return Object.fromEntries(people) as Record<Role, TestPerson>;
}

async function addPerson(orm: MikroORM, role: Role): Promise<TestPerson> {
  const em = orm.em.fork();
  const person = { id: randomUUID(), name: `Person for ${role}`, token: randomBytes(24).toString('base64url') };
  const councilId = 'broxtowe';
  await em.insert(Person, {
    id: person.id,
    councilId,
    name: person.name,
    email: `${role}@council.example`,
    jobTitle: 'Officer',
    leftOn: null,
  });
  await em.insert(RoleGrant, { id: randomUUID(), councilId, personId: person.id, role, scope: null });
  await em.insert(ApiToken, {
    id: randomUUID(),
    councilId,
    personId: person.id,
    tokenHash: hashToken(person.token),
    name: 'tests',
    createdAt: new Date(),
    expiresAt: null,
  });
  return person;
}
