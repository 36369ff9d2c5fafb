/** The JSON of the register of posts: who holds a post, its deputy and its team's mailbox. */
import { Body, Controller, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { PostSettingsOf } from './post-settings.service.js';

/** The longest address that mail knows (RFC 5321). */
export const teamMailbox = z
  .email('Enter an e-mail address like team@council.gov.uk')
  .max(254, 'An e-mail address has at most 254 characters');

const idParam = z.uuid('Give the post’s id');
const settings = z
  .strictObject({
    holderId: z.uuid('Give the person’s id, or null').nullable().meta({ description: 'Null is nobody.' }),
    deputyId: z
      .uuid('Give the person’s id, or null')
      .nullable()
      .meta({ description: 'Asked while the holder is away and nobody stands in.' }),
    teamMailbox: teamMailbox.nullable().meta({ description: 'Told where nobody at all is there for the post.' }),
  })
  .meta({ id: 'PostSettings' });
const beforeAfter = z.object({ before: z.string(), after: z.string() });
const preview = z
  .object({
    title: z.string(),
    holder: beforeAfter,
    deputy: beforeAfter,
    teamMailbox: beforeAfter,
    answering: beforeAfter.meta({ description: 'Who answers for the post today.' }),
    tasks: z.array(z.string()).meta({ description: 'What is open of the post.' }),
    changes: z.boolean().meta({ description: 'false where it is so already.' }),
  })
  .meta({ id: 'PostPreview' });
const set = z.object({ id: z.uuid() }).meta({ id: 'SetPost' });

@Controller('/api/v1/people/posts')
@ApiTags('People')
@Policy('people.manage')
export class PostsController {
  constructor(private readonly posts: PostSettingsOf) {}

  /** Writes nothing. */
  @Post(':id/preview')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: preview })
  @Refusals(404, 422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Body({ schema: settings }) asked: z.infer<typeof settings>,
  ): Promise<z.infer<typeof preview>> {
    return this.posts.preview(person, id, asked);
  }

  /** Sets all three. What is open of the post is asked of whoever answers for it from then on. */
  @Put(':id')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: set })
  @Refusals(404, 422)
  async set(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: settings }) asked: z.infer<typeof settings>,
  ): Promise<z.infer<typeof set>> {
    return this.posts.set(person, id, asked, requiredKey(key));
  }
}
