/** Telling someone something, once: a notice is why, a message carries it. Written with what caused it, sent later. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { Person } from '../libs/database/entities/people.js';
import { Message, Notice } from '../libs/database/entities/tasks.js';
import { EMAIL_LEAVES, type EveryEmail, type EmailFacts, type EmailTemplate } from '../libs/email/email-facts.js';
import { threadOf } from './compose-message.js';
import type { CouncilMoment } from './council-moment.js';
import { digestFor } from './digest.js';
import { holderOf } from './person-roles.js';

/** Whom one can tell: a person, or a team by its mailbox. */
export type Recipient = Pick<Person, 'name' | 'email'>;

/** What is told: the e-mail's template with its facts, about what, and which time it is (for reminders). */
export interface Telling<Template extends EmailTemplate> {
  kind: Template;
  /** What it is about, for example "plan/<id>/gmt-review/2". */
  subject: string;
  /** Tells repeated notices of one kind apart; '1' where there is only one. */
  occurrence?: string;
  /** The address of the page that acts, below the base address, for example "/tasks/<id>". */
  path: string;
  facts: Omit<EmailFacts[Template], keyof EveryEmail>;
  /** The tasks that it reminds of: it is not sent once all of them are done. */
  taskIds?: string[];
}

/** A post or address that the e-mails name for questions. */
const ASK_POST = 'Performance Manager';

/**
 * Tells each person or team, unless they were told the same already (I3): by an e-mail at once, or in their digest of the day.
 * The link's base address is put in when the e-mail is sent.
 */
export async function tell<Template extends EmailTemplate>(
  em: EntityManager,
  moment: CouncilMoment,
  people: readonly Recipient[],
  telling: Telling<Template>,
): Promise<void> {
  if (people.length === 0) return;
  const { council, at } = moment;
  const ask = await whomToAsk(em, moment);
  const told = { councilId: council.id, kind: telling.kind, subject: telling.subject, occurrence: telling.occurrence ?? '1' };
  const alreadyTold = new Set((await em.find(Notice, told)).map((notice) => notice.recipient));
  for (const person of people) {
    if (alreadyTold.has(person.email)) continue;
    alreadyTold.add(person.email);
    const messageId = await messageFor(em, moment, person.email, telling);
    const facts = {
      ...telling.facts,
      ...(ask.askEmail === person.email ? NOBODY_TO_ASK : ask),
      councilName: council.name,
      recipientName: person.name,
      link: telling.path,
    };
    const taskIds = telling.taskIds ?? null;
    em.persist(em.create(Notice, { ...told, recipient: person.email, id: randomUUID(), messageId, facts, taskIds, createdAt: at }));
  }
  await em.execute("select pg_notify('messages', '')");
}

/** The message that carries it: one of its own for what is urgent, else the person's digest. */
async function messageFor(
  em: EntityManager,
  moment: CouncilMoment,
  recipientEmail: string,
  { kind, subject }: Telling<EmailTemplate>,
): Promise<string> {
  if (EMAIL_LEAVES[kind] === 'daily') return digestFor(em, moment, recipientEmail);
  const { council, at } = moment;
  // Real time, unlike the council's: the mail leaves now, whatever day the council lives on.
  const now = council.clock.toServerTime(at);
  const message = em.create(Message, {
    ...{ id: randomUUID(), councilId: council.id, recipientEmail, thread: threadOf(subject), status: 'queued' },
    ...{ dueAt: now, nextAttemptAt: now, createdAt: at },
  });
  em.persist(message);
  return message.id;
}

type WhomToAsk = Pick<EveryEmail, 'askName' | 'askEmail'>;

/** Whoever is asked themselves is named nobody. */
const NOBODY_TO_ASK: WhomToAsk = { askName: '', askEmail: '' };

/** Looked up once for each moment, however many are told. */
const asked = new WeakMap<CouncilMoment, WhomToAsk>();

async function whomToAsk(em: EntityManager, moment: CouncilMoment): Promise<WhomToAsk> {
  const known = asked.get(moment);
  if (known) return known;
  const person = await holderOf(em, moment, ASK_POST);
  const ask = { askName: person?.name ?? ASK_POST, askEmail: person?.email ?? '' };
  asked.set(moment, ask);
  return ask;
}
