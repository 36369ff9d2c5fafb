/** E-mails that could not be delivered, for programs: reports of mail servers in, and what the performance team does about them. */
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { REASON_LIMIT } from '../plans/plan-steps.service.js';
import { text } from '../validation.js';
import { UndeliveredEmails, type Undelivered } from './undelivered.service.js';

const idParam = z.uuid('Give the task’s id');
const email = z.object({
  id: z.uuid(),
  subject: z.string(),
  text: z.string(),
  said: z.string().meta({ description: 'What the mail server said.' }),
  writtenAt: z.iso.datetime(),
  status: z.enum(['queued', 'sent', 'refused', 'dropped']),
});
const undelivered = z
  .object({
    taskId: z.uuid(),
    name: z.string().nullable(),
    address: z.string(),
    since: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    closedBy: z.string().nullable(),
    closedBecause: z.string().nullable(),
    emails: z.array(email),
  })
  .meta({ id: 'UndeliveredEmails' });
const list = z.object({ undelivered: z.array(undelivered) }).meta({ id: 'UndeliveredEmailsList' });
const address = z.strictObject({ email: emailAddress() }).meta({ id: 'CorrectedAddress' });
const told = z.strictObject({ reason: text(REASON_LIMIT, 'The reason') }).meta({ id: 'ToldInAnotherWay' });
const seenTo = z.object({ sentAgain: z.int() }).meta({ id: 'UndeliveredSeenTo' });
const recorded = z
  .object({
    outcome: z.enum(['failed', 'delayed', 'known']).meta({ description: 'known: it changed nothing.' }),
    messageId: z.uuid(),
    recipient: z.string(),
    taskId: z.uuid().nullable(),
  })
  .meta({ id: 'RecordedBounce' });

/** One address that our mailer takes. */
export function emailAddress(): z.ZodEmail {
  return z.email('Enter one e-mail address like name@council.gov.uk').max(200, 'The address must be 200 characters or fewer');
}

@Controller('/api/v1/mail')
@ApiTags('E-mail')
@Policy('mail.manage')
export class MailController {
  constructor(private readonly emails: UndeliveredEmails) {}

  /** Takes a delivery report (RFC 3464) as a mail server pipes it; the same report again changes nothing. */
  @Post('bounces')
  @HttpCode(200)
  @ApiConsumes('message/rfc822')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: recorded })
  @Refusals(404, 413, 422)
  async report(@CurrentPerson() person: SignedInPerson, @Body() source: unknown): Promise<z.infer<typeof recorded>> {
    if (!Buffer.isBuffer(source)) throw new DomainError('invalid', 'Send the report as it arrived, with "Content-Type: message/rfc822".');
    return this.emails.report(person, source);
  }

  @Get('undelivered')
  @ApiResponse({ status: 200, standardSchema: list })
  @Refusals()
  async open(@CurrentPerson() person: SignedInPerson): Promise<z.infer<typeof list>> {
    return { undelivered: (await this.emails.open(person)).map(inJson) };
  }

  @Get('undelivered/:id')
  @ApiResponse({ status: 200, standardSchema: undelivered })
  @Refusals(404)
  async one(@CurrentPerson() person: SignedInPerson, @Param('id', { schema: idParam }) id: string): Promise<z.infer<typeof undelivered>> {
    return inJson(await this.emails.one(person, id));
  }

  @Post('undelivered/:id/address')
  @HttpCode(200)
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: seenTo })
  @Refusals(404, 409, 422)
  async correct(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: address }) asked: z.infer<typeof address>,
  ): Promise<z.infer<typeof seenTo>> {
    return this.emails.correct(person, id, asked.email, requiredKey(key));
  }

  @Post('undelivered/:id/told')
  @HttpCode(200)
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: seenTo })
  @Refusals(404, 409, 422)
  async told(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: told }) { reason }: z.infer<typeof told>,
  ): Promise<z.infer<typeof seenTo>> {
    return this.emails.told(person, id, reason, requiredKey(key));
  }
}

function inJson({ task, name, address: to, emails, closedBy }: Undelivered): z.infer<typeof undelivered> {
  return {
    ...{ taskId: task.id, name, address: to, since: task.openedAt.toISOString() },
    ...{ closedAt: task.closedAt?.toISOString() ?? null, closedBy, closedBecause: task.closedBecause ?? null },
    emails: emails.map(({ writtenAt, ...one }) => ({ ...one, writtenAt: writtenAt.toISOString() })),
  };
}
