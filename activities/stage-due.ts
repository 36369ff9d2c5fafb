/** Until when a plan is with a stage: the day of the timetable, or a few working days from now for one that comes late or again. */
import type { Stage } from '../libs/domain/route.js';
import type { StepInProgress } from './record-transition.js';

/** @returns 'YYYY-MM-DD'; never a day that has passed, so that nobody is asked for the impossible */
export function stageDue({ cycle, to, moment }: StepInProgress, stage: Stage): string {
  const { council, today } = moment;
  const planned = cycle.dates[stage.deadline] ?? today;
  if (to.round === 1 && planned >= today) return planned;
  const fair = council.calendar.addWorkingDays(today, council.settings.timetable.anotherRound);
  return planned > fair ? planned : fair;
}
