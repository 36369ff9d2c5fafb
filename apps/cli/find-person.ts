/** Finds the person that somebody names on the command line. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Person } from '../../libs/database/entities/people.js';
import { DomainError } from '../../libs/domain/domain-error.js';

/**
 * The person with this e-mail address or name, capitals or not; who has left is not found.
 * @param today the council's day
 * @throws DomainError 'not-found'; 'invalid' where several have the name
 */
export async function findPerson(em: EntityManager, councilId: string, who: string, today: string): Promise<Person> {
  const wanted = who.trim().toLowerCase();
  const people = await em.find(Person, { councilId, $or: [{ leftOn: null }, { leftOn: { $gt: today } }] });
  const found = people.filter(({ email, name }) => email.toLowerCase() === wanted || name.toLowerCase() === wanted);
  const [person, another] = found;
  if (!person)
    throw new DomainError('not-found', `Nobody called “${who}” works with the plans of this council. Give a name or an e-mail address.`);
  if (another)
    throw new DomainError(
      'invalid',
      `Several people are called “${who}”: give an e-mail address, such as ${found.map(({ email }) => email).join(' or ')}.`,
    );
  return person;
}
