/** Plays the rehearsals that were asked of this process, one at a time, and writes down how far each has come. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Environment } from '../../../libs/config/environment.js';
import { Rehearsal } from '../../../libs/database/entities/rehearsal.js';
import type { RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { ENVIRONMENT } from '../connections.module.js';
import { playRehearsal, RehearsalFailed, type Asked } from './rehearsal-process.js';

const BEAT_MS = 1_000;

@Injectable()
export class RehearsalRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RehearsalRunner.name);
  private readonly closing = new AbortController();
  /** Those that wait or are played here, each with the day that it has come to. */
  private readonly mine = new Map<string, string | null>();
  private line: Promise<void> = Promise.resolve();
  private heart: NodeJS.Timeout | null = null;

  constructor(
    private readonly em: EntityManager,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Puts a rehearsal that waits in the database at the end of the line. */
  add(id: string): void {
    this.mine.set(id, null);
    this.heart ??= setInterval(() => void this.beat(), BEAT_MS).unref();
    this.line = this.line
      .then(() => this.play(id))
      .catch((error: unknown) => this.logger.error({ err: error, rehearsal: id }, 'A rehearsal could not be written down'))
      .finally(() => this.forget(id));
  }

  /** What is played ends now; it and those that wait show as interrupted at once. */
  async beforeApplicationShutdown(): Promise<void> {
    const unfinished = [...this.mine.keys()];
    this.closing.abort();
    await this.line;
    if (unfinished.length > 0) await this.write(unfinished, { beatAt: new Date(0) });
  }

  private async play(id: string): Promise<void> {
    if (this.closing.signal.aborted) return;
    const found = await this.em.fork().findOne(Rehearsal, { id, state: 'waiting' });
    if (!found) return;
    await this.write([id], { state: 'running', beatAt: new Date() });
    const ended = await this.outcomeOf(found);
    if (ended) await this.write([id], { ...ended, reachedDay: this.mine.get(id) ?? null });
  }

  /** null where it was given up because this process ends. */
  private async outcomeOf(rehearsal: Rehearsal): Promise<EndOfRehearsal | null> {
    const { id } = rehearsal;
    try {
      const playing = { databaseUrl: this.environment.DATABASE_URL, abort: this.closing.signal };
      const events = await playRehearsal(askedIn(rehearsal), { ...playing, tell: (day) => this.mine.set(id, day) });
      return { state: 'done', events };
    } catch (error) {
      if (this.closing.signal.aborted) return null;
      if (!(error instanceof RehearsalFailed)) throw error;
      this.logger.error({ rehearsal: id, said: error.said }, error.message);
      return { state: 'failed', failedBecause: error.message };
    }
  }

  private forget(id: string): void {
    this.mine.delete(id);
    if (this.mine.size > 0 || !this.heart) return;
    clearInterval(this.heart);
    this.heart = null;
  }

  /** Says that this process is still at it. A database that is away for a moment hears the next beat. */
  private async beat(): Promise<void> {
    try {
      await this.write([...this.mine.keys()], { beatAt: new Date() });
      for (const [id, reachedDay] of this.mine) if (reachedDay) await this.write([id], { reachedDay });
    } catch (error) {
      this.logger.warn({ err: error }, 'The progress of a rehearsal could not be written down');
    }
  }

  private async write(ids: string[], data: Partial<Rehearsal>): Promise<void> {
    await this.em.fork().nativeUpdate(Rehearsal, { id: { $in: ids }, state: { $in: ['waiting', 'running'] } }, data);
  }
}

type EndOfRehearsal = { state: 'done'; events: RehearsedEvent[] } | { state: 'failed'; failedBecause: string };

function askedIn({ councilId, year, scenario, change, askedBy }: Rehearsal): Asked {
  if (!change) return { councilId, year, scenario, change: null };
  const { meetingId, kind, to, business, reason } = change;
  return {
    ...{ councilId, year, scenario },
    change: {
      ...{ meetingId, kind, personId: askedBy },
      ...(to === undefined ? {} : { to }),
      ...(business === undefined ? {} : { business }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
