/** Whether an answer to the alarm of 1 April fits the plans that it is about: the meeting, the day and the reason that it needs. */
import { parseDay, weekdayInWords } from '../libs/calendar/dates.js';
import { meetingsThatHelp } from '../libs/calendar/meetings-that-help.js';
import type { KnownMeeting } from '../libs/calendar/change-meeting.js';
import type { CoursesOfCycle } from '../libs/database/plan-courses.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { lastDay, previousYear } from '../libs/domain/financial-year.js';
import type { GuardAnswerKind } from '../libs/domain/guard-answer.js';
import type { GuardAnswerRequest } from '../workflows/activity-contract.js';

export interface CheckedAnswer {
  kind: GuardAnswerKind;
  meeting: KnownMeeting | null;
  /** 'YYYY-MM-DD': the meeting's day, the day by which it is settled as urgent, or the later day of publication. */
  until: string;
  reason: string | null;
}

/** @throws DomainError 'invalid' with what has to be put right, and where */
export function checkedAnswer(request: GuardAnswerRequest, courses: CoursesOfCycle): CheckedAnswer {
  const reason = request.reason?.trim() || null;
  if (request.kind === 'other-meeting') {
    const meeting = chosenMeeting(request, courses);
    return { kind: request.kind, meeting, until: meeting.date, reason };
  }
  if (!reason)
    throw refused('/reason', request.kind === 'urgency' ? 'Give the reason why it is urgent' : 'Give the reason why lateness is accepted');
  return { kind: request.kind, meeting: null, until: chosenDay(request, courses), reason };
}

function chosenMeeting({ meetingId }: GuardAnswerRequest, { plans, rules }: CoursesOfCycle): KnownMeeting {
  const meeting = rules.meetings.find(({ id }) => id === meetingId);
  if (!meeting) throw refused('/meetingId', 'Choose the meeting');
  for (const { plan, input } of plans)
    if (!meetingsThatHelp(input, rules).some((one) => one.meeting.id === meeting.id))
      throw refused(
        '/meetingId',
        `The meeting on ${weekdayInWords(meeting.date)} does not help the ${plan.title}: by ordinary notice it cannot be taken there and be published in time, or it is meant for it already. Choose another`,
      );
  return meeting;
}

function chosenDay({ kind, until }: GuardAnswerRequest, { plans, rules }: CoursesOfCycle): string {
  if (!until) throw refused('/until', kind === 'urgency' ? 'Give the day by which it is settled' : 'Give the new day of publication');
  const day = readDay(until);
  const { year } = plans[0]!.input.dates;
  const [last, end] = [lastDay(previousYear(year)), lastDay(year)];
  if (day < rules.today) throw refused('/until', `${weekdayInWords(day)} has passed. Choose a day from today on`);
  if (kind === 'urgency' && rules.today <= last && day > last)
    throw refused('/until', `Urgency is there to keep 1 April: choose a day not after ${weekdayInWords(last)}, or accept the lateness`);
  if (day > end) throw refused('/until', `Choose a day not after ${weekdayInWords(end)}, when the year of the plan ends`);
  if (kind === 'urgency') return day;
  if (day <= last) throw refused('/until', `${weekdayInWords(day)} is not late. Choose a day after ${weekdayInWords(last)}`);
  if (!rules.calendar.isWorkingDay(day)) throw refused('/until', `${weekdayInWords(day)} is not a working day. Choose another`);
  return day;
}

function readDay(until: string): string {
  try {
    return parseDay(until).toString();
  } catch {
    throw refused('/until', 'The date must be a real date, such as 2026-04-15');
  }
}

function refused(pointer: string, detail: string): DomainError {
  return new DomainError('invalid', `${detail}.`, [{ pointer, detail }]);
}
