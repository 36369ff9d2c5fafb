/** Who stands above somebody: the managers that an escalation climbs to. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Person } from '../libs/database/entities/people.js';
import type { StandingIn } from '../libs/domain/standing-in.js';

/** The next persons up, and those above them, up to so many persons up; nobody twice, so that a circle of managers ends too. */
export async function personsUp(em: EntityManager, standingIn: StandingIn, people: readonly Person[], levels: number): Promise<Person[]> {
  const told = new Map(people.map((person) => [person.id, person]));
  let below = people;
  for (let level = 1; level <= levels && below.length > 0; level++) {
    below = await nextPersonUp(em, standingIn, below, (id) => told.has(id));
    for (const person of below) told.set(person.id, person);
  }
  return [...told.values()].slice(people.length);
}

/**
 * The managers of the people who were asked; for one who is away whoever stands in, and where that is nobody, or somebody who
 * is told already, the manager above.
 */
async function nextPersonUp(
  em: EntityManager,
  standingIn: StandingIn,
  people: readonly Person[],
  isTold: (id: string) => boolean,
): Promise<Person[]> {
  const found = new Set<string>();
  for (const person of people) {
    const passed = new Set<string>();
    let managerId = person.managerId ?? null;
    while (managerId !== null && !passed.has(managerId)) {
      passed.add(managerId);
      const { personId } = standingIn.answersFor(managerId);
      // Who is told already need not be told again.
      if (personId !== null && !isTold(personId)) found.add(personId);
      if (!standingIn.isAway(managerId) || (personId !== null && !isTold(personId))) break;
      managerId = (await em.findOne(Person, managerId))?.managerId ?? null;
    }
  }
  return em.find(Person, { id: { $in: [...found] } }, { orderBy: { name: 'asc' } });
}
