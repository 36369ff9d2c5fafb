/** The page of the people who work with the plans: their posts and roles. */
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { PeopleList } from './people.service.js';

@Controller()
@ApiExcludeController()
export class PeoplePages {
  constructor(private readonly list: PeopleList) {}

  @Get('/people')
  @Policy('people.read')
  async show(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    return page('people/people.njk', {
      title: 'People',
      wide: true,
      mayManage: mayEnter('people.manage', person),
      ...(await this.list.of(person)),
    });
  }
}
