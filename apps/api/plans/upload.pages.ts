/** The pages on which a leader brings in a document written elsewhere: choose the file, see what it would change, take it over. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { countPlan } from '../../../libs/domain/count-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { receivedFile } from '../receive-file.js';
import { page, seeOther, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { DraftEditor } from './draft-editor.service.js';
import { PlanDifferences } from './plan-differences.js';
import { Uploads } from './upload.service.js';

const takeOverForm = z.object({ revision: z.coerce.number().int().min(0) });

@Controller('/plans/:year/:slug/draft/upload')
@ApiExcludeController()
@Policy('plan.edit')
export class UploadPages {
  constructor(
    private readonly editor: DraftEditor,
    private readonly uploads: Uploads,
    private readonly differences: PlanDifferences,
  ) {}

  @Get()
  async choose(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    return this.choosePage(person, year, slug);
  }

  @Post()
  async send(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Body() body: { document?: unknown } | null,
  ): Promise<Page | SeeOther> {
    const file = receivedFile(body?.document);
    if (!file) return this.choosePage(person, year, slug, 'Choose the file that holds the plan');
    const { name, bytes } = file;
    if (!bytes) return this.choosePage(person, year, slug, `${name} is larger than 20 MB. Choose a smaller file`);
    try {
      const id = await this.uploads.receive(person, { year, slug }, { name, bytes });
      return seeOther(`/plans/${year}/${slug}/draft/upload/${id}`);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unreadable') return this.choosePage(person, year, slug, error.message);
      throw error;
    }
  }

  @Get(':id')
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('id') id: string,
  ): Promise<Page> {
    const { open, upload, plan, kept } = await this.uploads.preview(person, { year, slug }, id);
    return page('plans/upload-preview.njk', {
      title: `What ${upload.fileName} would change`,
      wide: true,
      plan: open.plan,
      upload,
      kept,
      revision: open.draft.revision,
      counts: countPlan(upload.content),
      changes: await this.differences.shown(person.councilId, open.draft.content, plan),
    });
  }

  @Post(':id')
  async takeOver(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const form = readForm(takeOverForm, body);
    if (form.errors) throw new DomainError('invalid', 'The form came without the revision of the draft. Open the page again.');
    await this.uploads.takeOver(person, { year, slug }, id, form.value.revision);
    return seeOther(`/plans/${year}/${slug}/draft`, 'The document has been taken over into the draft.');
  }

  private async choosePage(person: SignedInPerson, year: string, slug: string, error?: string): Promise<Page> {
    const { plan } = await this.editor.open(person, { year, slug });
    const errors = error === undefined ? [] : [{ field: 'document', text: error }];
    return page('plans/upload.njk', { title: 'Bring in a document', plan, errors });
  }
}
