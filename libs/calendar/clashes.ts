/** What in a year's meetings cannot work, or leaves no second chance: each clash with its reason, for the clerk who keeps the calendar. */
import { firstDay } from '../domain/financial-year.js';
import { callInClashes } from './call-in-clashes.js';
import { planMeetings, type Clash, type PlanMeetings } from './clash.js';
import { weekdayInWords } from './dates.js';
import { listClashes } from './list-clashes.js';
import { bodyTitle, type CalendarRules, type ListedMeeting } from './listed-meetings.js';
import { noticeClashes } from './notice-clashes.js';
import { publicationClashes } from './publication-clashes.js';
import { quarterClashes } from './quarter-clashes.js';
import { paperDates, publicationDates } from './timetable.js';
import type { Meeting } from './timetable-settings.js';

export type { Clash, ClashKind } from './clash.js';

/**
 * Every clash in the meetings for a year's plans.
 * @param listed the meetings as they were given
 * @param meetings the same with what each considers
 */
export function clashesOf(year: string, listed: readonly ListedMeeting[], meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const plans = planMeetings(year, meetings, rules);
  return [
    ...listClashes(listed, rules),
    ...missing(year, plans, rules),
    ...outOfOrder(plans, meetings, year, rules),
    ...pressed(year, plans, meetings, rules),
    ...noticeClashes(plans, rules),
    ...callInClashes(year, plans, rules),
    ...quarterClashes(year, meetings, rules),
    ...publicationClashes(year, rules),
  ];
}

function missing(year: string, { review, committee }: PlanMeetings, rules: CalendarRules): Clash[] {
  const { bodies } = rules.settings;
  const clashes: Clash[] = [];
  if (!committee)
    clashes.push({
      kind: 'no-committee',
      what: `No meeting of ${nameOf(bodies.committee, rules)} considers the plans of ${year}`,
      why: `It would have to meet between 1 January and 31 March ${firstDay(year).slice(0, 4)}, so that the plans can be published before 1 April. Add a meeting.`,
    });
  const finalReportDue = committee && paperDates(committee.date, rules).finalReportDue;
  if (!review || (finalReportDue && review.date > finalReportDue))
    clashes.push({
      kind: 'no-review',
      what: review
        ? `${nameOf(bodies.review, rules)} on ${weekdayInWords(review.date)} reviews the plans of ${year} too late`
        : `No meeting of ${nameOf(bodies.review, rules)} reviews the plans of ${year} in time`,
      why: finalReportDue
        ? `It would have to meet by ${weekdayInWords(finalReportDue)}, when the final report is due. ${review ? 'Move one of them' : 'Add a meeting'}.`
        : 'Add a meeting before the committee’s.',
      meetings: [review, committee].filter((meeting) => meeting !== undefined),
    });
  return clashes;
}

/** Cabinet and then Council consider the plans after the body before them; one that does not meet after it cannot. */
function outOfOrder(
  { committee, cabinet, council }: PlanMeetings,
  meetings: readonly Meeting[],
  year: string,
  rules: CalendarRules,
): Clash[] {
  const { bodies } = rules.settings;
  const begins = firstDay(year);
  const inTime = meetings.filter(({ date }) => date >= `${begins.slice(0, 4)}-01-01` && date < begins);
  const lastOf = (id: string): Meeting | undefined => inTime.findLast(({ body }) => body === id);
  return [
    ...tooEarly(cabinet ?? lastOf(bodies.cabinet), committee, cabinet !== undefined, rules),
    ...tooEarly(council ?? lastOf(bodies.council), laterOf(committee, cabinet), council !== undefined, rules),
  ];
}

function tooEarly(meeting: Meeting | undefined, before: Meeting | undefined, considersPlans: boolean, rules: CalendarRules): Clash[] {
  if (!meeting || !before || meeting.date >= before.date) return [];
  const [name, nameBefore] = [nameOf(meeting.body, rules), nameOf(before.body, rules)];
  return [
    {
      kind: 'out-of-order',
      what: `${name} meets before ${nameBefore}`,
      why:
        `${considersPlans ? 'It considers the plans' : 'Its last meeting before 1 April is'} on ${weekdayInWords(meeting.date)}, ` +
        `but ${nameBefore} considers ${considersPlans ? 'them' : 'the plans'} only on ${weekdayInWords(before.date)}. Move one of them.`,
      meetings: [meeting, before],
    },
  ];
}

function laterOf(one: Meeting | undefined, other: Meeting | undefined): Meeting | undefined {
  if (!one || !other) return one ?? other;
  return other.date >= one.date ? other : one;
}

/** Dates that are met, but with no room behind them. */
function pressed(year: string, { committee, cabinet, council }: PlanMeetings, meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const clashes: Clash[] = [];
  const { settings } = rules;
  const { publication } = publicationDates(year, rules);
  for (const meeting of [committee, cabinet, council])
    if (meeting && meeting.date >= publication)
      clashes.push({
        kind: 'after-publication',
        what: `${nameOf(meeting.body, rules)} on ${weekdayInWords(meeting.date)}`,
        why: `The plans are to be published on ${weekdayInWords(publication)}, before ${meeting === committee ? 'the committee' : nameOf(meeting.body, rules)} has considered them. Move one of them.`,
        meetings: [meeting],
      });
  const later = meetings.filter(
    (meeting) => meeting.body === committee?.body && meeting.date > committee.date && meeting.date < publication,
  );
  if (committee && later.length === 0)
    clashes.push({
      kind: 'last-chance',
      what: `${nameOf(committee.body, rules)} on ${weekdayInWords(committee.date)} is the last chance`,
      why: `The committee does not meet again before the plans are published on ${weekdayInWords(publication)}. A plan that is referred back would need an extraordinary meeting.`,
      meetings: [committee],
    });
  const taxDay = `${firstDay(year).slice(0, 4)}-${settings.taxSetBefore}`;
  if (council && council.date >= taxDay)
    clashes.push({
      kind: 'tax-day',
      what: `${nameOf(council.body, rules)} on ${weekdayInWords(council.date)}`,
      why: `The council tax is to be set before ${weekdayInWords(taxDay)} (Local Government Finance Act 1992 s30). Choose an earlier meeting.`,
      meetings: [council],
    });
  return clashes;
}

function nameOf(body: string, { bodies }: CalendarRules): string {
  return bodyTitle(body, bodies);
}
