/** Lets a request through only as the policy of its route says. */
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Identity } from './identity.js';
import { mayEnter, notAllowed, notSignedIn } from './policies.js';
import { Policy } from './policy.decorator.js';

@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identity: Identity,
  ) {}

  /** @throws DomainError 'not-signed-in' or 'not-allowed' */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride(Policy, [context.getHandler(), context.getClass()]);
    // Health must be told without the database, and the collector's token is nobody's.
    if (policy === 'operations') return true;
    const person = await this.identity.of(context.switchToHttp().getRequest<FastifyRequest>());
    if (mayEnter(policy, person)) return true;
    throw person ? notAllowed(policy) : notSignedIn();
  }
}
