/** The JSON of updates: one figure or one action saved by its code, under the revision that the caller saw. */
import { Body, Controller, Headers, Param, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import type { RowChange, RowTrouble } from './check-row.js';
import * as schemas from './monitoring.schemas.js';
import { QuarterRowsService, type ActionRow, type MeasurementRow } from './quarter-rows.service.js';
import { QuarterUpdates } from './quarter-updates.service.js';
import { Quarters } from './quarters.service.js';

const { yearInAddress, quarterInAddress } = schemas;
const REVISION = { name: 'If-Match', required: true, description: 'The revision of the row as it was read, for example "3"' };

@Controller('/api/v1/quarters')
@ApiTags('Quarters')
@Policy('update.give')
export class UpdatesController {
  constructor(
    private readonly quarters: Quarters,
    private readonly quarterRows: QuarterRowsService,
    private readonly updates: QuarterUpdates,
  ) {}

  /** Saves a figure. One that looks like a slip of the pen is saved when it comes with `confirmed`. */
  @Put(':year/:quarter/measurements/:code')
  @ApiHeader(REVISION)
  @ApiResponse({ status: 200, standardSchema: schemas.measurement })
  async saveMeasurement(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Param('code') code: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Query({ schema: schemas.planQuery }) { plan }: z.infer<typeof schemas.planQuery>,
    @Body({ schema: schemas.measurementToSave }) body: z.infer<typeof schemas.measurementToSave>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const find = async (): Promise<MeasurementRow> => {
      const { measurements } = await this.quarterRows.givable(person, await this.quarters.period(person.councilId, year, quarter));
      return theOnly(measurements.filter((row) => row.code === code && (!plan || row.plan.slug === plan)));
    };
    await this.save(person, year, quarter, { kind: 'measurement', id: (await find()).id, revision: revisionIn(ifMatch), ...body });
    return tagged(await find(), reply);
  }

  /** Saves how an action stands; `rowId` is the action's row in the plan. */
  @Put(':year/:quarter/actions/:rowId')
  @ApiHeader(REVISION)
  @ApiResponse({ status: 200, standardSchema: schemas.actionUpdate })
  async saveAction(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Param('rowId') rowId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Query({ schema: schemas.planQuery }) { plan }: z.infer<typeof schemas.planQuery>,
    @Body({ schema: schemas.actionToSave }) body: z.infer<typeof schemas.actionToSave>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const find = async (): Promise<ActionRow> => {
      const { actions } = await this.quarterRows.givable(person, await this.quarters.period(person.councilId, year, quarter));
      return theOnly(actions.filter((row) => row.rowId === rowId && (!plan || row.plan.slug === plan)));
    };
    await this.save(person, year, quarter, { kind: 'action', id: (await find()).id, revision: revisionIn(ifMatch), ...body });
    return tagged(await find(), reply);
  }

  private async save(person: SignedInPerson, year: string, quarter: number, change: RowChange): Promise<void> {
    const { troubles } = await this.updates.save(person, { year, quarter }, [change]);
    for (const trouble of troubles) throw refusalOf(trouble);
  }
}

/** A row as programs see it: its place in the database is nobody's business. */
export function withoutId<Row extends { id: string }>({ id: _id, ...row }: Row): Omit<Row, 'id'> {
  return row;
}

function tagged<Row extends { id: string; revision: number }>(row: Row, reply: FastifyReply): Omit<Row, 'id'> {
  reply.header('etag', `"${row.revision}"`);
  return withoutId(row);
}

function theOnly<Row>(rows: Row[]): Row {
  const [row, another] = rows;
  if (!row) throw new DomainError('not-found', 'There is no such row in this quarter, or it is asked of somebody else.');
  if (another)
    throw new DomainError(
      'invalid',
      'Several plans have a row of this name. Add ?plan= and the part of its address, for example ?plan=housing.',
    );
  return row;
}

function revisionIn(ifMatch: string | undefined): number {
  const revision = /^(?:W\/)?"?(\d+)"?$/.exec(ifMatch?.trim() ?? '')?.[1];
  if (revision === undefined)
    throw new DomainError('invalid', 'Send If-Match with the revision of the row as you read it, for example If-Match: "3".');
  return Number(revision);
}

function refusalOf({ kind, field, message }: RowTrouble): DomainError {
  const detail = kind === 'query' ? `${message} Send "confirmed": true if it is.` : message;
  return new DomainError(kind === 'stale' ? 'stale' : 'invalid', detail, [{ pointer: `/${field}`, detail }]);
}
