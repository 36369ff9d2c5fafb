/** What is wrong with the days that are set for a year's plans themselves: when they are complete, and when they are published. */
import { firstDay, lastDay, previousYear } from '../domain/financial-year.js';
import type { Clash } from './clash.js';
import { weekdayInWords } from './dates.js';
import type { CalendarRules } from './listed-meetings.js';
import { publicationDates } from './timetable.js';

/** Publication after the year has begun, on a day off, before the full plan is due, or in a pre-election period. */
export function publicationClashes(year: string, rules: CalendarRules): Clash[] {
  const { publication, fullPlanDue } = publicationDates(year, rules);
  const what = `Publication on ${weekdayInWords(publication)}`;
  const clashes: Clash[] = [];
  if (publication >= firstDay(year))
    clashes.push({
      kind: 'publication-late',
      what,
      why: `The plans are to be public before their year begins on 1 April. Set a day not after ${weekdayInWords(rules.calendar.lastWorkingDay(lastDay(previousYear(year))))}.`,
    });
  if (!rules.calendar.isWorkingDay(publication))
    clashes.push({
      kind: 'publication-day-off',
      what,
      why: 'That is a weekend, a bank holiday or a day on which the council is closed. Set a working day.',
    });
  if (fullPlanDue > publication)
    clashes.push({
      kind: 'full-plan-late',
      what: `The full plan is due on ${weekdayInWords(fullPlanDue)}`,
      why: `The plans are to be published before that, on ${weekdayInWords(publication)}. Set an earlier day for the full plan, or a later one for publication.`,
    });
  return [...clashes, ...preElection(publication, what, rules)];
}

function preElection(publication: string, what: string, { settings, calendar }: CalendarRules): Clash[] {
  return settings.pollingDays
    .map((poll) => ({ poll, begins: calendar.workingDaysBefore(poll, settings.preElectionPeriod) }))
    .filter(({ poll, begins }) => publication >= begins && publication <= poll)
    .map(({ poll, begins }) => ({
      kind: 'pre-election',
      what,
      why: `The pre-election period begins on ${weekdayInWords(begins)} for the poll on ${weekdayInWords(poll)}. The Monitoring Officer decides whether plans go out without publicity.`,
    }));
}
