/** The form by which a person takes a step, and how a refusal comes back as errors of that form. */
import { z } from 'zod';
import { STEPS, type StepName } from '../../../libs/domain/route.js';
import { MINUTE_LIMIT, REASON_LIMIT, type StepAsked } from '../plans/plan-steps.service.js';
import { text } from '../validation.js';
import { refusalIn } from '../problem.js';
import type { FormError } from '../rendering/page.js';
import { formKey } from '../rendering/read-form.js';

const stepNames = STEPS.map(({ step }) => step) as [StepName, ...StepName[]];

/** What every step's form sends; a button that was not chosen sends nothing. */
export const stepForm = z.object({
  step: z.enum(stepNames, 'Choose one of the answers'),
  reason: text(REASON_LIMIT, 'The reason').optional(),
  minute: text(MINUTE_LIMIT, 'The minute').optional(),
  versionHash: z.string().max(64).optional(),
  draftRevision: z.coerce.number().int().optional(),
  key: formKey,
});

/** What a form asks for, and its key. One form can be sent twice; sent with another answer it is another request. */
export function askedBy({ key, ...asked }: z.infer<typeof stepForm>): { asked: StepAsked; key: string } {
  return { asked, key: JSON.stringify([key, asked]) };
}

const STATUS: Record<string, number> = { stale: 412, 'not-now': 409, 'not-allowed': 403 };

/**
 * A refusal as errors of the form that was sent; anything else is thrown on.
 * @returns the page's status and what its error summary says
 */
export function refusedForm(error: unknown): { status: number; errors: FormError[] } {
  const refusal = refusalIn(error);
  if (!refusal || refusal.code === 'not-found' || refusal.code === 'not-signed-in') throw error;
  const fields = refusal.fields.map(({ pointer, detail }) => ({ field: pointer.slice(1), text: detail }));
  const main = { field: fields[0]?.field ?? 'what-to-do', text: refusal.message };
  return { status: STATUS[refusal.code] ?? 422, errors: fields.length === 1 ? fields : [main, ...fields] };
}
