/** Delivery reports as mail servers write them, about a message of ours. */

interface Reported {
  /** The message's uuid; null for a server that sends nothing of it back. */
  uuid: string | null;
  recipient: string;
  action?: string;
  status?: string;
  said?: string;
}

/** Postfix's form: three parts, the last with the headers of the message. */
export function bounceReport({ uuid, recipient, action = 'failed', status = '5.1.1', said = '550 5.1.1 No such user' }: Reported): string {
  const returned =
    uuid === null
      ? []
      : ['--b1', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${uuid}@council.example>`, 'Subject: Due today', ''];
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example',
    'To: bounces@council.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'I am sorry to have to tell you.',
    '',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'Arrival-Date: Mon, 3 Nov 2025 08:15:00 +0000',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    // Long fields are folded at a space.
    `Diagnostic-Code: smtp; ${said.replace(' ', '\r\n    ')}`,
    '',
    ...returned,
    '--b1--',
    '',
  ].join('\r\n');
}
