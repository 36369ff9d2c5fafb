/** Until when a plan is with a stage: the day of the timetable, or a few working days from now for one that comes late or again. */
import type { CycleTimetable } from '../libs/calendar/timetable.js';
import { fairDay, type PlanDates } from '../libs/calendar/plan-dates.js';
import type { Stage } from '../libs/domain/route.js';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import type { CouncilMoment } from './council-moment.js';

/**
 * @param dates the plan's own dates: a meeting that was chosen for it holds in every round
 * @param round how often the plan has been at its beginning, from 1
 * @returns 'YYYY-MM-DD'; never a day that has passed, so that nobody is asked for the impossible
 */
export function stageDue(
  stage: Pick<Stage, 'deadline'>,
  dates: CycleTimetable & Partial<PlanDates>,
  round: number,
  { council, today }: CouncilMoment,
): string {
  const planned = dates[stage.deadline] ?? today;
  const isSet = round === 1 || (dates.chosen ?? []).includes(stage.deadline);
  if (isSet && planned >= today) return planned;
  const fair = fairDay(stage.deadline, today, dates, { settings: council.settings.timetable, calendar: council.calendar });
  const due = planned > fair ? planned : fair;
  return round === 1 && stage.deadline === 'draftDue' ? beforeReview(due, dates, today, council) : due;
}

/** A first draft that is late, as after GMT's meeting was moved forward, is still due before GMT meets, while that is ahead. */
function beforeReview(due: string, { gmtMeeting }: CycleTimetable, today: string, { calendar }: CouncilAtWork): string {
  const last = calendar.workingDaysBefore(gmtMeeting, 1);
  return last >= today && last < due ? last : due;
}
