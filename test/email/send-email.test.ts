/** Sending to a real SMTP server: the headers that arrive, and how refusals differ from failures. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { renderEmail } from '../../libs/email/render-email.js';
import { createMailer, EmailNotSent, type EmailMessage, type Mailer } from '../../libs/email/send-email.js';
import { exampleFacts } from './example-facts.js';

const FROM = 'Business plan team <business-plans@council.example>';
const message: EmailMessage = {
  ...renderEmail('draft-task', exampleFacts['draft-task']),
  to: { name: 'Alex Morgan', address: 'alex.morgan@council.example' },
  messageUuid: '0b2e8a54-6d0c-4b86-9e1f-1f6d1c0a7d11',
  threadUuid: '5f0c6a1e-0d5e-4a63-8a3c-0c8f4e2f9b22',
};

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('an e-mail that is sent', () => {
  it('arrives with its parts, as its templates made them', async () => {
    const { mailer, inbox } = await mailServer();
    await mailer.send(message);
    const [mail] = inbox;
    expect(mail?.subject).toBe(message.subject);
    expect(mail?.text).toBe(message.text);
    expect(mail?.html).toBe(message.html);
    expect(mail?.from?.text).toBe('"Business plan team" <business-plans@council.example>');
    expect(mail?.attachments).toEqual([]);
  });

  it('says that a machine sent it, and what it belongs to', async () => {
    const { mailer, inbox } = await mailServer();
    const sent = await mailer.send(message);
    expect(inbox[0]?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(inbox[0]?.references).toBe(`<${message.threadUuid}@council.example>`);
    expect(sent.messageId).toBe(`<${message.messageUuid}@council.example>`);
    expect(sent.response).toMatch(/^250/);
  });

  it('has the same Message-ID when it is sent again', async () => {
    const { mailer, inbox } = await mailServer();
    await mailer.send(message);
    await mailer.send(message);
    expect(inbox.map((mail) => mail.messageId)).toEqual(Array(2).fill(`<${message.messageUuid}@council.example>`));
  });

  it('belongs to nothing where no thread is given', async () => {
    const { mailer, inbox } = await mailServer();
    await mailer.send({ ...message, threadUuid: null });
    expect(inbox[0]?.references).toBeUndefined();
  });

  it('says in a header of its own which message it is, and where to report what cannot be delivered', async () => {
    const senders: string[] = [];
    const { inbox, url } = await mailServer({
      onMailFrom: ({ address }, _session, callback) => {
        senders.push(address);
        callback();
      },
    });
    const mailer = createMailer(url, FROM, 'bounces@council.example');
    closing.push(() => mailer.close());
    await mailer.send(message);
    expect(senders).toEqual(['bounces@council.example']);
    expect(inbox[0]?.headers.get('x-plancycle-message')).toBe(message.messageUuid);
    expect(inbox[0]?.from?.text).toContain('business-plans@council.example');
    expect(() => createMailer(url, FROM, 'Bounces <b@council.example>')).toThrow('MAIL_BOUNCES_TO');
  });

  it('keeps letters beyond ASCII in a name and a subject', async () => {
    const { mailer, inbox } = await mailServer();
    await mailer.send({ ...message, subject: 'Plan – “für” £13,000', to: { name: 'Zoë, O’Neill', address: 'zoe@council.example' } });
    expect(inbox[0]?.subject).toBe('Plan – “für” £13,000');
    expect(inbox[0]?.to).toMatchObject({ value: [{ name: 'Zoë, O’Neill', address: 'zoe@council.example' }] });
  });
});

describe('an e-mail with something else in its header fields', () => {
  it.each([
    ['two addresses', { to: { name: 'A', address: 'a@b.example, c@d.example' } }],
    ['a line break in the address', { to: { name: 'A', address: 'a@b.example\r\nBcc: c@d.example' } }],
    ['a line break in the name', { to: { name: 'A\r\nBcc: c@d.example', address: 'a@b.example' } }],
    ['a line break in the subject', { subject: 'A\nBcc: c@d.example' }],
    ['no uuid', { messageUuid: 'x@evil.example> <y' }],
    ['no uuid of its thread', { threadUuid: 'x>\r\nBcc: c@d.example' }],
  ])('is refused: %s', async (_what, change) => {
    const { mailer, inbox } = await mailServer();
    const sending = mailer.send({ ...message, ...change });
    await expect(sending).rejects.toMatchObject({ name: 'EmailNotSent', permanent: true });
    await expect(sending).rejects.toThrow(/^The e-mail cannot be sent: /);
    expect(inbox).toEqual([]);
  });
});

describe('an e-mail that is not sent', () => {
  it.each([
    [550, true],
    [552, true],
    [450, false],
    [421, false],
  ])('is refused for good or for now by %i at the recipient: permanent is %s', async (responseCode, permanent) => {
    const { mailer } = await mailServer({
      onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error('Not this one'), { responseCode })),
    });
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent });
  });

  it.each([
    [554, true],
    [451, false],
  ])('is refused for good or for now by %i after its content: permanent is %s', async (responseCode, permanent) => {
    const { mailer } = await mailServer({
      onData: (stream, _session, callback) => {
        stream.resume().on('end', () => callback(Object.assign(new Error('Not that'), { responseCode })));
      },
    });
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent });
  });

  it('is to be tried again where the server does not let us in', async () => {
    const { mailer } = await mailServer({
      onConnect: (_session, callback) => callback(Object.assign(new Error('Not you'), { responseCode: 554 })),
    });
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent: false });
  });

  it('is to be tried again where nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await closeServer(server);
    const mailer = createMailer(`smtp://127.0.0.1:${port}`, FROM);
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent: false });
    await expect(mailer.verify()).rejects.toBeInstanceOf(EmailNotSent);
    mailer.close();
  });

  it('is tried once, and left to the caller to try again, where the connection drops before its greeting', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const mailer = createMailer(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, FROM);
    closing.push(
      () => closeServer(server),
      () => mailer.close(),
    );
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent: false });
    expect(connections).toBe(1);
  });

  it('is to be tried again by the caller, once, where the connection drops after its content', async () => {
    let deliveries = 0;
    const { mailer } = await mailServer({
      onData: (stream, session) => {
        deliveries++;
        stream.resume().on('end', () => destroyConnections(session.remoteAddress));
      },
    });
    await expect(mailer.send(message)).rejects.toMatchObject({ name: 'EmailNotSent', permanent: false });
    expect(deliveries).toBe(1);
  });
});

describe('a mailer', () => {
  it('tells that the server is there', async () => {
    const { mailer } = await mailServer();
    await expect(mailer.verify()).resolves.toBeUndefined();
  });

  it('needs an address to send from', () => {
    expect(() => createMailer('smtp://127.0.0.1:25', 'Business plan team')).toThrow('is not an address to send from');
  });
});

let destroyConnections: (remoteAddress: string) => void = () => undefined;

async function mailServer(options: SMTPServerOptions = {}): Promise<{ mailer: Mailer; inbox: ParsedMail[]; url: string }> {
  const inbox: ParsedMail[] = [];
  const server = new SMTPServer({
    // The server's own certificate is for no host, so it offers none; a council's server has a real one.
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, callback) => {
      simpleParser(stream).then((mail) => {
        inbox.push(mail);
        callback();
      }, callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  destroyConnections = () => server.connections.forEach((connection: { _socket?: { destroy(): void } }) => connection._socket?.destroy());
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  const mailer = createMailer(url, FROM);
  closing.push(
    () => new Promise<void>((resolve) => server.close(() => resolve())),
    () => mailer.close(),
  );
  return { mailer, inbox, url };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
