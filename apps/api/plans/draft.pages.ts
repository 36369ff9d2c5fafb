/** The editor's page, the draft with its queries, and the form of each section. They work without scripts. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { countQueries, type QueryState } from '../../../libs/domain/accepted-queries.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findRow } from '../../../libs/domain/plan-tables.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { revisionForm, shownChanges } from './draft-forms.js';
import { DraftEditor } from './draft-editor.service.js';
import { documentOf } from './plan-document.js';
import { PlanQueries } from './plan-queries.js';
import { text } from '../validation.js';
import { TEXT_LIMIT } from './plans.schemas.js';
import { StaleText } from './stale-save.js';

const sectionForm = revisionForm.extend({ text: text(TEXT_LIMIT, 'The text') });

@Controller('/plans/:year/:slug/draft')
@ApiExcludeController()
@Policy('plan.edit')
export class DraftPages {
  constructor(
    private readonly editor: DraftEditor,
    private readonly queries: PlanQueries,
  ) {}

  @Get()
  async show(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    const { plan, cycle, draft, inherited } = await this.editor.open(person, { year, slug });
    const queries = await this.queries.ofDraft(person.councilId, plan.id, draft.content, inherited);
    const inState = (state: QueryState): typeof queries => queries.filter((query) => query.state === state);
    return page('plans/draft.njk', {
      title: draft.content.title || plan.title,
      wide: true,
      plan,
      dates: cycle?.dates,
      draft,
      sections: documentOf(draft.content),
      queries,
      counts: {
        all: countQueries(queries),
        stops: countQueries(inState('stops')),
        open: countQueries(inState('open')),
        accepted: countQueries(inState('accepted')),
        earlier: countQueries(inState('earlier')),
      },
      stopping: inState('stops'),
      queriesOf: (rowId: string) => queries.filter((query) => query.rowId === rowId),
      changes: shownChanges(draft),
      textOf: (rowId: string) => firstText(draft.content, rowId),
      isNewSince: inherited !== null,
    });
  }

  @Get('sections/:index')
  async section(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('index') index: string,
  ): Promise<Page> {
    return this.sectionPage(person, year, slug, index, {});
  }

  @Post('sections/:index')
  async saveSection(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('index') index: string,
    @Body() body: Record<string, unknown>,
  ): Promise<Page | SeeOther> {
    const form = readForm(sectionForm, body);
    const typed = typeof body['text'] === 'string' ? asWritten(body['text']) : '';
    if (form.errors) return this.sectionPage(person, year, slug, index, { typed, errors: form.errors });
    const seen = { revision: form.value.revision, texts: form.value.seen === undefined ? undefined : asWritten(form.value.seen) };
    try {
      await this.editor.saveSection(person, { year, slug }, Number(index), typed, seen);
    } catch (error) {
      if (!(error instanceof StaleText)) throw error;
      return this.sectionPage(person, year, slug, index, { typed, saved: error.conflict.saved['text'] ?? '' }, 412);
    }
    return seeOther(`/plans/${year}/${slug}/draft#section-${index}`, 'The text has been saved.');
  }

  private async sectionPage(
    person: SignedInPerson,
    year: string,
    slug: string,
    index: string,
    { typed, saved, errors = [] }: { typed?: string; saved?: string; errors?: FormError[] },
    status?: number,
  ): Promise<Page> {
    const { plan, draft } = await this.editor.open(person, { year, slug });
    const section = draft.content.sections[Number(index)];
    if (!section) throw new DomainError('not-found', 'The plan has no such section.');
    const model = {
      title: section.heading || 'Text at the beginning',
      errors: saved === undefined ? errors : [{ field: 'text', text: 'Somebody changed this text after you opened it' }],
      plan,
      index,
      text: typed ?? section.text,
      saved,
      revision: draft.revision,
      seen: section.text,
    };
    return status ? page('plans/edit-section.njk', model, status) : page('plans/edit-section.njk', model);
  }
}

/** What a row says in its first cell, so that nobody has to know it by its code; '' if the row is gone. */
function firstText(content: BusinessPlan, rowId: string): string {
  const found = findRow(content, rowId);
  return found?.row.cells[found.table.columns[0]?.key ?? ''] ?? '';
}

/** Browsers send line ends as CR LF. */
function asWritten(value: string): string {
  return value.replaceAll('\r\n', '\n');
}
