/** Delivery reports of mail servers: what they say of which message, and what is no such report. */
import { describe, expect, it } from '@jest/globals';
import { BOUNCE_LIMIT_BYTES, readBounce } from '../../libs/email/read-bounce.js';
import { bounceReport } from './bounce-reports.js';

const uuid = '0b2e8a54-6d0c-4b86-9e1f-1f6d1c0a7d11';
const recipient = 'maya.thornton@broxtowe.example';
const read = (report: string) => readBounce(Buffer.from(report));

describe('a delivery report', () => {
  it('tells of a failure for good: which message, whose address, what the server said', async () => {
    expect(await read(bounceReport({ uuid, recipient, said: '550 5.1.1 <maya> User unknown in table' }))).toEqual({
      outcome: 'failed',
      recipient,
      said: '5.1.1, 550 5.1.1 <maya> User unknown in table',
      messageUuids: [uuid],
    });
  });

  it('tells of a delay', async () => {
    expect(await read(bounceReport({ uuid, recipient, action: 'delayed', status: '4.4.1' }))).toMatchObject({ outcome: 'delayed' });
  });

  it('tells of a failure where a server gave up after trying for days', async () => {
    expect(await read(bounceReport({ uuid, recipient, action: 'failed', status: '4.4.7' }))).toMatchObject({ outcome: 'failed' });
  });

  it('knows our message by our own header, where a server wrote a Message-ID of its own', async () => {
    const report = bounceReport({ uuid, recipient }).replace(
      `Message-ID: <${uuid}@council.example>`,
      `Message-ID: <0102@ses.example>\r\nX-Plancycle-Message:\r\n ${uuid}`,
    );
    expect((await read(report)).messageUuids).toEqual([uuid]);
  });

  it('is read where lines end as on Unix', async () => {
    expect(await read(bounceReport({ uuid, recipient }).replaceAll('\r\n', '\n'))).toMatchObject({
      outcome: 'failed',
      messageUuids: [uuid],
    });
  });

  it('is read whole where the returned message is attached, and not mistaken for what that message says', async () => {
    const attached = [
      `Content-Type: message/rfc822`,
      '',
      `Message-ID: <${uuid}@council.example>`,
      'Content-Type: text/plain',
      '',
      'Action: delayed',
    ].join('\r\n');
    const report = bounceReport({ uuid, recipient }).replace(/Content-Type: text\/rfc822-headers[\s\S]*Due today/, attached);
    expect(await read(report)).toMatchObject({ outcome: 'failed', messageUuids: [uuid] });
  });
});

describe('what is no delivery report', () => {
  it.each([
    ['an answer from somebody on holiday', 'Subject: Out of office\r\n\r\nI am away.'],
    ['nothing', ''],
    ['bytes of something else', '\u0000\u0001PK\u0003\u0004'],
  ])('is refused with a sentence: %s', async (_what, source) => {
    await expect(read(source)).rejects.toThrow('This message is no delivery report');
  });

  it('is refused where it tells that a message arrived', async () => {
    await expect(read(bounceReport({ uuid, recipient, action: 'delivered', status: '2.0.0' }))).rejects.toThrow('no failure and no delay');
  });

  it('is refused where it is too large', async () => {
    await expect(readBounce(Buffer.alloc(BOUNCE_LIMIT_BYTES + 1, 'a'))).rejects.toThrow('larger than 1 MB');
  });
});
