/** A mail server that keeps what it is given as files, so that development and tests see real mail and nothing leaves the machine. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

const largestMessage = 25 * 1024 * 1024;

export interface InboxServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Takes mail on the loopback address, from anyone to anyone, without a password.
 * A message is on the disk as an `.eml` file before the sender hears that it was accepted; names sort in the order of arrival.
 * @param folder made if it is not there; read it with readInbox
 * @param port 0 lets the system choose
 * @param refuses addresses that it refuses for good, besides all that begin with "bounce": so undelivered mail can be seen
 */
export async function startInboxServer(folder: string, port: number, refuses: readonly string[] = []): Promise<InboxServer> {
  await mkdir(folder, { recursive: true });
  const arriving = new Map<string, SMTPServerDataStream>();
  const server = new SMTPServer({
    name: 'plancycle-inbox',
    banner: 'Plancycle inbox',
    size: largestMessage,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onRcptTo: ({ address }, _session, done) => {
      const isRefused = /^bounce/i.test(address) || refuses.includes(address.toLowerCase());
      done(isRefused ? refusal(550, '5.1.1 There is no such mailbox here') : null);
    },
    onData: (stream, session, done) => {
      arriving.set(session.id, stream);
      store(folder, stream, session).then(() => done(null, 'kept'), done);
    },
    // A message of which the sender sends no more would be waited for for ever.
    onClose: ({ id }) => {
      arriving.get(id)?.destroy(new Error('The sender hung up.'));
      arriving.delete(id);
    },
  });
  server.on('error', () => undefined); // A sender that hangs up in the middle is the sender's trouble.
  const listener = await new Promise<ReturnType<typeof server.listen>>((resolve, reject) => {
    server.once('error', reject);
    const listening = server.listen(port, '127.0.0.1', () => resolve(listening));
  });
  const address = listener.address();
  if (typeof address !== 'object' || !address) throw new Error('The inbox has no port.');
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Writes one message under a temporary name and renames it when the disk has it, so that no half message is ever read. */
async function store(folder: string, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const name = nextName();
  const unfinished = join(folder, `${name}.unfinished`);
  const file = await open(unfinished, 'wx');
  try {
    await file.write(envelopeHeaders(session));
    for await (const part of stream) await file.write(part as Buffer);
    if (stream.sizeExceeded) throw refusal(552, `A message may have ${largestMessage} bytes at most`);
    await file.sync();
    await file.close();
    await rename(unfinished, join(folder, `${name}.eml`));
    await syncFolder(folder);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw typeof (error as { responseCode?: unknown }).responseCode === 'number'
      ? error
      : refusal(451, 'The message could not be written; send it again later');
  }
}

/** As mail servers do: who it was handed over for, which the message's own To need not say. */
function envelopeHeaders({ envelope }: SMTPServerSession): string {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
  return [`Return-Path: <${sender}>`, ...envelope.rcptTo.map(({ address }) => `Delivered-To: ${address}`), ''].join('\r\n');
}

let counter = 0;

function nextName(): string {
  counter += 1;
  const instant = new Date().toISOString().replaceAll(/[-:]/g, '');
  return `${instant}-${String(counter).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Makes the new name itself last over a power cut; some systems do not let a folder be opened, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
