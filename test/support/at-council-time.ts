/** The instants that workflows give to activities, from a council's own day and hour. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { instantOf } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';

/** The server's instant at which it is that day ('YYYY-MM-DD') and hour for the council, whatever its clock is set to. */
export async function serverInstant(orm: MikroORM, councilId: string, day: string, hour = '09:00'): Promise<string> {
  const { clock } = await councilAtWork(orm.em.fork(), councilId, Date.now);
  return clock.toServerTime(new Date(instantOf(day, hour))).toISOString();
}
