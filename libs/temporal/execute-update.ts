/** Asks a workflow to take a step, so that the same request counts once however often it comes. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { answerGivenTo, type RequestKey } from '../database/request-answers.js';

/** How long a person waits before they are told to send it again (architecture.md, A transition). */
const PATIENCE_MS = 25_000;

/**
 * Sends an Update and waits for its answer, or gives the answer that the same key got before.
 * @param workflowId which workflow takes the step, for example `quarterWorkflowId(…)`
 * @param update the message of workflows/messages.ts
 * @param request what the workflow is asked; its key and body together are the Update's id, so that Temporal never gives the answer of another body
 * @throws DomainError 'key-reused'; the refusal of the workflow; an error of the connection when no answer comes in time
 */
export async function executeUpdate<Answer, Request extends RequestKey>(
  em: EntityManager,
  temporal: Client,
  workflowId: string,
  update: UpdateDefinition<Answer, [Request]>,
  request: Request,
): Promise<Answer> {
  const given = await answerGivenTo<Answer>(em, request);
  if (given) return given;
  return temporal.withDeadline(Date.now() + PATIENCE_MS, () =>
    temporal.workflow.getHandle(workflowId).executeUpdate(update, { args: [request], updateId: `${request.key}/${request.bodyHash}` }),
  );
}
