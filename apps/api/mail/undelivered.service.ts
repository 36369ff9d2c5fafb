/** E-mails that could not be delivered, as the performance team sees them and sees to them, and the reports of mail servers. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { composeMessage } from '../../../activities/compose-message.js';
import { councilMoment, type CouncilMoment } from '../../../activities/council-moment.js';
import { recordBounce, type RecordedBounce } from '../../../activities/record-bounce.js';
import { correctAddress, recipientOf, toldOtherwise, type SeenTo, type SeenToAnswer } from '../../../activities/see-to-undelivered.js';
import type { Environment } from '../../../libs/config/environment.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { requestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { readBounce } from '../../../libs/email/read-bounce.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';

/** An e-mail that came back. */
export interface UndeliveredEmail {
  id: string;
  subject: string;
  text: string;
  /** What the mail server said. */
  said: string;
  /** When it was written, in the council's time. */
  writtenAt: Date;
  /** 'refused' still has to reach its reader; 'queued' and 'sent' are on their way again. */
  status: Message['status'];
}

/** The task about one address. */
export interface Undelivered {
  task: Task;
  /** The name of the person with this address; null where nobody has it any more. */
  name: string | null;
  /** Their address now, which may have been corrected elsewhere meanwhile. */
  email: string | null;
  /** The address that did not work. */
  address: string;
  emails: UndeliveredEmail[];
  closedBy: string | null;
}

@Injectable()
export class UndeliveredEmails {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The open ones, the oldest first. @throws DomainError 'not-allowed' */
  async open(person: SignedInPerson): Promise<Undelivered[]> {
    requireMay('mail.manage', person, '');
    const em = this.em.fork();
    const where = { councilId: person.councilId, kind: 'undelivered' as const, closedAt: null };
    const tasks = await em.find(Task, where, { orderBy: { openedAt: 'asc', id: 'asc' } });
    return Promise.all(tasks.map((task) => this.inWords(em, task)));
  }

  /** One, open or closed. @throws DomainError 'not-allowed', 'not-found' */
  async one(person: SignedInPerson, id: string): Promise<Undelivered> {
    requireMay('mail.manage', person, '');
    const em = this.em.fork();
    return this.inWords(em, await em.findOneOrFail(Task, await this.known(person, id)));
  }

  /**
   * Sends what came back to another address, which becomes the person's; the same request counts once.
   * @throws DomainError 'not-allowed', 'not-found', 'not-now', 'invalid', 'key-reused'
   */
  async correct(person: SignedInPerson, id: string, email: string, idempotencyKey: string): Promise<SeenToAnswer> {
    return this.seeTo(person, id, { email }, idempotencyKey, (em, moment, seen) => correctAddress(em, moment, { ...seen, email }));
  }

  /** Closes it because they were told in another way; the same request counts once. @throws DomainError as `correct` */
  async told(person: SignedInPerson, id: string, reason: string, idempotencyKey: string): Promise<SeenToAnswer> {
    return this.seeTo(person, id, { reason }, idempotencyKey, (em, moment, seen) => toldOtherwise(em, moment, { ...seen, reason }));
  }

  /** Records a mail server's report, as it arrived. @throws DomainError 'not-allowed', 'invalid', 'not-found' */
  async report(person: SignedInPerson, source: Buffer): Promise<RecordedBounce> {
    requireMay('mail.manage', person, '');
    const bounce = await readBounce(source);
    return this.inTransaction(person, (em, moment) => recordBounce(em, moment, bounce, person.id));
  }

  private async seeTo(
    person: SignedInPerson,
    id: string,
    asked: Record<string, string>,
    idempotencyKey: string,
    act: (em: EntityManager, moment: CouncilMoment, seen: SeenTo) => Promise<SeenToAnswer>,
  ): Promise<SeenToAnswer> {
    requireMay('mail.manage', person, '');
    const { id: taskId } = await this.known(person, id);
    const key = requestKey(person.councilId, person.id, idempotencyKey, { taskId, ...asked });
    return this.inTransaction(person, (em, moment) => act(em, moment, { taskId, personId: person.id, ...key }));
  }

  private async known({ councilId }: SignedInPerson, id: string): Promise<{ id: string; councilId: string }> {
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
    const task = isUuid ? await this.em.fork().findOne(Task, { id, councilId, kind: 'undelivered' }) : null;
    if (!task) throw new DomainError('not-found', 'There is no such task.');
    return { id: task.id, councilId };
  }

  private async inTransaction<Result>(
    { councilId }: SignedInPerson,
    work: (em: EntityManager, moment: CouncilMoment) => Promise<Result>,
  ): Promise<Result> {
    const { clock } = await this.councils.byId(councilId);
    const at = clock.toServerTime(clock.now()).toISOString();
    return this.em.fork().transactional(async (em) => work(em, await councilMoment(em, councilId, at)));
  }

  private async inWords(em: EntityManager, task: Task): Promise<Undelivered> {
    const messages = await em.find(Message, { taskId: task.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
    const emails = messages.map(async (message): Promise<UndeliveredEmail> => {
      const { subject, text } = await this.textOf(em, message);
      const { id, status, createdAt: writtenAt, lastError } = message;
      return { id, subject, text, status, writtenAt, said: lastError ?? '' };
    });
    const recipient = await recipientOf(em, task.councilId, messages);
    const closedBy = task.closedBy ? await em.findOne(Person, task.closedBy) : null;
    return {
      task,
      name: recipient?.name ?? null,
      email: recipient?.email ?? null,
      address: messages[0]?.recipientEmail ?? '',
      emails: await Promise.all(emails),
      closedBy: closedBy?.name ?? null,
    };
  }

  /** A digest that had nothing left to say when it was to leave again has no words any more. */
  private async textOf(em: EntityManager, message: Message): Promise<{ subject: string; text: string }> {
    if (message.status === 'dropped') return { subject: 'Reminders of what has been done', text: 'Everything in it was done meanwhile.' };
    return composeMessage(em, message, this.environment.BASE_URL);
  }
}
