/** Who is asked for a role's tasks, looked up once for each role and scope: a hundred plans share most of them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { peopleWithRole, standingInAt } from '../../../activities/person-roles.js';
import { Person } from '../../../libs/database/entities/people.js';
import type { Task } from '../../../libs/database/entities/tasks.js';
import { bothNames, whoHasRole } from '../../../libs/database/standing-in-today.js';
import type { Role } from '../../../libs/domain/route.js';
import type { PeopleOfTask } from './whom-to-chase.js';

export class Holders implements PeopleOfTask {
  private readonly names = new Map<string, Promise<string[]>>();
  private readonly people = new Map<string, Promise<Person[]>>();

  constructor(
    private readonly em: EntityManager,
    private readonly moment: CouncilMoment,
  ) {}

  /** "Priya Nair for Maya Thornton"; "nobody" where nobody is there for it, so that it is seen. */
  of(task: Pick<Task, 'role' | 'scope'>): Promise<string[]> {
    return once(this.names, task, (role, scope) => this.namesOf(role, scope));
  }

  /** Those who are told; the performance team where nobody is there for it. */
  peopleOf(task: Pick<Task, 'role' | 'scope'>): Promise<Person[]> {
    return once(this.people, task, (role, scope) => peopleWithRole(this.em, this.moment, role, scope));
  }

  private async namesOf(role: Role, scope: string | null): Promise<string[]> {
    const answering = await whoHasRole(this.em, this.moment.council.id, role, scope, await standingInAt(this.em, this.moment));
    const ids = answering.flatMap(({ personId, through }) => [...(personId ? [personId] : []), ...through]);
    const people = await this.em.find(Person, { id: { $in: ids } });
    const nameOf = (id: string | null | undefined): string => people.find((person) => person.id === id)?.name ?? '';
    const names = answering.map(({ personId, through }) => bothNames(nameOf(personId), nameOf(through[0])));
    return names.length > 0 ? names.sort((one, other) => one.localeCompare(other)) : ['nobody'];
  }
}

function once<Found>(
  known: Map<string, Promise<Found[]>>,
  { role, scope = null }: Pick<Task, 'role' | 'scope'>,
  look: (role: Role, scope: string | null) => Promise<Found[]>,
): Promise<Found[]> {
  if (!role) return Promise.resolve([]);
  const key = `${role} ${scope ?? ''}`;
  const found = known.get(key) ?? look(role, scope);
  known.set(key, found);
  return found;
}
