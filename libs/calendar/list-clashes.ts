/** What is wrong with a list of meetings in itself, whatever they consider. */
import type { Clash } from './clash.js';
import { weekdayInWords } from './dates.js';
import { bodyNamed, bodyTitle, type CalendarRules, type ListedMeeting } from './listed-meetings.js';

/** Bodies that are not the council's, meetings on days off, and meetings that stand in the list twice, by whatever name. */
export function listClashes(listed: readonly ListedMeeting[], rules: CalendarRules): Clash[] {
  return [...unknownBodies(listed, rules), ...onDaysOff(listed, rules), ...twice(listed, rules)];
}

function unknownBodies(listed: readonly ListedMeeting[], { bodies }: CalendarRules): Clash[] {
  const unknown = [...new Set(listed.map(({ body }) => body).filter((body) => bodyNamed(body, bodies) === null))];
  return unknown.map((body) => ({
    kind: 'unknown-body',
    what: `“${body}” is not one of the council’s bodies`,
    why: `No deadline of the plans follows from it. If it is another name of ${bodies.map(({ name }) => name).join(', ')}, add that name to the settings.`,
  }));
}

function onDaysOff(listed: readonly ListedMeeting[], rules: CalendarRules): Clash[] {
  return listed
    .filter(({ date }) => !rules.calendar.isWorkingDay(date))
    .map((meeting) => ({
      kind: 'day-off',
      what: inWords(meeting, rules),
      why: 'That is a weekend, a bank holiday or a day on which the council is closed. Choose a working day.',
      meetings: [meeting],
    }));
}

function twice(listed: readonly ListedMeeting[], rules: CalendarRules): Clash[] {
  const keys = listed.map(({ body, date }) => `${bodyNamed(body, rules.bodies) ?? body} on ${date}`);
  return listed
    .filter((_, index) => keys.indexOf(keys[index] ?? '') !== index)
    .map((meeting) => ({
      kind: 'twice',
      what: inWords(meeting, rules),
      why: 'The meeting stands in the list twice. Remove one of them.',
      meetings: [meeting],
    }));
}

function inWords({ body, date }: ListedMeeting, { bodies }: CalendarRules): string {
  const id = bodyNamed(body, bodies);
  return `${id === null ? body : bodyTitle(id, bodies)} on ${weekdayInWords(date)}`;
}
