/** Sending e-mails by SMTP: one recipient each, a Message-ID that stays the same when it is sent again, refusals told from failures. */
import { createTransport } from 'nodemailer';
import { DomainError } from '../domain/domain-error.js';
import type { RenderedEmail } from './render-email.js';

/** One message to one recipient. */
export interface EmailMessage extends RenderedEmail {
  to: { name: string; address: string };
  /** A uuid that stays with the message: sent again it has the same Message-ID, so that a recipient's server can drop the second. */
  messageUuid: string;
  /** A uuid of what the message is about, usually the plan: mail programs group by it. Null for none. */
  threadUuid: string | null;
}

/** What the mail server said when it took the message. */
export interface SentEmail {
  /** With its angle brackets, as in the header. */
  messageId: string;
  response: string;
}

/**
 * The message was not sent. `permanent` says that it is of no use to try again: the server refused this message or its
 * recipient, or it is not one that could be sent at all. `mayHaveArrived` says that the connection ended where the server may
 * have taken the message over all the same: sent again, it must have the same words under its Message-ID.
 */
export class EmailNotSent extends Error {
  override readonly name = 'EmailNotSent';

  constructor(
    message: string,
    readonly permanent: boolean,
    options?: ErrorOptions,
    readonly mayHaveArrived = false,
  ) {
    super(message, options);
  }
}

export interface Mailer {
  /**
   * Sends one message; resolves once the server has taken it over.
   * @throws EmailNotSent, permanent or not; nothing else
   */
  send(message: EmailMessage): Promise<SentEmail>;
  /** Whether the server can be reached and lets us in. Throws EmailNotSent if not. */
  verify(): Promise<void>;
  /** Ends the connections. */
  close(): void;
}

/** The header with the message's own uuid. */
export const MESSAGE_HEADER = 'X-Plancycle-Message';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Stricter than the standard on purpose: no quotes, brackets, commas or white space, so one address is one recipient. */
const ADDRESS = /^[^\s@<>()[\],;:\\"\p{Cc}]+@[^\s@<>()[\],;:\\"\p{Cc}]+$/u;

// A server that hangs must not hold an activity longer than its own patience.
const TIMEOUTS_MS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * Makes the mailer of a process.
 * @param smtpUrl 'smtp://host:port' or 'smtps://user:password@host:port'
 * @param from 'Business plan team <business-plans@council.example>'; its domain is the one of every Message-ID
 * @param bouncesTo the address to which servers report what they cannot deliver (the envelope's sender); else that of `from`
 */
export function createMailer(smtpUrl: string, from: string, bouncesTo?: string): Mailer {
  const host = /@([^\s@<>]+)>?$/.exec(from.trim())?.[1];
  if (host === undefined)
    throw new DomainError('invalid', `"${from}" is not an address to send from. Write it like "Team <team@council.example>".`);
  if (bouncesTo !== undefined && !ADDRESS.test(bouncesTo))
    throw new DomainError('invalid', `"${bouncesTo}" is not one e-mail address. Write MAIL_BOUNCES_TO like bounces@council.example.`);
  const transport = createTransport(
    // Sending again is left to the caller, who knows what has been sent: the pool itself never requeues.
    { url: smtpUrl, pool: true, maxConnections: 3, maxRequeues: 0, disableFileAccess: true, disableUrlAccess: true, ...TIMEOUTS_MS },
    { from },
  );

  return {
    async send(message) {
      refuseUnsafe(message);
      const messageId = `<${message.messageUuid}@${host}>`;
      const references = message.threadUuid === null ? {} : { references: `<${message.threadUuid}@${host}>` };
      // Some servers put a Message-ID of their own in its place; a report of what they could not deliver still carries this.
      const headers = { 'Auto-Submitted': 'auto-generated', [MESSAGE_HEADER]: message.messageUuid };
      const { to, subject, text, html } = message;
      const envelope = bouncesTo === undefined ? {} : { envelope: { from: bouncesTo, to: to.address } };
      try {
        const { response } = await transport.sendMail({ to, subject, text, html, messageId, headers, ...references, ...envelope });
        return { messageId, response };
      } catch (error) {
        throw notSent(`The e-mail to ${to.address} was not sent`, error);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        throw notSent('The mail server cannot be used', error);
      }
    },
    close: () => transport.close(),
  };
}

function refuseUnsafe({ to, messageUuid, threadUuid, subject }: EmailMessage): void {
  if (!ADDRESS.test(to.address)) throw unsendable(`"${to.address}" is not one e-mail address.`);
  if (/[\r\n\0]/.test(to.name + subject)) throw unsendable("The recipient's name or the subject has a line break in it.");
  for (const uuid of [messageUuid, threadUuid]) {
    if (uuid !== null && !UUID.test(uuid)) throw unsendable(`"${uuid}" is not a uuid.`);
  }
}

function unsendable(why: string): EmailNotSent {
  return new EmailNotSent(`The e-mail cannot be sent: ${why}`, true);
}

/** The commands whose refusal is about this message; a refusal to connect or to sign in is about us, and passes when it is put right. */
const ABOUT_THE_MESSAGE = ['MAIL FROM', 'RCPT TO', 'DATA'];

function notSent(what: string, error: unknown): EmailNotSent {
  const { responseCode, command, message, syscall = '' } = error as SmtpError;
  const refused = responseCode !== undefined && responseCode >= 500 && responseCode !== 503;
  const neverConnected = ['connect', 'getaddrinfo'].includes(syscall) || /^(Connection timeout|Greeting never)/.test(message);
  return new EmailNotSent(
    `${what}: ${message}`,
    refused && ABOUT_THE_MESSAGE.includes(command ?? ''),
    { cause: error },
    // Where the server answered, it said that it does not have the message.
    responseCode === undefined && !neverConnected,
  );
}

interface SmtpError {
  responseCode?: number;
  command?: string;
  message: string;
  syscall?: string;
}
