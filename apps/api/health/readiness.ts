/** Whether what the application needs answers: the database, Temporal, the mail server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import type { Environment } from '../../../libs/config/environment.js';
import { ENVIRONMENT } from '../connections.module.js';
import { WaitingMail, type WaitingMessages } from '../mail/waiting-mail.js';

const PATIENCE_MS = 2_000;

export interface Readiness {
  ready: boolean;
  /** E-mails that could not leave yet; null where the database does not say. */
  mailWaiting: WaitingMessages | null;
  checks: Record<'database' | 'temporal' | 'mail', 'answers' | 'does not answer'>;
}

@Injectable()
export class ReadinessCheck implements OnApplicationShutdown {
  /** Asks once: the client's own connection would go on trying for a minute, even past its closing. */
  private readonly temporal: Connection;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly orm: MikroORM,
    private readonly waiting: WaitingMail,
  ) {
    this.temporal = Connection.lazy({ address: environment.TEMPORAL_ADDRESS, interceptors: [] });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.temporal.close();
  }

  /** Asks all three at once. Without mail the application is ready all the same: messages wait in the database. */
  async ask(): Promise<Readiness> {
    const [database, temporal, mail] = await Promise.all([
      answers(() => this.orm.em.fork().getConnection().execute('select 1')),
      answers(() => this.temporal.withDeadline(Date.now() + PATIENCE_MS, () => this.temporal.workflowService.getSystemInfo({}))),
      answers(() => this.verifyMail()),
    ]);
    const mailWaiting = database === 'answers' ? await this.waiting.all().catch(() => null) : null;
    return { mailWaiting, ready: database === 'answers' && temporal === 'answers', checks: { database, temporal, mail } };
  }

  private async verifyMail(): Promise<void> {
    const transport = createTransport(this.environment.SMTP_URL);
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
  }
}

async function answers(question: () => Promise<unknown>): Promise<'answers' | 'does not answer'> {
  const patience = new AbortController();
  const tooLong = sleep(PATIENCE_MS, false, { ref: false, signal: patience.signal }).catch(() => false);
  const asked = question().then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([asked, tooLong]);
  patience.abort();
  return answered ? 'answers' : 'does not answer';
}
