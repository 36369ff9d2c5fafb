/** Reports on quarters that GMT sees too early to have the figures in them, or too late for what it says of them to reach Cabinet. */
import { quarterEnd, type Quarter } from '../domain/financial-year.js';
import type { Clash } from './clash.js';
import { weekdayInWords } from './dates.js';
import { bodyTitle, type CalendarRules } from './listed-meetings.js';
import { isSameBusiness, paperDates } from './timetable.js';
import type { Meeting } from './timetable-settings.js';

type Report = { what: 'quarter'; year: string; quarter: Quarter };

/** @param meetings with what each considers */
export function quarterReportClashes(meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const { bodies } = rules.settings;
  return meetings
    .filter(({ body }) => body === bodies.cabinet)
    .flatMap((cabinet) => cabinet.considers.flatMap((item) => (item.what === 'quarter' ? [{ cabinet, item }] : [])))
    .flatMap(({ cabinet, item }) => {
      const review = meetings.find(({ body, considers }) => body === bodies.review && considers.some((one) => isSameBusiness(one, item)));
      return review ? [...beforeData(review, cabinet, item, rules), ...afterReport(review, cabinet, item, rules)] : [];
    });
}

function beforeData(review: Meeting, cabinet: Meeting, item: Report, rules: CalendarRules): Clash[] {
  const { settings, calendar } = rules;
  const prepared = calendar.workingDaysBefore(review.date, settings.quarterReportBeforeReview);
  const opens = calendar.addWorkingDays(quarterEnd(item.year, item.quarter), 1);
  const due = calendar.addWorkingDays(opens, settings.quarterlyUpdateDueAfter);
  if (prepared >= due) return [];
  return [
    {
      kind: 'report-before-data',
      what: reportInWords(cabinet, item, rules),
      why: `It is prepared on ${weekdayInWords(prepared)}, before the updates are due on ${weekdayInWords(due)}. Move the meeting of ${titleOf(review, rules)} on ${weekdayInWords(review.date)}.`,
    },
  ];
}

/** GMT sees the report first (domain.md section a): by the day on which its final text for Cabinet is due. */
function afterReport(review: Meeting, cabinet: Meeting, item: Report, rules: CalendarRules): Clash[] {
  const { finalReportDue } = paperDates(cabinet.date, rules);
  if (review.date <= finalReportDue) return [];
  return [
    {
      kind: 'review-after-report',
      what: reportInWords(cabinet, item, rules),
      why: `${titleOf(review, rules)} sees it only on ${weekdayInWords(review.date)}, but the final report is due on ${weekdayInWords(finalReportDue)}. Move one of the meetings.`,
    },
  ];
}

function reportInWords(cabinet: Meeting, { year, quarter }: Report, rules: CalendarRules): string {
  return `The report on quarter ${quarter} of ${year} for ${titleOf(cabinet, rules)} on ${weekdayInWords(cabinet.date)}`;
}

function titleOf({ body }: Meeting, { bodies }: CalendarRules): string {
  return bodyTitle(body, bodies);
}
