/** The headers by which a program says "count this once" and "only if it is still what I saw", and how both are described. */
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { problem, staleProblem } from './plans.schemas.js';

/**
 * The key under which a request counts once.
 * @throws DomainError 'invalid' where it is missing or no fit key
 */
export function requiredKey(header: string | undefined): string {
  if (header && /^[\x21-\x7e]{8,200}$/.test(header)) return header;
  throw new DomainError('invalid', 'Send an Idempotency-Key with the request: 8 to 200 characters, a new one for each new request.', [
    { pointer: '/Idempotency-Key', detail: 'An Idempotency-Key is required' },
  ]);
}

/**
 * The revision in an If-Match header: `"3"`.
 * @throws DomainError 'invalid' where it is missing or is no revision
 */
export function requiredRevision(header: string | undefined): number {
  const revision = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header ?? '')?.[1];
  if (revision) return Number(revision);
  throw new DomainError('invalid', 'Send If-Match with the ETag that you got with the text you changed.', [
    { pointer: '/If-Match', detail: 'An If-Match header is required' },
  ]);
}

const MEANING: Record<number, string> = {
  401: 'Nobody is signed in',
  403: 'Your roles do not include this',
  404: 'There is no such thing, or it is not yours to see',
  409: 'The plan stands at a step where this cannot be done',
  412: 'Something else would follow now than the preview showed: ask for it again',
  413: 'It is larger than this service takes',
  422: 'Something in the request has to be put right',
  503: 'Send the same again in a moment: it counts once',
};

/** Describes the refusals of a route; those of every signed-in route come by themselves. */
export function Refusals(...statuses: number[]): MethodDecorator {
  return applyDecorators(
    ...[401, 403, ...statuses].map((status) => ApiResponse({ status, description: MEANING[status] ?? '', standardSchema: problem })),
  );
}

/** Describes the refusal of a text that was changed meanwhile. */
export function RefusesStale(): MethodDecorator {
  return ApiResponse({ status: 412, description: 'It was changed after you saw it', standardSchema: staleProblem });
}

/** Describes the header of a request that counts once. */
export function CountsOnce(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'The same key with the same body counts once and gets the first answer',
  });
}

/** Describes the header of a change to a text. */
export function ChangesWhatWasSeen(): MethodDecorator {
  return ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the text that you saw' });
}
