/** Whose dates they are: the people that each date of a timetable asks something of. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CycleDateName, MovedDate, QuarterDateName } from '../libs/calendar/move-meeting.js';
import type { TimetableSettings } from '../libs/calendar/timetable-settings.js';
import type { Quarter } from '../libs/database/entities/monitoring.js';
import type { Person } from '../libs/database/entities/people.js';
import type { Plan } from '../libs/database/entities/plans.js';
import type { Role } from '../libs/domain/route.js';
import type { CouncilMoment } from './council-moment.js';
import { peopleWithRole } from './person-roles.js';
import { updatersAsked } from './updaters.js';

/** A date that moved, of a cycle with the plans that it is about, or of a quarter. */
export type DateOfSomebody = MovedDate & { title: string; plans: readonly Plan[]; of: 'cycle' | 'quarter'; period?: Quarter };

/** A role, and what narrows it: each plan's own people, or one body's. */
type Concerned = { role: Role; of: 'plan' | keyof TimetableSettings['bodies'] | 'everyone' };

const LEADERS: Concerned = { role: 'priority-leader', of: 'plan' };
const TEAM: Concerned = { role: 'performance-team', of: 'everyone' };
const clerkOf = (of: keyof TimetableSettings['bodies']): Concerned => ({ role: 'committee-clerk', of });

const CYCLE_DATES: Partial<Record<CycleDateName, readonly Concerned[]>> = {
  draftDue: [LEADERS],
  gmtMeeting: [{ role: 'gmt', of: 'everyone' }, LEADERS],
  finalReportDue: [LEADERS, clerkOf('committee')],
  agendaPublished: [clerkOf('committee')],
  committeeMeeting: [LEADERS, clerkOf('committee'), TEAM],
  cabinetMeeting: [clerkOf('cabinet'), TEAM],
  councilMeeting: [clerkOf('council'), TEAM],
  fullPlanDue: [{ role: 'head-of-service', of: 'plan' }, TEAM],
  publication: [LEADERS, TEAM],
};

const QUARTER_DATES: Partial<Record<QuarterDateName, readonly Concerned[]>> = {
  due: [TEAM],
  preparedForGmt: [TEAM],
  gmtMeeting: [{ role: 'gmt', of: 'everyone' }, TEAM],
  finalReportDue: [TEAM, clerkOf('cabinet')],
  agendaPublished: [clerkOf('cabinet')],
  cabinetMeeting: [TEAM, clerkOf('cabinet')],
};

/** Each person once, with those of the dates that are theirs and not over. */
export async function peopleConcerned(
  em: EntityManager,
  moment: CouncilMoment,
  dates: readonly DateOfSomebody[],
): Promise<{ person: Person; dates: DateOfSomebody[] }[]> {
  const theirs = new Map<string, { person: Person; dates: DateOfSomebody[] }>();
  for (const date of dates.filter(({ before, after }) => before >= moment.today || after >= moment.today)) {
    for (const person of await peopleOf(em, moment, date)) {
      const known = theirs.get(person.id) ?? { person, dates: [] };
      if (!known.dates.includes(date)) known.dates.push(date);
      theirs.set(person.id, known);
    }
  }
  return [...theirs.values()];
}

async function peopleOf(em: EntityManager, moment: CouncilMoment, date: DateOfSomebody): Promise<Person[]> {
  const { council } = moment;
  const concerned = date.of === 'cycle' ? CYCLE_DATES[date.name as CycleDateName] : QUARTER_DATES[date.name as QuarterDateName];
  const found: Person[] = [];
  for (const { role, of } of concerned ?? []) {
    const scopes = of === 'plan' ? date.plans.map(({ slug }) => slug) : [of === 'everyone' ? null : council.settings.timetable.bodies[of]];
    for (const scope of scopes) found.push(...(await peopleWithRole(em, moment, role, scope)));
  }
  if (date.name === 'due' && date.period) found.push(...(await updatersAsked(em, moment, date.period)).map(({ person }) => person));
  return found;
}
