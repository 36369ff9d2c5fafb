/** Plans as files: a version for whoever may read it, the draft for whoever writes it. */
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { sendPlanFile } from './download.js';
import { DraftEditor } from './draft-editor.service.js';
import { PlanReader } from './plan-reader.js';

@Controller('/plans/:year/:slug')
@ApiExcludeController()
export class DownloadPages {
  constructor(
    private readonly plans: PlanReader,
    private readonly editor: DraftEditor,
  ) {}

  @Get('versions/:number/download/:format')
  @Policy('plan.read')
  async version(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('number') number: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { plan } = await this.plans.byAddress(person.councilId, { year, slug });
    const version = await this.plans.version(plan.id, Number(number));
    return sendPlanFile(reply, version.content, format, `${plan.slug}-${plan.year}-v${version.number}`);
  }

  @Get('draft/download/:format')
  @Policy('plan.edit')
  async draft(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { plan, draft } = await this.editor.open(person, { year, slug });
    return sendPlanFile(reply, draft.content, format, `${plan.slug}-${plan.year}-draft`);
  }
}
