/** The councils this installation serves, with their clocks and calendars; they change so seldom that they are kept for a while. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CouncilMoment } from '../../activities/council-moment.js';
import { londonDay } from '../../libs/calendar/council-clock.js';
import { councilAtWork, type CouncilAtWork } from '../../libs/database/council-at-work.js';
import { Council } from '../../libs/database/entities/council.js';
import { DomainError } from '../../libs/domain/domain-error.js';

const KEPT_FOR_MS = 30_000;

@Injectable()
export class Councils {
  private kept: { councils: CouncilAtWork[]; until: number } | null = null;

  constructor(private readonly em: EntityManager) {}

  /** Every council, in the order of their names. */
  async all(): Promise<CouncilAtWork[]> {
    if (this.kept && this.kept.until > Date.now()) return this.kept.councils;
    const em = this.em.fork();
    const rows = await em.find(Council, {}, { orderBy: { name: 'asc' } });
    const councils = await Promise.all(rows.map((row) => councilAtWork(em, row.id, Date.now)));
    // None yet: the first set-up may be under way, so ask again next time.
    this.kept = councils.length > 0 ? { councils, until: Date.now() + KEPT_FOR_MS } : null;
    return councils;
  }

  /** Reads them anew next time: their settings were changed here. */
  forget(): void {
    this.kept = null;
  }

  /**
   * The council with this id.
   * @throws DomainError 'not-found'
   */
  async byId(id: string): Promise<CouncilAtWork> {
    const council = (await this.all()).find((candidate) => candidate.id === id);
    if (!council) throw new DomainError('not-found', `There is no council "${id}" here.`);
    return council;
  }

  /**
   * The council at this moment, as what tells and records it wants it.
   * @throws DomainError 'not-found'
   */
  async now(id: string): Promise<CouncilMoment> {
    const council = await this.byId(id);
    const at = council.clock.now();
    return { council, at, today: londonDay(at) };
  }
}
