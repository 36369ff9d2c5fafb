/** The editor's forms: one for each row, to change it, add it or take it out. They work without scripts. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { findRow, rowName, tablesOf, type RowInTable } from '../../../libs/domain/plan-tables.js';
import { isRedefined } from '../../../libs/domain/series-break.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { DraftEditor } from './draft-editor.service.js';
import { cellFields, measureQuestion, readCells, readSeen, revisionForm, rowForm, type CellField } from './draft-forms.js';
import { PlanOrigins, toldOrigins } from './plan-origins.js';
import { PlanQueries } from './plan-queries.js';
import { StaleCells } from './stale-save.js';

const addForm = z.object({ rowId: z.uuid() });

@Controller('/plans/:year/:slug/draft')
@ApiExcludeController()
@Policy('plan.edit')
export class RowPages {
  constructor(
    private readonly editor: DraftEditor,
    private readonly queries: PlanQueries,
    private readonly origins: PlanOrigins,
  ) {}

  @Get('rows/:rowId')
  async row(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('rowId') rowId: string,
  ): Promise<Page> {
    return this.rowPage(person, year, slug, rowId, {});
  }

  @Post('rows/:rowId')
  async saveRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('rowId') rowId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<Page | SeeOther> {
    const { draft, inherited } = await this.editor.open(person, { year, slug });
    const found = findRow(draft.content, rowId);
    if (!found) throw noSuchRow();
    const { cells, errors } = readCells(found.table, body);
    const form = readForm(rowForm, body);
    if (form.errors || errors.length > 0) return this.rowPage(person, year, slug, rowId, { typed: cells, errors: form.errors ?? errors });
    const seen = { revision: form.value.revision, texts: readSeen(form.value.seen) };
    try {
      const saved = await this.editor.saveRow(person, { year, slug }, rowId, cells, seen, form.value.measure);
      const now = findRow(saved.content, rowId);
      const isAsked = now && form.value.measure === undefined && measureQuestion(now, inherited, financialYearFromId(year));
      if (isAsked && isRedefined(now.row, found.row)) return seeOther(`/plans/${year}/${slug}/draft/rows/${rowId}#measure`, askAbout(now));
    } catch (error) {
      if (!(error instanceof StaleCells)) throw error;
      return this.rowPage(person, year, slug, rowId, { typed: cells, saved: error.conflict.saved }, 412);
    }
    return seeOther(`/plans/${year}/${slug}/draft#row-${rowId}`, `${rowName(found)} has been saved.`);
  }

  @Get('rows/:rowId/remove')
  async askToRemove(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('rowId') rowId: string,
  ): Promise<Page> {
    const { plan, draft } = await this.editor.open(person, { year, slug });
    const found = findRow(draft.content, rowId);
    if (!found) throw noSuchRow();
    const name = rowName(found);
    const model = { plan, rowId, name, revision: draft.revision, fields: cellFields(found), seen: JSON.stringify(found.row.cells) };
    return page('plans/remove-row.njk', { title: `Remove ${name}`, ...model });
  }

  @Post('rows/:rowId/remove')
  async removeRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('rowId') rowId: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const form = readForm(revisionForm, body);
    if (form.errors) throw new DomainError('invalid', 'The form came without the revision of the draft. Open the page again.');
    await this.editor.removeRow(person, { year, slug }, rowId, { revision: form.value.revision, texts: readSeen(form.value.seen) });
    return seeOther(`/plans/${year}/${slug}/draft`, 'The row has been removed. Last year’s plan keeps it.');
  }

  @Post('rows/:rowId/keep')
  async keepRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('rowId') rowId: string,
  ): Promise<SeeOther> {
    await this.editor.keepRow(person, { year, slug }, rowId);
    return seeOther(`/plans/${year}/${slug}/draft`, 'The row stays in the plan. Give it a new date if it needs one.');
  }

  @Get('tables/:table/add')
  async newRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('table') tableId: string,
  ): Promise<Page> {
    return this.newRowPage(person, year, slug, tableId, randomUUID(), {}, []);
  }

  @Post('tables/:table/add')
  async addRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('table') tableId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<Page | SeeOther> {
    const { draft } = await this.editor.open(person, { year, slug });
    const table = tablesOf(draft.content).find(({ id }) => id === tableId);
    if (!table) throw new DomainError('not-found', 'The plan has no such table.');
    const { cells, errors } = readCells(table, body);
    const form = readForm(addForm, body);
    const rowId = form.value?.rowId ?? randomUUID();
    if (errors.length > 0) return this.newRowPage(person, year, slug, tableId, rowId, cells, errors);
    try {
      await this.editor.addRow(person, { year, slug }, tableId, cells, rowId);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid') throw error;
      return this.newRowPage(person, year, slug, tableId, rowId, cells, [{ field: 'cell-0', text: error.message }]);
    }
    return seeOther(`/plans/${year}/${slug}/draft#row-${rowId}`, 'The row has been added.');
  }

  private async rowPage(
    person: SignedInPerson,
    year: string,
    slug: string,
    rowId: string,
    { typed, saved, errors = [] }: { typed?: Record<string, string>; saved?: Record<string, string>; errors?: FormError[] },
    status?: number,
  ): Promise<Page> {
    const { plan, draft, inherited } = await this.editor.open(person, { year, slug });
    const found = findRow(draft.content, rowId);
    if (!found) throw noSuchRow();
    const queries = await this.queries.ofDraft(person.councilId, plan.id, draft.content, inherited);
    const origins = toldOrigins(await this.origins.of(plan, draft.content), found.table, rowId);
    const fields: CellField[] = cellFields(found, typed, saved, origins);
    const model = {
      title: `Edit ${rowName(found)}`,
      errors: saved ? staleErrors(fields) : errors,
      plan,
      rowId,
      caption: found.table.caption,
      fields,
      isStale: saved !== undefined,
      revision: draft.revision,
      seen: JSON.stringify(found.row.cells),
      question: measureQuestion(found, inherited, financialYearFromId(year)),
      queries: queries.filter((query) => query.rowId === rowId),
    };
    return status ? page('plans/edit-row.njk', model, status) : page('plans/edit-row.njk', model);
  }

  private async newRowPage(
    person: SignedInPerson,
    year: string,
    slug: string,
    tableId: string,
    rowId: string,
    typed: Record<string, string>,
    errors: FormError[],
  ): Promise<Page> {
    const { plan, draft } = await this.editor.open(person, { year, slug });
    const table = tablesOf(draft.content).find(({ id }) => id === tableId);
    if (!table) throw new DomainError('not-found', 'The plan has no such table.');
    const fields = cellFields({ table, row: { id: rowId, cells: {} } }, typed);
    return page('plans/add-row.njk', { title: 'Add a row', errors, plan, tableId, rowId, caption: table.caption, fields });
  }
}

function staleErrors(fields: readonly CellField[]): FormError[] {
  return fields
    .filter(({ saved }) => saved !== null)
    .map(({ id, heading }) => ({ field: id, text: `Somebody changed “${heading}” after you opened this page. Choose which text to keep` }));
}

function askAbout(row: RowInTable): string {
  return `${rowName(row)} has been saved. It reads otherwise than last year’s plan: say below whether it still measures the same.`;
}

function noSuchRow(): DomainError {
  return new DomainError('not-found', 'The plan has no such row any more. Somebody may have removed it.');
}
