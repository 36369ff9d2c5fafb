/** What a rehearsal was about, in words, and the way back from a rehearsed change to making it. */
import { weekdayInWords } from '../../../libs/calendar/dates.js';
import type { Rehearsal, RehearsedChange } from '../../../libs/database/entities/rehearsal.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import type { MeetingChangeKind } from '../../../libs/domain/meeting.js';
import type { ShownState } from './rehearsals.service.js';

export const STATE_WORDS: Record<ShownState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

const WAS: Record<MeetingChangeKind, string> = {
  moved: 'is moved',
  adjourned: 'was adjourned',
  cancelled: 'is cancelled',
  inquorate: 'had too few members',
};

/** "The meeting of Cabinet on Tuesday 3 February 2026 is moved to Tuesday 10 February 2026". */
export function changeInWords({ from, kind, to, businessOn }: RehearsedChange, bodyName: string): string {
  const goes = to ? ` to ${weekdayInWords(to)}` : businessOn ? `, and its business goes to ${weekdayInWords(businessOn)}` : '';
  return `The meeting of ${bodyName} on ${weekdayInWords(from)} ${WAS[kind]}${goes}`;
}

/** "2026/27, with a meeting changed". */
export function titleOf({ year, change }: Pick<Rehearsal, 'year' | 'change'>): string {
  return `Rehearsal of ${financialYearFromId(year)}${change ? ' with a meeting changed' : ''}`;
}

/** The page that shows once more what the change brings, from where it can be made. */
export function previewAddress({ meetingId, kind, to, business, reason }: RehearsedChange): string {
  const typed = new URLSearchParams();
  if (to) setDay(typed, 'to', to);
  if (business && 'meetingId' in business) typed.set('business', business.meetingId);
  if (business && 'date' in business) {
    typed.set('business', 'extraordinary');
    setDay(typed, 'on', business.date);
  }
  if (reason) typed.set('reason', reason);
  const query = typed.size > 0 ? `?${typed.toString()}` : '';
  return `/meetings/${meetingId}/${kind === 'moved' ? 'move' : `call-off/${kind}`}${query}`;
}

function setDay(typed: URLSearchParams, name: string, date: string): void {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  for (const [part, value] of Object.entries({ day, month, year })) typed.set(`${name}-${part}`, String(value));
}
