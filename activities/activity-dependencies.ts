/** What the activities work with: the database, the mail, the Temporal client, and where the pages are. */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import type { Mailer } from '../libs/email/send-email.js';

export interface ActivityDependencies {
  orm: MikroORM;
  /** For arranging Schedules; everything else the workflows do themselves. */
  temporal: Client;
  taskQueue: string;
  mailer: Mailer;
  /** The address that links in e-mails begin with. */
  baseUrl: string;
}
