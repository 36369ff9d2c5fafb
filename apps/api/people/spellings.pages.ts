/** The pages on which those who keep the register of posts add a spelling that a plan uses, and take one away. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { refusalIn } from '../problem.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { text } from '../validation.js';
import { PostSpellings, type SpellingAsked, type SpellingChecked } from './post-spellings.service.js';

/** More than any limit of the register, which says itself what is too long. */
const FIELD_LIMIT = 5_000;
const NEW_POST = 'new';

/** '2026-27/community-safety': the plan whose queries the person came from; anything else is no plan. */
const planInAddress = z
  .string()
  .regex(/^\d{4}-\d\d\/[a-z0-9-]{1,200}$/)
  .catch('');

const spellingForm = z.object({
  plan: planInAddress,
  spelling: text(FIELD_LIMIT, 'The spelling').default(''),
  post: z.string().default(''),
  title: text(FIELD_LIMIT, 'The title').default(''),
  email: z.union([z.literal(''), z.email('Enter an e-mail address like team@council.gov.uk, or none')]).default(''),
  /** 'check' shows what would be done, 'change' goes back, 'add' does it. */
  step: z.enum(['check', 'change', 'add']).default('check'),
});
type Typed = Pick<z.infer<typeof spellingForm>, 'plan' | 'spelling' | 'post' | 'title' | 'email'>;

const removeForm = z.object({ spelling: text(FIELD_LIMIT, 'The spelling') });

@Controller('/people')
@ApiExcludeController()
@Policy('people.manage')
export class SpellingsPages {
  constructor(private readonly spellings: PostSpellings) {}

  @Get('spellings/add')
  async ask(@CurrentPerson() person: SignedInPerson, @Query() query: unknown): Promise<Page> {
    const { plan, spelling } = z.object({ plan: planInAddress, spelling: text(FIELD_LIMIT, '').catch('') }).parse(query);
    return this.form(person, { plan, spelling, post: '', title: spelling, email: '' }, []);
  }

  @Post('spellings/add')
  async add(@CurrentPerson() person: SignedInPerson, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(spellingForm, body);
    if (form.errors) return this.form(person, typedIn(body), form.errors);
    const { step, ...typed } = form.value;
    if (step === 'change') return this.form(person, typed, []);
    try {
      if (step === 'add') return told(typed.plan, await this.spellings.add(person, askedBy(typed)));
      const checked = await this.spellings.check(person, askedBy(typed));
      if (!checked.isKnown) return page('people/check-spelling.njk', { title: 'Check before you add it', typed, checked });
      const known = { field: 'spelling', text: `“${checked.spelling}” is already known as “${checked.title}”. There is nothing to add` };
      return await this.form(person, typed, [known]);
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal?.code !== 'invalid') throw error;
      const errors = refusal.fields.map(({ pointer, detail }) => ({ field: pointer.slice(1), text: detail }));
      return this.form(person, typed, errors);
    }
  }

  @Post('posts/:id/spellings/remove')
  async remove(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<SeeOther> {
    const { spelling } = removeForm.catch({ spelling: '' }).parse(body ?? {});
    const title = await this.spellings.remove(person, id, spelling);
    return seeOther('/people#posts', `“${spelling}” is no longer a spelling of “${title}”.`);
  }

  private async form(person: SignedInPerson, typed: Typed, errors: FormError[]): Promise<Page> {
    const register = await this.spellings.register(person);
    return page('people/add-spelling.njk', {
      title: 'Add a spelling to the register of posts',
      errors,
      problems: Object.fromEntries(errors.map(({ field, text: problem }) => [field, problem])),
      typed,
      back: backTo(typed.plan),
      newPost: NEW_POST,
      posts: register.map(({ id, title, otherSpellings }) => ({ id, title, otherSpellings })),
    });
  }
}

function askedBy({ spelling, post, title, email }: Typed): SpellingAsked {
  return { spelling, postId: post === NEW_POST ? null : post, title, email };
}

/** What was typed, to be shown again where a field of it is refused. */
function typedIn(body: unknown): Typed {
  const field = (name: string): string => {
    const value = (body as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : '';
  };
  const [spelling, post, title, email] = [field('spelling'), field('post'), field('title'), field('email')];
  return { plan: planInAddress.parse(field('plan')), spelling, post, title, email };
}

function backTo(plan: string): string {
  return plan === '' ? '/people' : `/plans/${plan}/queries`;
}

function told(plan: string, { spelling, title, isNewPost }: SpellingChecked): SeeOther {
  const what = isNewPost ? `“${title}” is in the register of posts now.` : `“${spelling}” is known as “${title}” now.`;
  return seeOther(backTo(plan), `${what} Its queries are settled in every plan.`);
}
