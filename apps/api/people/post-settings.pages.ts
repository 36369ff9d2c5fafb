/** The page on which the holder of a post, its deputy and its team's mailbox are set, with what that means shown first. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { refusalIn } from '../problem.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { NOBODY, typedIn } from './absence-form.js';
import { teamMailbox } from './posts.controller.js';
import { PostSettingsOf, type OpenedPost, type PostSettings } from './post-settings.service.js';

const who = (choose: string) =>
  z
    .string(choose)
    .refine((value) => value === NOBODY || z.uuid().safeParse(value).success, choose)
    .transform((value) => (value === NOBODY ? null : value));

const postForm = z.object({
  holderId: who('Choose who holds the post, or nobody'),
  deputyId: who('Choose the deputy, or nobody'),
  teamMailbox: z.union([z.literal('').transform(() => null), teamMailbox], 'Enter an e-mail address like team@council.gov.uk, or none'),
  /** 'check' shows what it means, 'change' goes back, 'record' does it. */
  step: z.enum(['check', 'change', 'record']).default('check'),
  key: formKey.optional(),
});

type Typed = Record<string, string | undefined>;

@Controller('/people/posts/:id')
@ApiExcludeController()
@Policy('people.manage')
export class PostSettingsPages {
  constructor(private readonly posts: PostSettingsOf) {}

  @Get()
  async ask(@CurrentPerson() by: SignedInPerson, @Param('id') id: string): Promise<Page> {
    const opened = await this.posts.open(by, id);
    const { holderId, deputyId, teamMailbox: mailbox } = opened.post;
    return form(opened, { holderId: holderId ?? NOBODY, deputyId: deputyId ?? NOBODY, teamMailbox: mailbox ?? '' }, []);
  }

  @Post()
  async send(@CurrentPerson() by: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const opened = await this.posts.open(by, id);
    const typed = typedIn(body);
    const read = readForm(postForm, { ...typed, teamMailbox: typed['teamMailbox']?.trim() ?? '' });
    if (read.errors) return form(opened, typed, read.errors);
    const { step, key, ...asked } = read.value;
    if (step === 'change') return form(opened, typed, []);
    try {
      if (step === 'record' && key) return await this.record(by, opened, asked, key);
      const preview = await this.posts.preview(by, id, asked);
      if (!preview.changes)
        return form(opened, typed, [{ field: 'holderId', text: 'This is how it is already. There is nothing to change' }]);
      return page('people/post-check.njk', { title: 'Check before you change it', id, preview, typed, key: randomUUID() });
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal?.code !== 'invalid') throw error;
      return form(
        opened,
        typed,
        refusal.fields.map(({ pointer, detail }) => ({ field: pointer.slice(1), text: detail })),
      );
    }
  }

  private async record(by: SignedInPerson, { post }: OpenedPost, asked: PostSettings, key: string): Promise<SeeOther> {
    await this.posts.set(by, post.id, asked, key);
    return seeOther('/people#posts', `“${post.title}” is changed. Whoever it concerns gets an e-mail.`);
  }
}

function form({ post, holder, deputy, colleagues }: OpenedPost, typed: Typed, errors: FormError[]): Page {
  // Who has left stays to be chosen where they are on record, until somebody else is named.
  const gone = (id: string | null | undefined, name: string | null): { id: string; name: string; jobTitle: string }[] =>
    id && name && !colleagues.some((one) => one.id === id) ? [{ id, name, jobTitle: 'has left' }] : [];
  return page('people/post.njk', {
    ...{ title: 'Holder and deputy of a post', post, typed, errors, nobody: NOBODY },
    holders: [...gone(post.holderId, holder), ...colleagues],
    deputies: [...gone(post.deputyId, deputy), ...colleagues],
    problems: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
  });
}
