/** Whom a chase about a plan goes to: one answer, for the button that says it and for the e-mail that is sent. */
import type { Person } from '../../../libs/database/entities/people.js';
import type { Task } from '../../../libs/database/entities/tasks.js';

/** Finds the people who are told of a task. */
export interface PeopleOfTask {
  peopleOf(task: Task): Promise<Person[]>;
}

/** Somebody with what they are chased for. */
export interface ToChase {
  person: Person;
  tasks: Task[];
}

/**
 * The people of what is overdue; where nothing is, those of the plan's present step; behind the last step, of whatever is open.
 * @param open the plan's open tasks
 * @param today the council's day
 * @returns each person once
 */
export async function whomToChase(open: readonly Task[], plan: { at: string }, today: string, people: PeopleOfTask): Promise<ToChase[]> {
  const found = new Map<string, ToChase>();
  for (const task of tasksToChase(open, plan, today))
    for (const person of await people.peopleOf(task)) {
      const known = found.get(person.id) ?? { person, tasks: [] };
      known.tasks.push(task);
      found.set(person.id, known);
    }
  return [...found.values()];
}

function tasksToChase(open: readonly Task[], plan: { at: string }, today: string): readonly Task[] {
  const late = open.filter(({ dueOn }) => dueOn && dueOn < today);
  const present = open.filter(({ at }) => at === plan.at);
  return late.length > 0 ? late : present.length > 0 ? present : open;
}
