/** The start page, open to everyone: which plans are published, and the way in for staff. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Plan } from '../../../libs/database/entities/plans.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';

@Controller()
@ApiExcludeController()
export class HomePages {
  constructor(private readonly em: EntityManager) {}

  @Get('/')
  @Policy('public')
  async start(): Promise<Page> {
    const published = await this.em.find(Plan, { at: 'published' }, { orderBy: { year: 'desc', title: 'asc' } });
    return page('home/start.njk', { title: 'Business plans', published });
  }
}
