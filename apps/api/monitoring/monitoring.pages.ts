/** The pages of monitoring: the year's quarters, one quarter with what is missing from whom, and what may be done with it. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { text } from '../validation.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import type { ShownChase } from '../cycle/write-chase.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { quarterInAddress, yearInAddress } from './monitoring.schemas.js';
import { Chases } from '../cycle/chases.service.js';
import { QuarterRowsService } from './quarter-rows.service.js';
import { QuarterSteps } from './quarter-steps.service.js';
import { Quarters, type MissingOfPost, type QuarterOverview } from './quarters.service.js';

const prepareForm = z.object({ key: z.uuid() });
const noteForm = z.object({
  key: z.uuid(),
  minute: text(100, 'The minute').trim().min(1, 'Give the minute number'),
});

@Controller()
@ApiExcludeController()
export class MonitoringPages {
  constructor(
    private readonly quarters: Quarters,
    private readonly rows: QuarterRowsService,
    private readonly steps: QuarterSteps,
    private readonly chases: Chases,
  ) {}

  @Get('/monitoring')
  @Policy('monitoring.read')
  async years(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const years = await this.quarters.years(person.councilId);
    const open = years.flatMap(({ quarters }) => quarters).filter((quarter) => 'period' in quarter && quarter.period.status !== 'closed');
    const due = await Promise.all(
      open.map(async (quarter) => ('period' in quarter ? { quarter, count: await this.missingOf(person, quarter.period) } : null)),
    );
    return page('monitoring/monitoring.njk', {
      title: 'Monitoring',
      years,
      due: due.filter((one) => one !== null && one.count.asked > 0),
    });
  }

  @Get('/quarters/:year/:quarter')
  @Policy('monitoring.read')
  async quarter(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
  ): Promise<Page> {
    return this.show(person, year, quarter);
  }

  @Post('/quarters/:year/:quarter/prepare')
  @Policy('monitoring.manage')
  async prepare(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = readForm(prepareForm, body);
    if (form.errors) return this.show(person, year, quarter, form.errors);
    const { number } = await this.steps.prepare(person, year, quarter, form.value.key);
    return seeOther(`/quarters/${year}/${quarter}/reports/${number}`, 'The report is prepared from the figures as they are now.');
  }

  @Post('/quarters/:year/:quarter/note')
  @Policy('monitoring.note')
  async note(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = readForm(noteForm, body);
    if (form.errors) return this.show(person, year, quarter, form.errors, minuteIn(body));
    await this.steps.note(person, year, quarter, form.value.minute, form.value.key);
    return seeOther(`/quarters/${year}/${quarter}`, `It is recorded that Cabinet noted the report (minute ${form.value.minute}).`);
  }

  private async show(person: SignedInPerson, year: string, quarter: number, errors: FormError[] = [], typed = ''): Promise<Page> {
    const overview = await this.quarters.overview(person.councilId, year, quarter);
    return page('monitoring/quarter.njk', {
      title: overview.title,
      errors,
      typed,
      overview,
      period: overview.period,
      mine: await this.missingOf(person, overview.period),
      publicAddress: await this.quarters.publicAddress(overview),
      steps: await this.steps.onOffer(person, overview.period.status),
      missing: await this.missingWithChases(overview),
      mayChase: may('cycle.chase', person, '') && overview.period.status !== 'closed',
      chaseAllKey: randomUUID(),
      // Sent again by a double click or a reload, the same button counts once.
      key: randomUUID(),
    });
  }

  /** What each post still has to give, with when its person was chased about it, and the key of the row's own button. */
  private async missingWithChases({
    period,
    missing,
  }: QuarterOverview): Promise<(MissingOfPost & { chased: ShownChase | null; key: string })[]> {
    const chases = await this.chases.ofQuarter(period.id);
    return missing.map((entry) => ({ ...entry, chased: chases.get(entry.personId ?? '') ?? null, key: randomUUID() }));
  }

  /** How many rows the person is asked for, and how many of them are missing. */
  private async missingOf(
    person: SignedInPerson,
    period: Parameters<QuarterRowsService['of']>[1],
  ): Promise<{ asked: number; missing: number }> {
    const { measurements, actions } = await this.rows.of(person, period, 'mine');
    const missing = measurements.filter(({ value }) => value === '').length + actions.filter(({ status }) => status === null).length;
    return { asked: measurements.length + actions.length, missing };
  }
}

/** What somebody typed as the minute, to be shown again where it is refused. */
function minuteIn(body: unknown): string {
  const { minute } = (body ?? {}) as { minute?: unknown };
  return typeof minute === 'string' ? minute : '';
}
