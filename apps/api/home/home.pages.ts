/** The start page, open to everyone: which plans and reports are published, and the way in for staff. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Plan } from '../../../libs/database/entities/plans.js';
import { Policy } from '../access/policy.decorator.js';
import { Councils } from '../councils.js';
import { Quarters } from '../monitoring/quarters.service.js';
import { page, type Page } from '../rendering/page.js';

@Controller()
@ApiExcludeController()
export class HomePages {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly quarters: Quarters,
  ) {}

  @Get('/')
  @Policy('public')
  async start(): Promise<Page> {
    const published = await this.em.find(Plan, { at: 'published' }, { orderBy: { year: 'desc', title: 'asc' } });
    return page('home/start.njk', { title: 'Business plans', published, reports: await this.reports() });
  }

  /** The reports that Cabinet has before it or had, where everyone can read them. */
  private async reports(): Promise<{ title: string; address: string }[]> {
    const councils = await this.councils.all();
    const quarters = (await Promise.all(councils.map(({ id }) => this.quarters.all(id)))).flat();
    const all = await Promise.all(
      quarters.map(async (quarter) => ({ title: quarter.title, address: await this.quarters.publicAddress(quarter) })),
    );
    return all.flatMap(({ title, address }) => (address ? [{ title, address }] : []));
  }
}
