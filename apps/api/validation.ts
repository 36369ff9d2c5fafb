/** Checks what a program sends against the zod schema of the route, before the controller sees it. */
import { StandardSchemaValidationPipe } from '@nestjs/common';
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
