/** What has to be put right in an update before it is saved, row by row. */
import type { ActionUpdate, Measurement } from '../../../libs/database/entities/monitoring.js';
import type { MonitoredMeasure } from '../../../libs/database/monitored-plans.js';
import { checkFigure } from '../../../libs/domain/check-figure.js';
import type { Quarter } from '../../../libs/domain/financial-year.js';
import type { ActionStatus } from '../../../libs/domain/report-action.js';
import { targetOf } from './quarter-rows.service.js';

/** A figure that somebody gives. */
export interface MeasurementChange {
  kind: 'measurement';
  id: string;
  /** The revision of the row that the person saw. */
  revision: number;
  value: string;
  commentary: string;
  provisional: boolean;
  /** The person has seen the question about the figure, and it is right. */
  confirmed: boolean;
}

/** How an action stands, as somebody says. */
export interface ActionChange {
  kind: 'action';
  id: string;
  revision: number;
  status: ActionStatus | null;
  percent: number | null;
  commentary: string;
}

export type RowChange = MeasurementChange | ActionChange;

export type RowField = 'value' | 'commentary' | 'status' | 'percent';

/** Why a row was not saved. */
export interface RowTrouble {
  id: string;
  /** 'query': it can be saved once it is confirmed. */
  kind: 'invalid' | 'query' | 'stale';
  field: RowField;
  message: string;
}

const LONGEST_VALUE = 100;
const LONGEST_COMMENTARY = 4000;

/** What keeps a figure from being saved, or null. */
export function troubleWithMeasurement(
  row: Measurement,
  change: MeasurementChange,
  measure: MonitoredMeasure | undefined,
): RowTrouble | null {
  const invalid = (field: RowField, message: string): RowTrouble => ({ id: row.id, kind: 'invalid', field, message });
  const name = nameOf(row);
  const value = change.value.trim();
  if (tooLong(change.commentary)) return invalid('commentary', commentaryTooLong(name));
  if (value.length > LONGEST_VALUE) return invalid('value', `${name}: the figure is too long. Put words into the commentary.`);
  if (value === '' && row.value !== '')
    return invalid('value', `${name}: ${row.value} is saved. A figure can be corrected but not taken away again.`);
  if (value === '' && change.provisional) return invalid('value', `${name}: write the figure that is provisional.`);
  if (value === '') return null;
  if (!measure) return null;
  const check = checkFigure(value, { target: targetOf(measure, row.year), settings: measure.settings }, row.quarter as Quarter);
  if (check.kind === 'fine' || (check.kind === 'query' && (change.confirmed || value === row.value))) return null;
  return { id: row.id, kind: check.kind === 'query' ? 'query' : 'invalid', field: 'value', message: `${name}: ${check.message}` };
}

/** What keeps an action's update from being saved, or null. */
export function troubleWithAction(row: ActionUpdate, { status, percent, commentary }: ActionChange): RowTrouble | null {
  const invalid = (field: RowField, message: string): RowTrouble => ({ id: row.id, kind: 'invalid', field, message });
  const name = nameOf(row);
  if (tooLong(commentary)) return invalid('commentary', commentaryTooLong(name));
  if (status === null && row.status) return invalid('status', `${name}: choose how it stands; “${row.status}” is saved.`);
  if (status === null && percent !== null) return invalid('status', `${name}: choose how it stands.`);
  if (percent !== null && (!Number.isInteger(percent) || percent < 0 || percent > 100))
    return invalid('percent', `${name}: write how far it is as a whole number from 0 to 100.`);
  if (status === 'completed' && percent !== null && percent < 100)
    return invalid('percent', `${name}: it is completed, so it is at 100%, not ${percent}%. Put one of them right.`);
  if (status === 'not started' && percent !== null && percent > 0)
    return invalid('percent', `${name}: it is not started, so it is at 0%, not ${percent}%. Put one of them right.`);
  return null;
}

/** How a message names a row. */
export function nameOf({ code, name }: { code: string; name: string }): string {
  return code || (name.length > 60 ? `${name.slice(0, 57)}…` : name);
}

function tooLong(commentary: string): boolean {
  return commentary.length > LONGEST_COMMENTARY;
}

function commentaryTooLong(name: string): string {
  return `${name}: the commentary is longer than ${LONGEST_COMMENTARY} characters. Shorten it.`;
}
