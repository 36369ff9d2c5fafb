/** The demonstration's council with quarter 2 of 2025/26 open, for tests of monitoring. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { startQuarters } from '../../../libs/temporal/start-workflows.js';
import { councilId, until } from '../../support/running-council.js';
import { startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';

export const year = '2025-26';
export const pages = '/quarters/2025-26/2';
export const json = `/api/v1${pages}`;

/**
 * @param today the day on which the council lives
 * @param status where the quarter is to stand before the tests begin
 * @param prepare changes the figures before the quarter is opened
 */
export async function startQuarter(
  today: string,
  status: Quarter['status'],
  prepare: (em: EntityManager) => Promise<void> = () => Promise.resolve(),
): Promise<CouncilWithApi> {
  const api = await startCouncilWithApi({ today });
  const { orm, temporal, taskQueue } = api.council;
  await orm.em.fork().transactional(prepare);
  await startQuarters(temporal, taskQueue, { councilId, year });
  await until(async () => (await orm.em.fork().findOne(Quarter, { councilId, year, quarter: 2 }))?.status === status);
  return api;
}

/** The sentence of a refusal. */
export function detailOf({ body }: JsonAnswer): string {
  return body['detail'] as unknown as string;
}
