/** Reads what a mail server sends back about an e-mail that it could not deliver (RFC 3464, RFC 6522). */
import { simpleParser } from 'mailparser';
import { DomainError } from '../domain/domain-error.js';
import { MESSAGE_HEADER } from './send-email.js';

/** The largest report that is read: servers send the headers of the message back, or its beginning. */
export const BOUNCE_LIMIT_BYTES = 1024 * 1024;

/** What a report says of one message. */
export interface Bounce {
  /** 'failed' for good; 'delayed' while the server goes on trying. */
  outcome: 'failed' | 'delayed';
  /** The address that the report is about, in small letters; '' where it names none. */
  recipient: string;
  /** The server's words: '5.1.1, 550 No such user here'. */
  said: string;
  /** The uuids that may be our message's, the surest first. */
  messageUuids: string[];
}

/**
 * Reads a delivery report.
 * @param source the message as it arrived, headers and all
 * @throws DomainError 'invalid' for a message that is no report, or one of something else than a failure or a delay
 */
export async function readBounce(source: Buffer): Promise<Bounce> {
  if (source.length > BOUNCE_LIMIT_BYTES) throw unread('This message is larger than 1 MB, so it is no delivery report.');
  const status = await deliveryStatusIn(source);
  if (status === null)
    throw unread('This message is no delivery report (it has no part of the type message/delivery-status), so nothing was recorded.');
  const groups = fieldGroups(status);
  const group = groups.find((one) => outcomeOf(one) === 'failed') ?? groups.find((one) => outcomeOf(one) === 'delayed');
  if (!group)
    throw unread(
      'This delivery report tells of no failure and no delay (its Action is neither failed nor delayed), so nothing was recorded.',
    );
  return {
    outcome: outcomeOf(group)!,
    recipient: addressIn(group.get('original-recipient')) || addressIn(group.get('final-recipient')),
    said: [group.get('status'), valueOf(group.get('diagnostic-code'))].filter(Boolean).join(', ').slice(0, 2_000),
    messageUuids: uuidsIn(source.toString('latin1')),
  };
}

async function deliveryStatusIn(source: Buffer): Promise<string | null> {
  const mail = await simpleParser(source, { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true }).catch(() => null);
  const part = mail?.attachments.find(({ contentType }) => contentType.toLowerCase() === 'message/delivery-status');
  return part ? part.content.toString('utf8') : null;
}

type Fields = ReadonlyMap<string, string>;

/** A group of fields for the message, then one for each recipient, parted by empty lines (RFC 3464, 2.1). */
function fieldGroups(status: string): Fields[] {
  const unfolded = status.replaceAll('\r\n', '\n').replace(/\n[ \t]+/g, ' ');
  return unfolded.split(/\n{2,}/).map((group) => {
    const lines = group.split('\n').map((line) => /^([^:\s]+)\s*:\s*(.*)$/.exec(line));
    return new Map(lines.flatMap((line) => (line ? [[line[1]!.toLowerCase(), line[2]!.trim()] as const] : [])));
  });
}

/** By the class of its status first: some servers write an Action that does not go with it. */
function outcomeOf(group: Fields): Bounce['outcome'] | null {
  const [action = '', status = ''] = [group.get('action')?.toLowerCase(), group.get('status')];
  if (!['failed', 'delayed'].includes(action)) return null;
  if (status.startsWith('5.')) return 'failed';
  if (status.startsWith('4.') && action === 'delayed') return 'delayed';
  return action as Bounce['outcome'];
}

/** 'rfc822; someone@council.example' without its type. */
function valueOf(field: string | undefined): string {
  return (field ?? '').replace(/^[\w-]+\s*;\s*/, '').trim();
}

function addressIn(field: string | undefined): string {
  return valueOf(field).replace(/^<|>$/g, '').toLowerCase();
}

/** Our own header first; then the Message-ID of what was returned; then what the report says that it answers. */
const NAMING = [MESSAGE_HEADER, 'Message-ID', 'X-Original-Message-ID', 'In-Reply-To', 'References'];

function uuidsIn(source: string): string[] {
  const headers = source.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const found = NAMING.flatMap((name) =>
    headers
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .flatMap((line) => line.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? []),
  );
  return [...new Set(found.map((uuid) => uuid.toLowerCase()))];
}

function unread(why: string): DomainError {
  return new DomainError('invalid', why);
}
