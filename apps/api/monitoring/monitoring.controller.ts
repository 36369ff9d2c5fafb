/** The JSON of quarters: where they stand, their rows, their reports, and what is done with them. */
import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { PreparedReport } from '../../../workflows/activity-contract.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import * as schemas from './monitoring.schemas.js';
import { QuarterRowsService } from './quarter-rows.service.js';
import { QuarterSteps } from './quarter-steps.service.js';
import { Quarters, type QuarterOverview } from './quarters.service.js';
import { withoutId } from './updates.controller.js';

const { yearInAddress, quarterInAddress } = schemas;

@Controller('/api/v1/quarters')
@ApiTags('Quarters')
export class MonitoringController {
  constructor(
    private readonly quarters: Quarters,
    private readonly quarterRows: QuarterRowsService,
    private readonly steps: QuarterSteps,
  ) {}

  @Get()
  @Policy('monitoring.read')
  @ApiResponse({ status: 200, standardSchema: schemas.quarters })
  async all(@CurrentPerson() person: SignedInPerson): Promise<object> {
    return { quarters: (await this.quarters.all(person.councilId)).map(asJson) };
  }

  @Get(':year/:quarter')
  @Policy('monitoring.read')
  @ApiResponse({ status: 200, standardSchema: schemas.quarter })
  async one(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
  ): Promise<object> {
    return asJson(await this.quarters.overview(person.councilId, year, quarter));
  }

  /** The rows that the caller is asked for; with `?all` every row, for the performance team. */
  @Get(':year/:quarter/rows')
  @Policy('update.give')
  @ApiResponse({ status: 200, standardSchema: schemas.rows })
  async rows(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Query({ schema: schemas.rowsQuery }) { all }: z.infer<typeof schemas.rowsQuery>,
  ): Promise<object> {
    const period = await this.quarters.period(person.councilId, year, quarter);
    const { measurements, actions } = await this.quarterRows.of(person, period, all === true || all === '' ? 'all' : 'mine');
    return { measurements: measurements.map(withoutId), actions: actions.map(withoutId) };
  }

  /** Prepares a report from the figures as they are now. The same Idempotency-Key gives the same report. */
  @Post(':year/:quarter/reports')
  @Policy('monitoring.manage')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiResponse({ status: 201, standardSchema: schemas.preparedReport })
  async prepare(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreparedReport> {
    const { number } = await this.steps.prepare(person, year, quarter, requiredKey(key));
    reply.header('location', `/api/v1/quarters/${year}/${quarter}/reports/${number}`);
    return { number };
  }

  @Get(':year/:quarter/reports/:number')
  @Policy('monitoring.read')
  @ApiResponse({ status: 200, standardSchema: schemas.report })
  async report(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Param('number', { schema: schemas.reportNumber }) number: number,
  ): Promise<object> {
    const report = await this.quarters.report(await this.quarters.period(person.councilId, year, quarter), number);
    const { preparedFor, preparedAt, preparedBy, content } = report;
    return { number, preparedFor, preparedAt, preparedBy, content };
  }

  /** Records that Cabinet noted the report, which closes the quarter. */
  @Post(':year/:quarter/notings')
  @Policy('monitoring.note')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiResponse({ status: 201, standardSchema: schemas.preparedReport })
  async note(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.noting }) { minute }: z.infer<typeof schemas.noting>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreparedReport> {
    const { number } = await this.steps.note(person, year, quarter, minute, requiredKey(key));
    reply.header('location', `/api/v1/quarters/${year}/${quarter}`);
    return { number };
  }
}

function asJson({ period, title, missing, reports }: QuarterOverview): object {
  const { opens, due, preparedForGmt, gmtMeeting, finalReportDue, agendaPublished, cabinetMeeting } = period.dates;
  return {
    year: period.year,
    quarter: period.quarter,
    title,
    status: period.status,
    dates: { opens, due, preparedForGmt, gmtMeeting, finalReportDue, agendaPublished, cabinetMeeting },
    minute: period.minute ?? null,
    closedAt: period.closedAt ?? null,
    missing: missing.map(({ post, person, rows }) => ({ post, person, rows })),
    reports: reports.map(({ number, preparedFor, preparedAt, preparedBy }) => ({ number, preparedFor, preparedAt, preparedBy })),
  };
}

/**
 * The key that every POST of a program carries, so that sending it again does no harm.
 * @throws DomainError 'invalid' without one
 */
function requiredKey(key: string | undefined): string {
  if (!key?.trim()) throw new DomainError('invalid', 'Send an Idempotency-Key of your own with this request, for example a UUID.');
  return key;
}
