/** The form by which an absence is recorded: what was typed, what it means, and what has to be put right. */
import { z } from 'zod';
import { dayFromForm, type DayTyped } from '../meetings/day-from-form.js';
import { refusalIn } from '../problem.js';
import type { FormError } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { text } from '../validation.js';
import type { AbsenceToRecord } from './absences.service.js';

/** What the select sends for "nobody stands in". */
export const NOBODY = 'nobody';
const REASON_LIMIT = 500;
const CHOOSE_STAND_IN = 'Choose who stands in, or nobody';

const absenceForm = z.object({
  person: z.uuid('Choose who is away').optional(),
  standIn: z.string(CHOOSE_STAND_IN).refine((value) => value === NOBODY || z.uuid().safeParse(value).success, CHOOSE_STAND_IN),
  reason: text(REASON_LIMIT, 'The reason').default(''),
  /** 'check' shows what would be done, 'change' goes back, 'record' does it. */
  step: z.enum(['check', 'change', 'record']).default('check'),
  key: formKey.optional(),
  previewHash: z.string().max(64).default(''),
});

export type AbsenceRead =
  { asked: AbsenceToRecord; step: 'check' | 'change' | 'record'; key: string; errors: null } | { errors: FormError[] };

/** @param ownId the person whose form it is, where it is their own absence; null where the form names somebody */
export function readAbsenceForm(body: unknown, ownId: string | null): AbsenceRead {
  const typed = typedIn(body);
  const form = readForm(absenceForm, body);
  const [first, last] = [dayFromForm('first', 'first day away', typed), dayFromForm('last', 'last day away', typed)];
  const personId = ownId ?? form.value?.person ?? null;
  const errors: FormError[] = [
    ...(personId === null && !form.errors?.some(({ field }) => field === 'person')
      ? [{ field: 'person', text: 'Choose who is away' }]
      : []),
    ...(first.error ? [first.error] : []),
    ...(last.error ? [last.error] : []),
    ...(form.errors ?? []),
  ];
  if (errors.length > 0 || !form.value || first.date === null || last.date === null || personId === null) return { errors };
  const { standIn, reason, step, key = '', previewHash } = form.value;
  const asked = { personId, firstDay: first.date, lastDay: last.date, standInId: standIn === NOBODY ? null : standIn, reason, previewHash };
  return { asked, step, key, errors: null };
}

/** What was typed, to be shown again. */
export function typedIn(body: unknown): DayTyped {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'));
}

/** The field of the form that each member of a refused request is. */
const FIELDS: Record<string, string> = { '/person': 'person', '/firstDay': 'first-day', '/lastDay': 'last-day', '/standIn': 'standIn' };

/** A refusal as errors of the form; anything else is thrown on. */
export function refusedAbsence(error: unknown): FormError[] {
  const refusal = refusalIn(error);
  if (refusal?.code !== 'invalid') throw error;
  return refusal.fields.map(({ pointer, detail }) => ({ field: FIELDS[pointer] ?? pointer.slice(1).replaceAll('/', '-'), text: detail }));
}
