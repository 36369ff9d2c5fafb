/** A plan's own dates: the cycle's, but for the meetings and the day of publication that were chosen for this plan alone. */
import type { DeadlineName } from '../domain/route.js';
import type { KnownMeeting } from './change-meeting.js';
import { paperDates, type CycleTimetable, type TimetableSource } from './timetable.js';
import type { TimetableSettings } from './timetable-settings.js';

/** What was chosen for one plan; nothing for most. */
export interface OwnDates {
  /** The id of a meeting by the id of its body. */
  meetings?: Record<string, string> | null | undefined;
  /** 'YYYY-MM-DD' */
  publication?: string | null | undefined;
}

/** A cycle's dates as they are for one plan. */
export type PlanDates = CycleTimetable & {
  /** The deadlines that were chosen for this plan: they hold in every round. */
  chosen: readonly DeadlineName[];
};

/** The rules that a plan's dates follow from, with the meetings that stand. */
export type PlanDatesSource = Omit<TimetableSource, 'meetings'> & { meetings: readonly KnownMeeting[] };

/** The stage's deadline that a body's meeting is; null for a body that the settings do not know. */
export function deadlineOf(body: string, { bodies }: Pick<TimetableSettings, 'bodies'>): DeadlineName | null {
  if (body === bodies.review) return 'gmtMeeting';
  if (body === bodies.committee) return 'committeeMeeting';
  if (body === bodies.cabinet) return 'cabinetMeeting';
  return body === bodies.council ? 'councilMeeting' : null;
}

/** The dates of one plan. A chosen meeting that is no longer held leaves the cycle's date in its place. */
export function planDates(cycle: CycleTimetable, { meetings: chosenMeetings, publication }: OwnDates, source: PlanDatesSource): PlanDates {
  const dates: PlanDates & { chosen: DeadlineName[] } = { ...cycle, chosen: [] };
  for (const [body, id] of Object.entries(chosenMeetings ?? {})) {
    const deadline = deadlineOf(body, source.settings);
    const meeting = source.meetings.find((one) => one.id === id);
    if (!deadline || !meeting) continue;
    dates[deadline] = meeting.date;
    dates.chosen.push(deadline);
    if (deadline !== 'committeeMeeting') continue;
    const { finalReportDue, agendaPublished } = paperDates(meeting.date, source);
    Object.assign(dates, { finalReportDue, agendaPublished });
  }
  return publication ? { ...dates, publication } : dates;
}

/**
 * When officers have a plan done that comes to them late or again: after a fair time, but not after the agenda of a meeting that was
 * chosen for the plan, as long as that is ahead.
 * @param deadline of the officers' stage
 * @param from the day on which they have it
 */
export function fairDay(
  deadline: DeadlineName,
  from: string,
  { chosen = [], agendaPublished }: Pick<CycleTimetable, 'agendaPublished'> & Partial<PlanDates>,
  { settings, calendar }: Pick<PlanDatesSource, 'settings' | 'calendar'>,
): string {
  const fair = calendar.addWorkingDays(from, settings.anotherRound);
  const isBefore = deadline === 'draftDue' || deadline === 'gmtMeeting';
  return isBefore && chosen.includes('committeeMeeting') && agendaPublished >= from && agendaPublished < fair ? agendaPublished : fair;
}
