/** Whether a recorded change of the calendar is told to anybody, and what its e-mails are known by. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Notice } from './entities/tasks.js';

/** What the notices of one change have in common. */
export type NoticesOfChange = Pick<Notice, 'subject' | 'occurrence'>;

/** @param number of the change, as it was recorded */
export function noticesOfMeetingChange(meetingId: string, number: number): NoticesOfChange {
  return { subject: `meeting/${meetingId}/moved`, occurrence: String(number) };
}

/** @param number of the change, as it was recorded */
export function noticesOfCalendarChange(number: number): NoticesOfChange {
  return { subject: `calendar/${number}`, occurrence: '1' };
}

/** Who hears of a change that is on record, as a sentence for whoever recorded it. */
export async function whoIsTold(em: EntityManager, councilId: string, notices: NoticesOfChange): Promise<string> {
  const told = await em.count(Notice, { councilId, ...notices });
  return told > 0 ? 'Everyone whose dates change gets one e-mail.' : 'Nobody’s dates change, so nobody gets an e-mail.';
}
