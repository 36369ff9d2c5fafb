/** Hands a controller's method the person behind the request. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedInPerson } from './policies.js';

/** `@CurrentPerson() person: SignedInPerson` (`SignedInPerson | null` where the policy lets anyone in). */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): SignedInPerson | null => {
  return context.switchToHttp().getRequest<FastifyRequest>().person ?? null;
});
