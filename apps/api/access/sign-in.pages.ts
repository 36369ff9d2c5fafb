/** Signing in and out. On the demonstration one chooses a person; elsewhere the council's own sign-in comes with its set-up. */
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Environment } from '../../../libs/config/environment.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { ENVIRONMENT } from '../connections.module.js';
import { page, seeOther, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { People } from './people.js';
import { Policy } from './policy.decorator.js';

const choice = z.object({
  person: z.uuid('Choose a person'),
  next: z.string().optional(),
});

@Controller()
@ApiExcludeController()
export class SignInPages {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly people: People,
  ) {}

  @Get('/sign-in')
  @Policy('public')
  async show(@Query('next') next?: unknown): Promise<Page> {
    return this.form(localPath(next));
  }

  @Post('/sign-in')
  @Policy('public')
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    if (!this.environment.PLANCYCLE_DEMONSTRATION)
      throw new DomainError('not-allowed', 'Only on the demonstration does one sign in by choosing a person.');
    const form = readForm(choice, body);
    if (form.errors) return this.form('/tasks', form.errors);
    const person = await this.people.byId(form.value.person);
    if (!person) return this.form('/tasks', [{ field: 'person', text: 'Choose a person from the list' }]);
    // A session from before the sign-in must not become a signed-in one: somebody else may know its id.
    await request.session.regenerate();
    request.session.personId = person.id;
    return seeOther(localPath(form.value.next));
  }

  @Post('/sign-out')
  @Policy('public')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SeeOther> {
    await request.session.destroy();
    reply.header('clear-site-data', '"cache"');
    return seeOther('/');
  }

  private async form(next: string, errors: { field: string; text: string }[] = []): Promise<Page> {
    const demonstration = this.environment.PLANCYCLE_DEMONSTRATION;
    return page('access/sign-in.njk', {
      title: 'Sign in',
      errors,
      next,
      demonstration,
      people: demonstration ? await this.people.all() : [],
    });
  }
}

/** The path to go to after signing in: one of ours, or the person's tasks. An address elsewhere would let others send people away from here. */
export function localPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/tasks';
  const here = 'http://here.invalid';
  const address = URL.canParse(next, here) ? new URL(next, here) : null;
  return address?.origin === here ? `${address.pathname}${address.search}` : '/tasks';
}
