/** Until when a plan is with a stage: the day of the timetable, or a few working days from now for one that comes late or again. */
import type { CycleTimetable } from '../libs/calendar/timetable.js';
import { fairDay, type PlanDates } from '../libs/calendar/plan-dates.js';
import type { Stage } from '../libs/domain/route.js';
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
  return planned > fair ? planned : fair;
}
