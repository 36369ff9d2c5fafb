/** What a change of a meeting brings, in the words in which it is shown before it is made and by which it is known again when it is. */
import type { KnownMeeting, MeetingChange } from '../calendar/change-meeting.js';
import { warningsOfDay } from '../calendar/move-meeting.js';
import { clashesInWords, clashesOfChange, effectsInWords, type ClashInWords, type EffectsInWords } from './changed-dates.js';
import type { CouncilAtWork } from './council-at-work.js';
import { meetingRules, type WorkedOutChange } from './meeting-change.js';

/** Everything that follows from a change. */
export interface ChangeFollows extends EffectsInWords {
  clashes: ClashInWords[];
  /** What has to be done about an agenda that is published already. */
  agenda: 'publish-anew' | 'supplement' | null;
}

/** @param today the council's day */
export function whatFollows(council: CouncilAtWork, change: MeetingChange, changed: WorkedOutChange, today: string): ChangeFollows {
  const rules = meetingRules(council);
  const { meeting, toMeeting } = changed;
  const isOnNewDay = toMeeting && (isNew(changed) || change.kind === 'moved');
  const clashes = clashesOfChange(changed, today);
  const onNewDay = isOnNewDay ? warningsOfDay(toMeeting.body, toMeeting.date, today, rules, clashes) : [];
  return {
    ...effectsInWords(changed),
    clashes: clashesInWords([...onNewDay, ...clashes]),
    agenda: agendaToDo(change, meeting, toMeeting),
  };
}

/**
 * All that a clerk is shown, as plain data: the meetings by their days and agendas, since a new one has no lasting id yet, and what
 * follows. Other meetings, settings and the day change it as well, which no revision of the meeting would tell.
 */
export function asShown(change: MeetingChange, changed: WorkedOutChange, follows: ChangeFollows): Record<string, unknown> {
  const shown = ({ body, date, state, considers }: KnownMeeting): Record<string, unknown> => ({ body, date, state, considers });
  const { meeting, toMeeting } = changed;
  return {
    kind: change.kind,
    meeting: { id: meeting.id, ...shown(meeting) },
    toMeeting: toMeeting && { id: isNew(changed) ? null : toMeeting.id, ...shown(toMeeting) },
    ...follows,
  };
}

/** Whether the business goes to a meeting that there is not yet. */
export function isNew({ before, toMeeting }: WorkedOutChange): boolean {
  return toMeeting !== null && !before.some(({ id }) => id === toMeeting.id);
}

function agendaToDo({ kind }: MeetingChange, before: KnownMeeting, toMeeting: KnownMeeting | null): ChangeFollows['agenda'] {
  if (kind === 'moved') return before.state === 'agenda-published' ? 'publish-anew' : null;
  return toMeeting?.state === 'agenda-published' && before.considers.length > 0 ? 'supplement' : null;
}
