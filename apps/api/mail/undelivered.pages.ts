/** The page of the task about e-mails that could not be delivered: what came back, and the two ways to see to it. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { REASON_LIMIT } from '../plans/plan-steps.service.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { emailAddress } from './mail.controller.js';
import { UndeliveredEmails } from './undelivered.service.js';

const addressForm = z.object({ email: z.string().trim().pipe(emailAddress()), key: formKey });
const toldForm = z.object({
  reason: text(REASON_LIMIT, 'The reason').refine((reason) => reason.trim() !== '', 'Enter how and when they were told'),
  key: formKey,
});

/** What was typed, to be shown again with what has to be put right. */
type Typed = Partial<Record<'email' | 'reason', string>>;

@Controller('/tasks/:id/undelivered')
@ApiExcludeController()
@Policy('mail.manage')
export class UndeliveredPages {
  constructor(private readonly emails: UndeliveredEmails) {}

  @Get()
  async show(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page> {
    return this.page(person, id, {}, []);
  }

  @Post('address')
  async correct(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(addressForm, body);
    if (form.errors) return this.page(person, id, typedIn(body), form.errors);
    const { email } = form.value;
    return this.seeTo(person, id, { email }, async () => {
      // One form can be sent twice; sent with another address it is another request.
      const { sentAgain } = await this.emails.correct(person, id, email, JSON.stringify([form.value.key, email]));
      return `${sentAgain === 1 ? 'The e-mail is' : `${sentAgain} e-mails are`} on the way to ${email}.`;
    });
  }

  @Post('told')
  async told(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(toldForm, body);
    if (form.errors) return this.page(person, id, typedIn(body), form.errors);
    const { reason } = form.value;
    return this.seeTo(person, id, { reason }, async () => {
      await this.emails.told(person, id, reason, JSON.stringify([form.value.key, reason]));
      return 'Recorded. Nothing is sent again.';
    });
  }

  private async seeTo(person: SignedInPerson, id: string, typed: Typed, act: () => Promise<string>): Promise<Page | SeeOther> {
    try {
      return seeOther('/tasks', await act());
    } catch (error) {
      const { errors, status } = refusedForm(error);
      return this.page(person, id, typed, errors, status);
    }
  }

  private async page(person: SignedInPerson, id: string, typed: Typed, errors: FormError[], status?: number): Promise<Page> {
    const { task, ...undelivered } = await this.emails.one(person, id);
    const model = {
      title: `E-mail to ${undelivered.name ?? undelivered.address} could not be delivered`,
      ...{ task, ...undelivered, typed, errors, keys: { address: randomUUID(), told: randomUUID() } },
      isOpen: !task.closedAt,
      problems: Object.fromEntries(errors.map(({ field, text: problem }) => [field, problem])),
    };
    return status ? page('mail/undelivered.njk', model, status) : page('mail/undelivered.njk', model);
  }
}

/** What was typed, to be shown again where it is refused. */
function typedIn(body: unknown): Typed {
  return z.object({ email: z.string().optional(), reason: z.string().optional() }).catch({}).parse(body);
}
