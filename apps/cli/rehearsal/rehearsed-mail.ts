/** The mailbox of a rehearsal: it takes every e-mail, or bounces it, and nothing leaves the machine. */
import { EmailNotSent, type EmailMessage, type Mailer } from '../../../libs/email/send-email.js';

export interface RehearsedMail extends Mailer {
  /** Addresses that are refused for good, as where somebody's mailbox is gone. */
  refuses: Set<string>;
  /** While it is true the mail server cannot be reached. */
  isAway: boolean;
  /** What came, taken or refused, in order: the id of the message, its recipient and its subject. */
  seen: { messageId: string; to: string; subject: string }[];
}

export function createRehearsedMail(): RehearsedMail {
  const mail: RehearsedMail = {
    refuses: new Set(),
    isAway: false,
    seen: [],
    send: async ({ to, messageUuid, subject }: EmailMessage) => {
      await Promise.resolve();
      if (mail.isAway) throw new EmailNotSent('The mail server is away', false);
      mail.seen.push({ messageId: messageUuid, to: to.address, subject });
      if (mail.refuses.has(to.address)) throw new EmailNotSent(`550 There is no mailbox ${to.address}`, true);
      return { messageId: `<${messageUuid}@rehearsal.example>`, response: '250 taken' };
    },
    verify: () => Promise.resolve(),
    close: () => undefined,
  };
  return mail;
}
