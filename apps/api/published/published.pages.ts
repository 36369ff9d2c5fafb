/** The public pages: the plans of a council, and each published plan at its lasting address. */
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.decorator.js';
import { DOWNLOADS, sendPlanFile } from '../plans/download.js';
import { documentOf, partsOf } from '../plans/plan-document.js';
import { page, type Page } from '../rendering/page.js';
import { PublishedPlans } from './published.service.js';

@Controller('/:council/plans')
@ApiExcludeController()
@Policy('public')
export class PublishedPages {
  constructor(private readonly published: PublishedPlans) {}

  @Get()
  async list(@Param('council') council: string): Promise<Page> {
    return page('published/list.njk', { title: 'Business plans', council, ...(await this.published.all(council)) });
  }

  @Get(':year/:slug')
  async latest(@Param('council') council: string, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    return this.show(council, year, slug);
  }

  @Get(':year/:slug/v:number')
  async version(
    @Param('council') council: string,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('number') number: string,
  ): Promise<Page> {
    return this.show(council, year, slug, Number(number));
  }

  /** Every format holds the same text as the page. */
  @Get(':year/:slug/v:number/download/:format')
  async download(
    @Param('council') council: string,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('number') number: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { plan, version } = await this.published.one(council, year, slug, Number(number));
    return sendPlanFile(reply, version.content, format, `${plan.slug}-${plan.year}-v${version.number}`);
  }

  private async show(council: string, year: string, slug: string, number?: number): Promise<Page> {
    const found = await this.published.one(council, year, slug, number);
    const { content } = found.version;
    return page('published/plan.njk', {
      title: content.title || found.plan.title,
      wide: true,
      council,
      ...found,
      isLatest: found.versions[0]?.number === found.version.number,
      sections: documentOf(content),
      parts: content.fullPlan ? partsOf(content.fullPlan) : [],
      downloads: DOWNLOADS,
    });
  }
}
