/** The number of changes of a council's timetable: whoever is told of two knows by it which came later. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { CalendarChangeMade, MeetingMove } from './entities/council.js';

/** How often meetings, closures and polling days were changed; the next change has one more. Call it with the council locked to write one. */
export async function timetableChanges(em: EntityManager, councilId: string): Promise<number> {
  const [moves, days] = [await em.count(MeetingMove, { councilId }), await em.count(CalendarChangeMade, { councilId })];
  return moves + days;
}
