/** What `plancycle import-meetings` prints for people: what was or would be written, and what does not agree. */
import type { SummarisedMeeting } from '../../libs/calendar/calendar-summary.js';
import { weekdayInWords } from '../../libs/calendar/dates.js';
import type { ImportedMeetings } from './import-meetings.js';

const DETAIL_NAMES = { time: 'time', place: 'place', address: 'address', kind: 'kind' };

/** One part for each kind of thing that there is, and at the end what happened. */
export function importedAsText(file: string, result: ImportedMeetings): string {
  const { added, changed, onAnotherDay, cancelledThere, postponedThere, stillThere, unknownBodies, leftOut, missing, clashes } = result;
  const parts = [
    part(
      'New meetings',
      added.map((one) => `${line(one)}${one.extraordinary ? ' (extraordinary)' : ''}`),
    ),
    part(
      'Changed',
      changed.flatMap((one) =>
        one.details.map(({ what, before, after }) => `${line(one)}: ${DETAIL_NAMES[what]} ${before ?? '(none)'} → ${after}`),
      ),
    ),
    part(
      'On another day in the calendar (they stay where they are)',
      onAnotherDay.map((one) => `${line(one)}: there on ${weekdayInWords(one.calendarDate)}`),
    ),
    part('Cancelled in the calendar (they stay as they are)', cancelledThere.map(line)),
    part('Postponed in the calendar (they stay where they are)', postponedThere.map(line)),
    part('Cancelled here, and still in the calendar', stillThere.map(line)),
    part(
      'What then clashes',
      clashes.map(({ what, why }) => `${what}. ${why}`),
    ),
    part('Not in the calendar', missing.map(line)),
    part('Left out: over, cancelled, postponed, or a second one on a day', leftOut.map(line)),
    part(
      'Of bodies that have no part in the plans',
      unknownBodies.map(({ body, meetings }) => `${body} (${meetings})`),
    ),
  ];
  return `${[...parts.flat(), whatHappened(file, result)].join('\n')}\n`;
}

function part(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((one) => `  ${one}`), ''];
}

function line({ body, date }: SummarisedMeeting): string {
  return `${weekdayInWords(date)}: ${body}`;
}

function whatHappened(file: string, { changes, same, dryRun }: ImportedMeetings): string {
  const meetings = (number: number): string => `${number} ${number === 1 ? 'meeting' : 'meetings'}`;
  const agreed = `${meetings(same)} agree`;
  if (changes === 0) return `${file}: ${agreed}; there is nothing new, so nothing ${dryRun ? 'would be' : 'was'} written.`;
  return dryRun
    ? `${file}: ${agreed}; something new would be noted of ${meetings(changes)}. Nothing was written.`
    : `${file}: ${agreed}; something new was noted of ${meetings(changes)}.`;
}
