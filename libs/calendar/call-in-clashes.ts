/** A decision of Cabinet about the plans that could still be called in when the next step is due. */
import type { Clash, PlanMeetings } from './clash.js';
import { weekdayInWords } from './dates.js';
import { bodyTitle, type CalendarRules } from './listed-meetings.js';
import { publicationDates } from './timetable.js';
import type { Meeting } from './timetable-settings.js';

/**
 * A decision of Cabinet takes effect only once the days in which it can be called in have ended. A recommendation to Council is no
 * decision of the executive and cannot be called in, so there is nothing to say where Council decides (domain.md, Notice rules).
 */
export function callInClashes(year: string, { cabinet, council }: PlanMeetings, rules: CalendarRules): Clash[] {
  const { settings, calendar } = rules;
  const { days, publishedWithin } = settings.callIn;
  if (!cabinet || days === 0) return [];
  const after = council && council.date >= cabinet.date ? council : undefined;
  if (after && !settings.cabinetAlwaysDecides) return [];
  const next = nextStep(year, cabinet, after, rules);
  const ends = calendar.addWorkingDays(cabinet.date, publishedWithin + days);
  if (!next || ends < next.date) return [];
  const latest = calendar.workingDaysBefore(next.date, publishedWithin + days + 1);
  return [
    {
      kind: 'call-in',
      what: `Call-in of the decision of ${bodyTitle(cabinet.body, rules.bodies)} on ${weekdayInWords(cabinet.date)}`,
      why:
        `It can be called in until ${weekdayInWords(ends)}, ${counted(days)} after it is published, which may take ${counted(publishedWithin)}. ` +
        `${next.told} on ${weekdayInWords(next.date)}, and a call-in would hold the plans up past that day. ` +
        `${bodyTitle(cabinet.body, rules.bodies)} would have to decide by ${weekdayInWords(latest)}, or its decision be exempt from call-in as urgent.`,
      meetings: after ? [cabinet, after] : [cabinet],
    },
  ];
}

/** What comes after Cabinet: Council, where it does, or publication. Plans that are out already are told of elsewhere. */
function nextStep(
  year: string,
  cabinet: Meeting,
  council: Meeting | undefined,
  rules: CalendarRules,
): { date: string; told: string } | undefined {
  const { publication } = publicationDates(year, rules);
  const steps = [
    ...(council ? [{ date: council.date, told: `${bodyTitle(council.body, rules.bodies)} meets` }] : []),
    ...(publication > cabinet.date ? [{ date: publication, told: 'The plans are to be published' }] : []),
  ];
  return steps.sort((a, b) => a.date.localeCompare(b.date))[0];
}

function counted(days: number): string {
  return `${days} working day${days === 1 ? '' : 's'}`;
}
