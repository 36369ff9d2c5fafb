/** What a change of a meeting brings, in the words in which it is shown before it is made and by which it is known again when it is. */
import type { KnownMeeting, MeetingChange } from '../calendar/change-meeting.js';
import type { Clash } from '../calendar/clashes.js';
import {
  CYCLE_DATE_TITLES,
  eachOnce,
  isDecidedInTime,
  isTaxSetInTime,
  newClashes,
  QUARTER_DATE_TITLES,
  warningsOfDay,
} from '../calendar/move-meeting.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import type { CouncilAtWork } from './council-at-work.js';
import { meetingRules, type WorkedOutChange } from './meeting-change.js';

/** One date that changes, in words. */
export interface ChangedDate {
  /** 'Plans of 2026/27' or the quarter. */
  of: string;
  title: string;
  before: string;
  after: string;
}

/** Everything that follows from a change. */
export interface ChangeFollows {
  changes: ChangedDate[];
  clashes: Pick<Clash, 'what' | 'why'>[];
  /** Whether every open year's plans are still decided before they are published. */
  firstOfAprilHolds: boolean;
  /** Whether Council still meets before the day by which the council tax is to be set. */
  councilTaxDayHolds: boolean;
  /** What has to be done about an agenda that is published already. */
  agenda: 'publish-anew' | 'supplement' | null;
}

/** @param today the council's day */
export function whatFollows(council: CouncilAtWork, change: MeetingChange, changed: WorkedOutChange, today: string): ChangeFollows {
  const rules = meetingRules(council);
  const { before, meeting, meetings, toMeeting, cycles } = changed;
  const isOnNewDay = toMeeting && (isNew(changed) || change.kind === 'moved');
  const onNewDay = isOnNewDay ? warningsOfDay(toMeeting.body, toMeeting.date, today, rules) : [];
  return {
    changes: changesInWords(changed),
    clashes: inWords([...onNewDay, ...cycles.flatMap(({ dates }) => newClashes(dates.year, before, meetings, { ...rules, today }))]),
    firstOfAprilHolds: cycles.every(({ cycle, dates }) => isDecidedInTime(dates, cycle.route)),
    councilTaxDayHolds: cycles.every(({ dates }) => isTaxSetInTime(dates, rules)),
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

function changesInWords({ cycles, quarters }: WorkedOutChange): ChangedDate[] {
  return [
    ...cycles.flatMap(({ dates, moved }) =>
      moved.map(({ name, ...date }) => ({ of: `Business plans ${dates.year}`, title: CYCLE_DATE_TITLES[name], ...date })),
    ),
    // A plan for which another meeting was chosen has dates of its own.
    ...cycles.flatMap(({ plans, moved }) =>
      plans.flatMap(({ plan, moved: theirs }) =>
        theirs
          .filter(({ name, after }) => !moved.some((date) => date.name === name && date.after === after))
          .map(({ name, ...date }) => ({ of: plan.title, title: CYCLE_DATE_TITLES[name], ...date })),
      ),
    ),
    ...quarters.flatMap(({ period: { year, quarter }, moved }) =>
      moved.map(({ name, ...date }) => ({
        of: quarterInWords(financialYearFromId(year), quarter as QuarterNumber),
        title: QUARTER_DATE_TITLES[name],
        ...date,
      })),
    ),
  ];
}

function agendaToDo({ kind }: MeetingChange, before: KnownMeeting, toMeeting: KnownMeeting | null): ChangeFollows['agenda'] {
  if (kind === 'moved') return before.state === 'agenda-published' ? 'publish-anew' : null;
  return toMeeting?.state === 'agenda-published' && before.considers.length > 0 ? 'supplement' : null;
}

function inWords(clashes: readonly Pick<Clash, 'what' | 'why'>[]): ChangeFollows['clashes'] {
  return eachOnce(clashes).map(({ what, why }) => ({ what, why }));
}
