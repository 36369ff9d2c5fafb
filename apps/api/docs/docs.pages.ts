/** The API's description: as a document for programs, as a page for developers, and what each problem means. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { Policy } from '../access/policy.decorator.js';
import { REFUSALS } from '../problem.js';
import { page, type Page } from '../rendering/page.js';
import { OpenApi } from './open-api.js';

const OTHER_PROBLEMS = {
  unavailable: {
    status: 503,
    title: 'Taking longer than it should',
    means: 'Send the same request again with the same Idempotency-Key: it counts once.',
  },
  fault: {
    status: 500,
    title: 'A fault',
    means: 'Something went wrong on our side. The instance of the problem is the reference to report.',
  },
};

@Controller()
@ApiExcludeController()
@Policy('public')
export class DocsPages {
  constructor(private readonly openApi: OpenApi) {}

  @Get('/openapi.json')
  document(): OpenAPIObject {
    return this.openApi.document();
  }

  @Get('/docs')
  docs(): Page {
    return page('docs/docs.njk', { title: 'For developers', wide: true, problems: { ...REFUSALS, ...OTHER_PROBLEMS } });
  }

  /** The pages that the `type` of a problem names (RFC 9457, section 3.1.1). */
  @Get('/problems/:code')
  problem(@Param('code') code: string): Page {
    const known = Object.entries({ ...REFUSALS, ...OTHER_PROBLEMS }).find(([name]) => name === code)?.[1];
    if (!known) throw new DomainError('not-found', 'There is no problem of this name.');
    return page('docs/problem-type.njk', { title: known.title, code, known });
  }
}
