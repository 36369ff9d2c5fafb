/** What is answered when something goes wrong: the status, the words, and nothing of the inside. */
import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { problemOf, REFUSALS } from '../../apps/api/problem.js';
import { DomainError, type RefusalCode } from '../../libs/domain/domain-error.js';

describe('a problem', () => {
  const codes = Object.keys(REFUSALS) as RefusalCode[];

  it.each(codes)('keeps the sentence and the fields of a refusal (%s)', (code) => {
    const fields = [{ pointer: '/reason', detail: 'Enter a reason.' }];
    expect(problemOf(new DomainError(code, 'Say why.', fields))).toMatchObject({ code, detail: 'Say why.', errors: fields });
  });

  it('has the status that the API promises for each refusal', () => {
    const statuses = codes.map((code) => [code, problemOf(new DomainError(code, '-')).status]);
    expect(Object.fromEntries(statuses)).toEqual({
      'not-found': 404,
      'not-signed-in': 401,
      'not-allowed': 403,
      'not-now': 409,
      stale: 412,
      invalid: 422,
      'key-reused': 422,
      unreadable: 422,
    });
  });

  it('finds a refusal that came back from a workflow inside the failure of an Update', () => {
    const failure = new WorkflowUpdateFailedError(
      'Workflow Update failed',
      ApplicationFailure.nonRetryable('The committee has this plan.', 'not-now'),
    );
    expect(problemOf(failure)).toMatchObject({ status: 409, code: 'not-now', detail: 'The committee has this plan.' });
  });

  it('says of a fault neither its message nor its kind', () => {
    const problem = problemOf(new TypeError('password=hunter2 in relation "person"'));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|person"|TypeError/);
  });

  it('takes a failure of a workflow that is no refusal for a fault', () => {
    expect(
      problemOf(new WorkflowUpdateFailedError('failed', ApplicationFailure.nonRetryable('secret detail', 'SomethingElse'))),
    ).toMatchObject({ status: 500, code: 'fault' });
  });

  it('asks to send it again when Temporal does not answer', () => {
    const unreachable = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'no connection', metadata: {} });
    expect(problemOf(unreachable)).toMatchObject({ status: 503, retryAfter: 5 });
  });

  it('calls an address without a page by its name', () => {
    expect(problemOf(new NotFoundException('Cannot GET /x'))).toMatchObject({ status: 404, title: 'Page not found' });
  });
});
