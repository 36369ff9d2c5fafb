/** Turns whatever went wrong into one shape: a problem as RFC 9457 describes it, in words for the person who asked. */
import { HttpException } from '@nestjs/common';
import { OptimisticLockError } from '@mikro-orm/core';
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { isDatabaseAway } from '../../libs/database/database-away.js';
import { DomainError, type InvalidField, type RefusalCode } from '../../libs/domain/domain-error.js';

/** What is told about a request that did not succeed. */
export interface Problem {
  status: number;
  /** The end of the problem's type address, /problems/{code}. */
  code: RefusalCode | 'unavailable' | 'fault' | 'http';
  title: string;
  detail: string;
  errors: InvalidField[];
  /** After how many seconds it is worth asking again. */
  retryAfter?: number;
  /** What else a program is told, as members of the problem (RFC 9457, section 3.2). */
  facts?: Record<string, unknown>;
}

/** A refusal that tells a program more than a sentence, for example both texts of a stale save. */
export class RefusalWithFacts extends DomainError {
  constructor(
    code: RefusalCode,
    message: string,
    fields: InvalidField[],
    readonly facts: Record<string, unknown>,
  ) {
    super(code, message, fields);
  }
}

/** The status and the short title of each refusal. The pages under /problems explain them. */
export const REFUSALS: Record<RefusalCode, { status: number; title: string; means: string }> = {
  'not-found': { status: 404, title: 'Not found', means: 'There is no such thing, or it is not yours to see.' },
  'not-signed-in': { status: 401, title: 'Not signed in', means: 'Sign in, or send an API token that is valid.' },
  'not-allowed': { status: 403, title: 'Not allowed', means: 'Your roles do not include this. The detail says whose do.' },
  'not-now': { status: 409, title: 'Not now', means: 'The plan stands at a step where this cannot be done. Look at where it stands.' },
  stale: { status: 412, title: 'Changed since you saw it', means: 'Somebody changed it after you read it. Read it again, then decide.' },
  invalid: { status: 422, title: 'Incomplete or wrong', means: 'Something in what you sent has to be put right. Each error says where.' },
  'key-reused': {
    status: 422,
    title: 'Idempotency-Key used before',
    means: 'The same key came with another body. Use a new key for a new request.',
  },
  unreadable: { status: 422, title: 'File not readable', means: 'The file is not a plan that can be read. The detail says why.' },
};

const AGAIN_SECONDS = 5;

/** The problem that an exception stands for. What is no refusal becomes a fault, which tells nothing of the inside. */
export function problemOf(exception: unknown): Problem {
  const refusal = refusalIn(exception);
  if (refusal) {
    const { status, title } = REFUSALS[refusal.code];
    const facts = refusal instanceof RefusalWithFacts ? { facts: refusal.facts } : {};
    return { status, title, code: refusal.code, detail: refusal.message, errors: refusal.fields, ...facts };
  }
  if (exception instanceof OptimisticLockError)
    return problemOf(new DomainError('stale', 'Somebody else changed this after you opened it. Open it again and make your change there.'));
  // The server lost sight of an Update that it had not put on record; sent again, it counts once.
  if (exception instanceof WorkflowNotFoundError && /^update\b/i.test(exception.message)) return unavailable();
  if (exception instanceof WorkflowNotFoundError)
    return problemOf(new DomainError('not-now', 'This has ended, so nothing more can be done with it.'));
  if (isOutOfReach(exception) || isDatabaseAway(exception)) return unavailable();
  if (exception instanceof HttpException) return ofHttpException(exception);
  return {
    status: 500,
    code: 'fault',
    title: 'Sorry, there is a problem with the service',
    detail: 'Something went wrong on our side. What you had saved is safe. Try again in a few minutes.',
    errors: [],
  };
}

/** A refusal as it was thrown here, or as it came back through Temporal: there the failure's type is the refusal's code. */
export function refusalIn(exception: unknown): DomainError | null {
  let error = exception;
  // A failure from a workflow is wrapped once for each layer it passed; more than a handful would be a loop.
  for (let depth = 0; depth < 8 && error instanceof Error; depth += 1) {
    if (error instanceof DomainError) return error;
    if (error instanceof ApplicationFailure && isRefusalCode(error.type))
      return new DomainError(error.type, error.message, fieldsIn(error));
    error = error.cause;
  }
  return null;
}

/** The activities hand the fields of a refusal on as the failure's details. */
function fieldsIn({ details }: ApplicationFailure): InvalidField[] {
  return Array.isArray(details?.[0]) ? (details[0] as InvalidField[]) : [];
}

const isRefusalCode = (type: string | null | undefined): type is RefusalCode => typeof type === 'string' && Object.hasOwn(REFUSALS, type);

/** Temporal or its worker did not answer in time; whether the request counted is not known yet, and sending it again is safe. */
function isOutOfReach(exception: unknown): boolean {
  return (
    exception instanceof WorkflowUpdateRPCTimeoutOrCancelledError || exception instanceof ServiceError || isGrpcServiceError(exception)
  );
}

function unavailable(): Problem {
  return {
    status: 503,
    code: 'unavailable',
    title: 'Sorry, this is taking longer than it should',
    detail: 'The request could not be finished in time. Send it again in a moment: it counts once.',
    errors: [],
    retryAfter: AGAIN_SECONDS,
  };
}

function ofHttpException(exception: HttpException): Problem {
  const status = exception.getStatus();
  const base = { status, code: 'http' as const, errors: [] };
  if (status === 404) return { ...base, code: 'not-found', title: 'Page not found', detail: 'There is nothing at this address.' };
  if (status === 403)
    return {
      ...base,
      title: 'This form has run out',
      detail: 'The page was open for too long, or was not ours. Open it again and send the form from there.',
    };
  if (status === 413) return { ...base, title: 'Too large', detail: 'What you sent is larger than this service takes.' };
  if (status === 503) return unavailable();
  return { ...base, title: 'The request could not be understood', detail: exception.message };
}
