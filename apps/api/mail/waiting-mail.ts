/** E-mails that should have left and have not: how many, and since when. A digest before its hour is not among them. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Councils } from '../councils.js';

export interface WaitingMessages {
  count: number;
  /** Since when the oldest waits; null where none does. */
  since: Date | null;
}

@Injectable()
export class WaitingMail {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** A council's, in the council's time. */
  async of(councilId: string): Promise<WaitingMessages> {
    const { clock } = await this.councils.byId(councilId);
    const { count, since } = await this.waiting(`council_id = ?`, [councilId]);
    return { count, since: since && clock.toCouncilTime(since) };
  }

  /** Those of every council together, in the server's time. */
  async all(): Promise<WaitingMessages> {
    return this.waiting('true', []);
  }

  /** What was tried in vain: a message in the minute before its first attempt is on its way. */
  private async waiting(where: string, values: string[]): Promise<WaitingMessages> {
    const [found] = await this.em
      .fork()
      .execute<{ count: number; since: string | Date | null }[]>(
        `select count(*)::int as count, min(due_at) as since from message where status = 'queued' and attempts > 0 and ${where}`,
        values,
      );
    return { count: found?.count ?? 0, since: found?.since ? new Date(found.since) : null };
  }
}
