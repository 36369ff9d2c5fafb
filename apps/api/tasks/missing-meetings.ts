/** What a cycle or a quarter that could not open still waits for. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { cycleDates } from '../../../activities/open-cycle.js';
import { quarterDates } from '../../../activities/open-quarter.js';
import { businessOfKey } from '../../../libs/calendar/timetable.js';
import type { CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { DomainError } from '../../../libs/domain/domain-error.js';

/**
 * The sentence about the first meeting that is missing, null once none is. Writes nothing.
 * @param waiting as `businessKey` writes it
 */
export async function missingMeeting(em: EntityManager, council: CouncilAtWork, waiting: string): Promise<string | null> {
  const business = businessOfKey(waiting);
  try {
    // A fork that is never flushed: what the rule would put on agendas stays a thought.
    await (business.what === 'plans' ? cycleDates(em.fork(), council, business.year) : quarterDates(em.fork(), council, business));
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
