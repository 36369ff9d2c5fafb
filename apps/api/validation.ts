/** Checks what is sent against the zod schema of the route, before the controller sees it. */
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../libs/domain/domain-error.js';

type Issue = { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined };

/** The pipe behind `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })`; refuses with every error at once. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues: readonly Issue[]) =>
    new DomainError(
      'invalid',
      issues.length === 1
        ? 'One thing in the request has to be put right.'
        : `${issues.length} things in the request have to be put right.`,
      issues.map(({ path, message }) => ({ pointer: jsonPointer(path ?? []), detail: message })),
    ),
});

/** RFC 6901: '/rows/3/cells' with '~' and '/' inside a name escaped. */
function jsonPointer(path: NonNullable<Issue['path']>): string {
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A text that PostgreSQL can keep: no NUL and no broken half of a character. */
export function text(limit: number, what: string): z.ZodString {
  return z
    .string(`${what} must be a text`)
    .max(limit, `${what} must be ${limit.toLocaleString('en-GB')} characters or fewer`)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), `${what} contains a character that cannot be kept`);
}

/** What a preview answers with and a commit sends back (`libs/database/what-was-seen.ts`). */
export const previewHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Send the previewHash of the preview just as it came')
  .meta({
    description: 'Names everything that a preview shows. Sent with the change, it is refused (412) if anything else would follow now.',
  });
