/** Reads the mail that the built-in inbox keeps (inbox-server.ts). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { DomainError } from '../domain/domain-error.js';

/** A message as it was received. */
export interface InboxMessage {
  /** Its file's name without the ending; ids sort in the order of arrival. */
  id: string;
  from: string;
  /** The addresses it was delivered to, bare. */
  to: string[];
  subject: string;
  /** The instant in its Date header, ISO with Z; '' when it has none. */
  date: string;
  text: string;
  /** '' when it has no HTML part. */
  html: string;
  /** With its angle brackets; '' when it has none. */
  messageId: string;
  /** Every header by its name in small letters, unfolded; a name that occurs again has a line for each. */
  headers: Record<string, string>;
}

const validId = /^\d{8}T\d{6}\.\d{3}Z-\d{6,}-[0-9a-f]{8}$/;

/**
 * Reads the messages of an inbox, the newest first.
 * @param limit how many at most
 * @returns [] when nothing has arrived, or the folder is not there yet
 */
export async function readInbox(folder: string, limit = 200): Promise<InboxMessage[]> {
  const ids = (await listInbox(folder)).reverse().slice(0, limit);
  return Promise.all(ids.map((id) => readMessage(folder, id)));
}

/** The ids of all messages in the order of arrival. */
export async function listInbox(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => name.slice(0, -'.eml'.length))
    .sort();
}

/**
 * Reads one message.
 * @throws DomainError not-found when there is no message with this id
 */
export async function readMessage(folder: string, id: string): Promise<InboxMessage> {
  const source = validId.test(id) ? await readFile(join(folder, `${id}.eml`)).catch(() => undefined) : undefined;
  if (!source) throw new DomainError('not-found', 'There is no such message in the inbox.');
  return describe(id, await simpleParser(source));
}

function describe(id: string, mail: ParsedMail): InboxMessage {
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .trim();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  }
  return {
    id,
    from: mail.from?.text ?? '',
    to: (headers['delivered-to'] ?? '').split('\n').filter(Boolean),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    messageId: mail.messageId ?? '',
    headers,
  };
}
