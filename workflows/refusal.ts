/** How a workflow refuses: with the domain's code and sentence, to the caller, without failing its own task. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { RefusalCode } from '../libs/domain/domain-error.js';

/** A refusal that reaches the caller of an Update as it is: never retried. */
export function refusal(code: RefusalCode, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code);
}

/**
 * Passes on a refusal that an activity made, without the wrapping of the activity's failure.
 * Anything else is a fault and goes on as it came.
 */
export function unwrapRefusal(error: unknown): unknown {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : error;
}
