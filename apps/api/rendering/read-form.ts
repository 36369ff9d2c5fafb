/** Reads a form that a person sent: its values, or what has to be put right, field by field. */
import { z } from 'zod';
import type { FormError } from './page.js';

/** To a person whose form came without what the page itself puts in. */
export const SEND_FROM_PAGE = 'Open the page again and send the form from there';

/** What a page puts into its form, once for each time it is shown: the same form sent twice is recorded once. */
export const formKey = z.string(SEND_FROM_PAGE).min(8).max(200);

export type FormResult<T> = { value: T; errors: null } | { value: null; errors: FormError[] };

/**
 * Checks a form against its schema; the messages of the schema are for people ("Enter a reason").
 * @param body what the browser sent; unknown fields (the form's token) are left out by the schema
 * @returns the values, or one error for each field, in the order of the schema
 */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { value: parsed.data, errors: null };
  const errors = new Map<string, FormError>();
  for (const { path, message } of parsed.error.issues) {
    const field = path.map(String).join('-');
    if (!errors.has(field)) errors.set(field, { field, text: message });
  }
  return { value: null, errors: [...errors.values()] };
}
