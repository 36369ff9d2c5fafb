/** What is wrong with an absence that somebody wants to record, field by field, in words for them. */
import { inWords } from '../../../libs/calendar/dates.js';
import type { InvalidField } from '../../../libs/domain/domain-error.js';
import type { DaysAway } from '../../../libs/domain/standing-in.js';

export interface AbsenceAsked {
  personId: string;
  /** 'YYYY-MM-DD', both included. */
  firstDay: string;
  lastDay: string;
  /** Null for nobody. */
  standInId: string | null;
}

/** Somebody of the council, perhaps with a day from which they are not there any more. */
export interface Colleague {
  id: string;
  name: string;
  leftOn?: string | null;
}

/** The council's people and every absence that is not over, as they are before the new one. */
export interface PeopleAndAbsences {
  people: readonly Colleague[];
  absences: readonly DaysAway[];
  today: string;
}

/** @returns nothing where the absence can be recorded; pointers '/person', '/firstDay', '/lastDay' and '/standIn' */
export function troubleWithAbsence(asked: AbsenceAsked, known: PeopleAndAbsences): InvalidField[] {
  const person = known.people.find(({ id }) => id === asked.personId);
  if (!person) return [{ pointer: '/person', detail: 'Choose who is away' }];
  return [...troubleWithDays(asked, person, known), ...troubleWithStandIn(asked, person, known)];
}

function troubleWithDays({ firstDay, lastDay }: AbsenceAsked, person: Colleague, { absences, today }: PeopleAndAbsences): InvalidField[] {
  if (lastDay < firstDay) return [{ pointer: '/lastDay', detail: 'The last day must be the first day or later' }];
  if (lastDay < today) return [{ pointer: '/lastDay', detail: `The last day must be today, ${inWords(today)}, or later` }];
  if (Number(firstDay.slice(0, 4)) < Number(today.slice(0, 4)) - 1)
    return [{ pointer: '/firstDay', detail: `The first day is long past. Is the year right? Today is ${inWords(today)}` }];
  if (Number(lastDay.slice(0, 4)) > Number(today.slice(0, 4)) + 3)
    return [{ pointer: '/lastDay', detail: 'The last day is more than three years off. Record that they leave instead' }];
  if (person.leftOn && person.leftOn <= lastDay)
    return [{ pointer: '/lastDay', detail: `${person.name} is not here any more from ${inWords(person.leftOn)} on` }];
  const other = absences.find((one) => one.personId === person.id && overlap(one, { firstDay, lastDay }));
  if (!other) return [];
  const until = other.lastDay ? ` to ${inWords(other.lastDay)}` : ' on';
  return [
    {
      pointer: '/firstDay',
      detail: `${person.name} is recorded as away from ${inWords(other.firstDay)}${until}. End that absence first, or choose other days`,
    },
  ];
}

function troubleWithStandIn(asked: AbsenceAsked, person: Colleague, { people, absences }: PeopleAndAbsences): InvalidField[] {
  const { standInId, lastDay } = asked;
  if (standInId === null) return [];
  const refused = (detail: string): InvalidField[] => [{ pointer: '/standIn', detail }];
  const standIn = people.find(({ id }) => id === standInId);
  if (!standIn) return refused('Choose who stands in from the list, or nobody');
  if (standIn.id === person.id) return refused(`${person.name} cannot stand in for themselves. Choose somebody else, or nobody`);
  if (standIn.leftOn && standIn.leftOn <= lastDay)
    return refused(`${standIn.name} is not here any more from ${inWords(standIn.leftOn)} on. Choose somebody else`);
  if (!leadsBack(asked, standIn.id, absences, new Set())) return [];
  return refused(
    `${standIn.name} is away in these days too, and who stands in for them leads back to ${person.name}. Choose somebody else`,
  );
}

/** Whether who stands in for the stand-in in these days leads back to the person. */
function leadsBack(asked: AbsenceAsked, from: string, absences: readonly DaysAway[], passed: Set<string>): boolean {
  if (passed.has(from)) return false;
  passed.add(from);
  const next = absences
    .filter((one) => one.personId === from && overlap(one, asked))
    .flatMap(({ standInId, handovers }) => [standInId, ...handovers.map(({ toId }) => toId)])
    .filter((id): id is string => Boolean(id));
  return next.some((id) => id === asked.personId || leadsBack(asked, id, absences, passed));
}

type Days = Pick<DaysAway, 'firstDay' | 'lastDay'>;

function overlap(one: Days, other: Days): boolean {
  const isBefore = (first: Days, second: Days): boolean => Boolean(first.lastDay && first.lastDay < second.firstDay);
  const isWithdrawn = Boolean(one.lastDay && one.lastDay < one.firstDay);
  return !isWithdrawn && !isBefore(one, other) && !isBefore(other, one);
}
