/** Changes to the register of people: one at a time in each council, each request once. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { wakeMorningRound } from '../../../activities/pending-signals.js';
import { RequestAnswer } from '../../../libs/database/entities/record.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import type { SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';

/** The answer, and what puts it on record once everything else is written. */
export interface Changed<Answer> {
  answer: Answer;
  onRecord: () => Promise<void>;
}

@Injectable()
export class PeopleChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The council of a person as it is this moment. */
  async momentOf({ councilId }: SignedInPerson): Promise<CouncilMoment> {
    const council = await this.councils.byId(councilId);
    return { council, at: council.clock.now(), today: council.clock.today() };
  }

  /** One transaction, of which the council's morning round hears; whoever changes the people of the council at the same time waits, so that two changes never make a circle. */
  async change<Result>(person: SignedInPerson, work: (em: EntityManager, moment: CouncilMoment) => Promise<Result>): Promise<Result> {
    const moment = await this.momentOf(person);
    return this.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`people ${person.councilId}`]);
      const result = await work(em, moment);
      await wakeMorningRound(em, person.councilId);
      return result;
    });
  }

  /**
   * As `change`, and the same request under the same key gets the first answer.
   * @throws DomainError 'key-reused'
   */
  async once<Answer extends object>(
    person: SignedInPerson,
    idempotencyKey: string,
    body: unknown,
    work: (em: EntityManager, moment: CouncilMoment) => Promise<Changed<Answer>>,
  ): Promise<Answer> {
    const request = requestKey(person.councilId, person.id, idempotencyKey, body);
    return this.change(person, async (em, moment) => {
      const given = await answerGivenTo<Answer>(em, request);
      if (given) return given;
      const { answer, onRecord } = await work(em, moment);
      em.persist(em.create(RequestAnswer, { ...request, answer: { ...answer }, createdAt: moment.at }));
      await em.flush();
      await onRecord();
      return answer;
    });
  }
}
