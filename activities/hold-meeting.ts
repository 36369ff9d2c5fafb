/** A meeting that decided something was held: recording what was decided says so, once its day has come. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import { Meeting } from '../libs/database/entities/council.js';
import { isToCome } from '../libs/domain/meeting.js';
import type { CouncilMoment } from './council-moment.js';

/**
 * The body's latest meeting until today that had this on its agenda becomes 'held', in the caller's transaction.
 * @returns its day for the audit trail, 'YYYY-MM-DD'; null where there is none that is not recorded already
 */
export async function holdMeeting(em: EntityManager, moment: CouncilMoment, body: string, about: Consideration): Promise<string | null> {
  const until = { councilId: moment.council.id, body, date: { $lte: moment.today } };
  const meetings = await em.find(Meeting, until, { orderBy: { date: 'desc' } });
  const considered = meetings.find(({ state, considers }) => isToCome(state) && considers.some((item) => isSame(item, about)));
  if (!considered) return null;
  considered.state = 'held';
  considered.revision += 1;
  return considered.date;
}

function isSame(one: Consideration, other: Consideration): boolean {
  if (one.year !== other.year || one.what !== other.what) return false;
  return one.what === 'plans' || (other.what === 'quarter' && one.quarter === other.quarter);
}
