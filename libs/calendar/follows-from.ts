/** What each deadline follows from, in words: the rule with its number, and the meeting or day that it counts from. */
import type { TimetableSettings } from './timetable-settings.js';

/** @param meeting, like everywhere here, as 'Cabinet on Tuesday 2 December 2025' */
type OfMeeting = (settings: TimetableSettings, meeting: string) => string;

/** Days that no meeting decides. */
export const FROM_SETTINGS = 'the council’s settings, or the next working day';
export const FROM_QUARTER_END = 'the first working day after the quarter';

export const draftDueFrom: OfMeeting = ({ draftDueBeforeReview }, meeting) => `${days(draftDueBeforeReview)} before ${meeting}`;

export const finalReportFrom: OfMeeting = ({ finalReportBeforeAgenda }, meeting) =>
  `${days(finalReportBeforeAgenda)} before the agenda for ${meeting}`;

export const agendaFrom: OfMeeting = ({ clearDaysOfNotice }, meeting) => `${days(clearDaysOfNotice, 'clear ')} before ${meeting}`;

export const preparedFrom: OfMeeting = ({ quarterReportBeforeReview }, meeting) => `${days(quarterReportBeforeReview)} before ${meeting}`;

export function updatesDueFrom({ quarterlyUpdateDueAfter }: TimetableSettings): string {
  return `${days(quarterlyUpdateDueAfter)} after it opens`;
}

export function fullPlanDueFrom({ years, fullPlanBeforePublication }: TimetableSettings, year: string): string {
  return years[year] ? DATE_SET : `${days(fullPlanBeforePublication)} before publication`;
}

export function publicationFrom({ years, publicationBeforeYear }: TimetableSettings, year: string): string {
  return years[year] ? DATE_SET : `${days(publicationBeforeYear)} before 1 April`;
}

export function firstAlarmFrom({ guard }: TimetableSettings): string {
  return `${days(guard.first)} before 1 April`;
}

const DATE_SET = 'the date set for the year';

function days(number: number, kind = ''): string {
  return `${number} ${kind}working day${number === 1 ? '' : 's'}`;
}
