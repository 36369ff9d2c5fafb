/** The quarterly update: every row that a person is asked for on one page, saved all at once. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { QUARTERS, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import { ACTION_STATUSES } from '../../../libs/domain/report-action.js';
import { CurrentPerson } from '../access/current-person.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Chases } from '../cycle/chases.service.js';
import { page, seeOther, type Page, type SeeOther } from '../rendering/page.js';
import { quarterInAddress, yearInAddress } from './monitoring.schemas.js';
import { nameOf, type RowTrouble } from './check-row.js';
import { QuarterRowsService, type QuarterRows } from './quarter-rows.service.js';
import { QuarterUpdates } from './quarter-updates.service.js';
import { Quarters } from './quarters.service.js';
import { errorsOf, readUpdateForm, updateForm } from './update-form.js';

/** What came of a form that could not be saved whole. */
interface SentBack {
  troubles: RowTrouble[];
  body: unknown;
  savedCount: number;
}

@Controller()
@ApiExcludeController()
export class UpdatePages {
  constructor(
    private readonly quarters: Quarters,
    private readonly rows: QuarterRowsService,
    private readonly updates: QuarterUpdates,
    private readonly chases: Chases,
  ) {}

  @Get('/quarters/:year/:quarter/update')
  @Policy('update.give')
  async form(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Query('all') all?: unknown,
  ): Promise<Page> {
    return this.show(person, year, quarter, whichRows(all));
  }

  @Post('/quarters/:year/:quarter/update')
  @Policy('update.give')
  async save(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Body() body: unknown,
    @Query('all') all?: unknown,
  ): Promise<Page | SeeOther> {
    const which = whichRows(all);
    const period = await this.quarters.period(person.councilId, year, quarter);
    const sent = readUpdateForm(await this.rows.of(person, period, which), body);
    const { saved, troubles } = await this.updates.save(person, { year, quarter }, sent.changes);
    const left = [...sent.troubles, ...troubles];
    if (left.length > 0) return this.show(person, year, quarter, which, { troubles: left, body, savedCount: saved.length });
    return seeOther(`/quarters/${year}/${quarter}/update${which === 'all' ? '?all=yes' : ''}`, savedInWords(saved.length));
  }

  private async show(person: SignedInPerson, year: string, quarter: number, which: 'mine' | 'all', sentBack?: SentBack): Promise<Page> {
    const overview = await this.quarters.overview(person.councilId, year, quarter);
    const rows = await this.rows.of(person, overview.period, which);
    const form = updateForm(rows, sentBack?.troubles, sentBack?.body);
    return page('monitoring/update.njk', {
      title: which === 'all' ? 'Every update of the quarter' : 'Your quarterly update',
      errors: inOrderOfPage(form, errorsOf(sentBack?.troubles ?? [])),
      overview,
      period: overview.period,
      lastQuarter: QUARTERS.find((each): each is QuarterNumber => each === quarter - 1) ?? null,
      form,
      which,
      mayGiveAll: mayEnter('monitoring.manage', person),
      statuses: ACTION_STATUSES,
      savedInWords: sentBack ? savedInPart(sentBack.savedCount) : null,
      missingRows: missingRowsOf(rows),
      chased: (await this.chases.ofQuarter(overview.period.id)).get(person.id) ?? null,
    });
  }
}

function whichRows(all: unknown): 'mine' | 'all' {
  return all === undefined ? 'mine' : 'all';
}

/** The rows without an update, each with the id of its field. */
function missingRowsOf({ measurements, actions }: QuarterRows): { name: string; field: string }[] {
  return [
    ...measurements.filter(({ value }) => value === '').map((row) => ({ name: nameOf(row), field: `value-${row.id}` })),
    ...actions.filter(({ status }) => status === null).map((row) => ({ name: nameOf(row), field: `status-${row.id}` })),
  ];
}

function savedInWords(count: number): string {
  if (count === 0) return 'Nothing was changed.';
  return count === 1 ? 'One row was saved.' : `${count} rows were saved.`;
}

function savedInPart(count: number): string {
  if (count === 0) return 'Nothing was saved. Put right what is marked below.';
  return `${savedInWords(count)} Put right what is marked below: that was not.`;
}

function inOrderOfPage<Error extends { field: string }>(form: ReturnType<typeof updateForm>, errors: Error[]): Error[] {
  const order = [...form.measurements, ...form.actions].map(({ row }) => row.id);
  const place = ({ field }: Error): number => order.findIndex((id) => field.endsWith(id));
  return errors.sort((one, other) => place(one) - place(other));
}
