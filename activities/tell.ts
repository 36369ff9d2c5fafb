/** Telling someone something, once: a notice is why, a message carries it. Written with what caused it, sent later. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { Person } from '../libs/database/entities/people.js';
import { Message, Notice } from '../libs/database/entities/tasks.js';
import type { EveryEmail, EmailFacts, EmailTemplate } from '../libs/email/email-facts.js';
import type { CouncilMoment } from './council-moment.js';
import { holderOf } from './person-roles.js';

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
}

/** A post or address that the e-mails name for questions. */
const ASK_POST = 'Performance Manager';

/**
 * Queues one e-mail for each person, unless they were told the same already (I3).
 * The link's base address is put in when the e-mail is sent.
 */
export async function tell<Template extends EmailTemplate>(
  em: EntityManager,
  moment: CouncilMoment,
  people: readonly Person[],
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
    const messageId = randomUUID();
    em.persist(
      em.create(Message, {
        id: messageId,
        councilId: council.id,
        recipientEmail: person.email,
        thread: threadOf(telling.subject),
        status: 'queued',
        // Real time, unlike the council's: the mail leaves now, whatever day the council lives on.
        nextAttemptAt: council.clock.toServerTime(at),
        createdAt: at,
      }),
    );
    const facts = { ...telling.facts, ...ask, councilName: council.name, recipientName: person.name, link: telling.path };
    em.persist(em.create(Notice, { ...told, recipient: person.email, id: randomUUID(), messageId, facts, createdAt: at }));
  }
  await em.execute("select pg_notify('messages', '')");
}

type WhomToAsk = Pick<EveryEmail, 'askName' | 'askEmail'>;

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

/** The id of the plan, quarter or cycle in a subject; null where the subject has none. */
function threadOf(subject: string): string | null {
  const [, id = ''] = subject.split('/');
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}
