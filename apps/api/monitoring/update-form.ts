/** The form of the update page: every row's fields under its id, read from what the browser sent and shown again as typed. */
import { ACTION_STATUSES } from '../../../libs/domain/report-action.js';
import type { FormError } from '../rendering/page.js';
import { nameOf, type RowChange, type RowTrouble } from './check-row.js';
import type { ActionRow, MeasurementRow, QuarterRows } from './quarter-rows.service.js';

/** What the fields of one row show. */
export interface FieldsOfRow {
  value: string;
  provisional: boolean;
  status: string;
  percent: string;
  commentary: string;
  noChange: boolean;
  error: { message: string; field: string; isQuery: boolean } | null;
}

export interface UpdateForm {
  measurements: { row: MeasurementRow; fields: FieldsOfRow }[];
  actions: { row: ActionRow; fields: FieldsOfRow }[];
}

/** What was sent: the rows to save, and those that cannot even be read. */
export interface SentForm {
  changes: RowChange[];
  troubles: RowTrouble[];
}

type Sent = Record<string, unknown>;

/**
 * Reads the form. Rows that were not on the page, or stayed blank, are left alone.
 * @param rows the rows that were shown
 * @param body the form's fields; the button "No change for the rest" sends `rest`
 */
export function readUpdateForm(rows: QuarterRows, body: unknown): SentForm {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Sent;
  const form: SentForm = { changes: [], troubles: [] };
  for (const row of rows.measurements) {
    if (revisionOf(sent, row.id) === null) continue;
    form.changes.push({
      kind: 'measurement',
      id: row.id,
      revision: revisionOf(sent, row.id) ?? 0,
      value: text(sent, 'value', row.id),
      commentary: text(sent, 'commentary', row.id),
      provisional: isTicked(sent, 'provisional', row.id),
      confirmed: isTicked(sent, 'confirmed', row.id),
    });
  }
  for (const row of rows.actions) if (revisionOf(sent, row.id) !== null) readAction(form, row, sent);
  return form;
}

function readAction(form: SentForm, row: ActionRow, sent: Sent): void {
  const percent = text(sent, 'percent', row.id).replace(/\s*%$/, '');
  const status = ACTION_STATUSES.find((one) => one === text(sent, 'status', row.id)) ?? null;
  const untouched = status === null && percent === '';
  const sameAsBefore = isTicked(sent, 'nochange', row.id) || (sent['rest'] === 'no-change' && untouched && row.status === null);
  const base = {
    kind: 'action' as const,
    id: row.id,
    revision: revisionOf(sent, row.id) ?? 0,
    commentary: text(sent, 'commentary', row.id),
  };
  const asShown = status === row.status && percent === (row.percent === null ? '' : String(row.percent));
  if (sameAsBefore && !untouched && !asShown)
    form.troubles.push(invalid(row, 'status', 'you changed how it stands and ticked “No change”. Keep one of them.'));
  else if (sameAsBefore && row.last) form.changes.push({ ...base, ...row.last });
  else if (sameAsBefore) form.troubles.push(invalid(row, 'status', 'nothing was said for the quarter before, so choose how it stands.'));
  else if (percent !== '' && !/^\d+$/.test(percent))
    form.troubles.push(invalid(row, 'percent', 'write how far it is as a whole number from 0 to 100.'));
  else form.changes.push({ ...base, status, percent: percent === '' ? null : Number(percent) });
}

function invalid(row: ActionRow, field: 'status' | 'percent', what: string): RowTrouble {
  return { id: row.id, kind: 'invalid', field, message: `${nameOf(row)}: ${what}` };
}

/**
 * The form to show: what is saved, and in rows with trouble what was typed.
 * @param sent the fields as they came, if the form comes back
 */
export function updateForm(rows: QuarterRows, troubles: readonly RowTrouble[] = [], sent: unknown = {}): UpdateForm {
  const typed = (typeof sent === 'object' && sent !== null ? sent : {}) as Sent;
  const fieldsOf = (row: MeasurementRow | ActionRow): FieldsOfRow => {
    const trouble = troubles.find(({ id }) => id === row.id);
    if (!trouble) return savedFields(row);
    return {
      value: text(typed, 'value', row.id),
      provisional: isTicked(typed, 'provisional', row.id),
      status: text(typed, 'status', row.id),
      percent: text(typed, 'percent', row.id),
      commentary: text(typed, 'commentary', row.id),
      noChange: isTicked(typed, 'nochange', row.id),
      error: { message: trouble.message, field: trouble.field, isQuery: trouble.kind === 'query' },
    };
  };
  return {
    measurements: rows.measurements.map((row) => ({ row, fields: fieldsOf(row) })),
    actions: rows.actions.map((row) => ({ row, fields: fieldsOf(row) })),
  };
}

/** The error summary: each trouble linked to its field. */
export function errorsOf(troubles: readonly RowTrouble[]): FormError[] {
  return troubles.map(({ id, field, message }) => ({ field: `${field}-${id}`, text: message }));
}

function savedFields(row: MeasurementRow | ActionRow): FieldsOfRow {
  const blank = { value: '', provisional: false, status: '', percent: '', noChange: false, error: null };
  const { commentary } = row;
  if ('value' in row) return { ...blank, value: row.value, provisional: row.provisional, commentary };
  return { ...blank, status: row.status ?? '', percent: row.percent === null ? '' : String(row.percent), commentary };
}

function text(sent: Sent, name: string, id: string): string {
  const value = sent[`${name}-${id}`];
  // Browsers send line breaks as two characters.
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

function isTicked(sent: Sent, name: string, id: string): boolean {
  return sent[`${name}-${id}`] === 'yes';
}

/** The revision that the page showed; null where the row was not on it. */
function revisionOf(sent: Sent, id: string): number | null {
  const value = sent[`revision-${id}`];
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null;
}
