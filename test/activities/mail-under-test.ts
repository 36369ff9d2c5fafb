/** The demonstration's council with a mail server under the test's hand, and days that pass as the test says. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { councilMoment, type CouncilMoment } from '../../activities/council-moment.js';
import { deliverNext } from '../../activities/deliver-messages.js';
import { tell, type Telling } from '../../activities/tell.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { instantOf } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { Person } from '../../libs/database/entities/people.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import type { EmailTemplate } from '../../libs/email/email-facts.js';
import { createMailer } from '../../libs/email/send-email.js';
import { createTestDatabase } from '../support/running-servers.js';
import { councilId } from '../support/running-council.js';

export type EntityManagerInTest = MikroORM['em'];

export interface MailUnderTest {
  orm: MikroORM;
  /** A council's day and hour as the server's instant. */
  at(day: string, time: string): Promise<Date>;
  /** Works in a transaction at a council's day and hour. */
  during<Result>(day: string, time: string, work: (em: EntityManagerInTest, moment: CouncilMoment) => Promise<Result>): Promise<Result>;
  /** Tells people by their names, as an activity does. */
  tell<Template extends EmailTemplate>(day: string, time: string, names: string[], telling: Telling<Template>): Promise<void>;
  /** Delivers whatever is due by then, as a worker does. @returns how many steps that took */
  deliver(day: string, time: string): Promise<number>;
  close(): Promise<void>;
}

/** @param smtpUrl the mail server that it delivers to */
export async function startMail(smtpUrl: string, databaseUrl?: string): Promise<MailUnderTest> {
  const url = databaseUrl ?? (await createTestDatabase('mail'));
  await migrateDatabase(url);
  const orm = await openDatabase(url);
  await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
  const mailer = createMailer(smtpUrl, 'Tests <tests@council.example>');
  const { clock } = await councilAtWork(orm.em.fork(), councilId, Date.now);
  const at = (day: string, time: string): Promise<Date> => Promise.resolve(clock.toServerTime(new Date(instantOf(day, time))));
  const during: MailUnderTest['during'] = async (day, time, work) => {
    const instant = (await at(day, time)).toISOString();
    return orm.em.fork().transactional(async (em) => work(em, await councilMoment(em, councilId, instant)));
  };
  return {
    ...{ orm, at, during },
    tell: (day, time, names, telling) =>
      during(day, time, async (em, moment) => {
        const people = await em.find(Person, { name: { $in: names } }, { orderBy: { name: 'asc' } });
        await tell(em, moment, people, telling);
      }),
    async deliver(day, time) {
      const now = await at(day, time);
      let steps = 0;
      while (await deliverNext({ orm, mailer, baseUrl: 'http://localhost:3000' }, now)) steps += 1;
      return steps;
    },
    async close() {
      mailer.close();
      await orm.close(true);
    },
  };
}

/** A mail server that does as it is told. */
export interface ObedientServer {
  url: string;
  /** What it took over, in order. */
  inbox: ParsedMail[];
  /** Every message whose words it got, taken over or not. */
  seen: ParsedMail[];
  /** What it answers to a recipient: null takes it, a number is a refusal. */
  answer: (recipient: string) => number | null;
  /** 'drop' ends the connection once it has the words, without an answer; with 'take-and-drop' it has kept them. */
  afterData: 'answer' | 'drop' | 'take-and-drop';
  close(): Promise<void>;
}

export async function startObedientServer(): Promise<ObedientServer> {
  const obedient: ObedientServer = {
    url: '',
    inbox: [],
    seen: [],
    answer: () => null,
    afterData: 'answer',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 200,
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = obedient.answer(address);
      done(responseCode === null ? null : Object.assign(new Error('Not this one'), { responseCode }));
    },
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        obedient.seen.push(mail);
        if (obedient.afterData !== 'drop') obedient.inbox.push(mail);
        if (obedient.afterData === 'answer') done();
        else dropConnection(server, session);
      }, done);
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  obedient.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return obedient;
}

function dropConnection(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections as Set<{ session: { id: string }; _socket?: { destroy(): void } }>)
    if (connection.session.id === id) connection._socket?.destroy();
}
