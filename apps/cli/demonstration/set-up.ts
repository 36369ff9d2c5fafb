/** Sets up the demonstration: a council with its people, the real plan of 2025/26, and the cycle of 2026/27 on its way. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Client, Connection } from '@temporalio/client';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { scheduleQuarters } from '../../../activities/schedule-openings.js';
import type { Environment } from '../../../libs/config/environment.js';
import { demonstrationPlanFile } from '../../../libs/config/paths.js';
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import { Council } from '../../../libs/database/entities/council.js';
import { Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import { importPlan } from '../../../libs/database/import-plan.js';
import { openDatabase } from '../../../libs/database/orm.js';
import { startCycle, startMorningRound, startQuarters } from '../../../libs/temporal/start-workflows.js';
import { demonstrationCouncil, writeCouncil } from './write-council.js';
import { writeFigures } from './write-figures.js';

const PLAN_YEAR = '2025-26';
const CYCLE_YEAR = '2026-27';

/**
 * Sets up the demonstration unless it is there, and tells what one can do with it. Killed in the middle, it carries on.
 * @param tell gets a line for each person one can be
 */
export async function setUpDemonstration(environment: Environment, tell: (line: string) => void): Promise<void> {
  const orm = await openDatabase(environment.DATABASE_URL);
  const connection = await Connection.connect({ address: environment.TEMPORAL_ADDRESS });
  try {
    const em = orm.em.fork();
    await em.transactional((inside) => writeDemonstration(inside, environment.PLANCYCLE_TODAY));
    const temporal = new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
    await startYears(orm.em.fork(), temporal, environment.TEMPORAL_TASK_QUEUE);
    for (const line of await peopleInWords(orm.em.fork())) tell(line);
  } finally {
    await connection.close();
    await orm.close();
  }
}

/** Writes the council, its people, the imported plan and the figures so far, all in the caller's transaction. */
export async function writeDemonstration(em: EntityManager, today: string | undefined): Promise<void> {
  if (await em.findOne(Council, demonstrationCouncil)) return;
  await writeCouncil(em, today);
  const council = await councilAtWork(em, demonstrationCouncil, Date.now);
  const bytes = await readFile(demonstrationPlanFile);
  const at = council.clock.now();
  const { planId } = await importPlan(em, { councilId: council.id, year: PLAN_YEAR, fileName: basename(demonstrationPlanFile), bytes, at });
  await writeFigures(em, council.id, planId, at);
}

/** Opens the cycle, arranges this year's quarters and opens the one that is due; what runs already stays as it is. */
export async function startYears(em: EntityManager, temporal: Client, taskQueue: string): Promise<void> {
  const thisYear = { councilId: demonstrationCouncil, year: PLAN_YEAR };
  await scheduleQuarters(em, temporal, taskQueue, thisYear);
  await startQuarters(temporal, taskQueue, thisYear);
  await startCycle(temporal, taskQueue, { councilId: demonstrationCouncil, year: CYCLE_YEAR });
  await startMorningRound(temporal, taskQueue, demonstrationCouncil);
}

async function peopleInWords(em: EntityManager): Promise<string[]> {
  const people = await em.find(Person, { councilId: demonstrationCouncil }, { orderBy: { name: 'asc' } });
  const grants = await em.find(RoleGrant, { councilId: demonstrationCouncil });
  const posts = await em.find(Post, { councilId: demonstrationCouncil });
  return people.map(({ id, name, jobTitle }) => {
    const roles = grants.filter((grant) => grant.personId === id).map((grant) => grant.role.replaceAll('-', ' '));
    const updates = posts.some((post) => post.holderId === id && post.title === jobTitle) && roles.length === 0 ? ['updater'] : [];
    return `${name}, ${jobTitle} (${[...roles, ...updates].join(', ')})`;
  });
}
