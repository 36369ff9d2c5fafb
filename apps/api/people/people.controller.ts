/** The JSON of the people who work with the plans. */
import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ROLES } from '../../../libs/domain/route.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { PeopleList, type ListedPeople } from './people.service.js';

const person = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    jobTitle: z.string(),
    manager: z.string().nullable(),
    leftOn: z.iso.date().nullable(),
    hasLeft: z.boolean(),
    awayUntil: z.iso.date().nullable(),
    answering: z.string().nullable(),
    roles: z.array(z.object({ role: z.enum(ROLES), scope: z.string().nullable() })),
    posts: z.array(z.string()),
    deputyFor: z.array(z.string()),
    undeliveredTask: z.uuid().nullable().meta({ description: 'The open task about e-mails to them that could not be delivered.' }),
  })
  .meta({ id: 'Person' });

const post = z
  .object({
    id: z.uuid(),
    title: z.string(),
    otherSpellings: z.array(z.string()).meta({ description: 'How else plans write it.' }),
    holderId: z.uuid().nullable(),
    holder: z.string().nullable(),
    deputyId: z.uuid().nullable(),
    deputy: z.string().nullable().meta({ description: 'Asked while the holder is away and nobody stands in.' }),
    answering: z.string().nullable(),
    teamMailbox: z.string().nullable().meta({ description: 'Told where nobody at all is there for the post.' }),
  })
  .meta({ id: 'Post' });

const people = z.object({ people: z.array(person), posts: z.array(post), vacantPosts: z.array(z.string()) }).meta({ id: 'People' });

@Controller('/api/v1/people')
@ApiTags('People')
export class PeopleController {
  constructor(private readonly list: PeopleList) {}

  @Get()
  @Policy('people.read')
  @ApiResponse({ status: 200, standardSchema: people })
  async all(@CurrentPerson() caller: SignedInPerson): Promise<ListedPeople> {
    return this.list.of(caller);
  }
}
