/** What load balancers and collectors ask: does the process live, can it work, what has it done. */
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../../../libs/config/environment.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { bearerSecretMatches } from '../access/bearer-secret.js';
import { Policy } from '../access/policy.decorator.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Metrics } from './metrics.js';
import { ReadinessCheck, type Readiness } from './readiness.js';

@Controller()
@ApiExcludeController()
@Policy('operations')
export class HealthController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly readiness: ReadinessCheck,
    private readonly metrics: Metrics,
  ) {}

  /** The process answers; it says nothing of what is behind it. */
  @Get('/healthz')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('/readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.ask();
    reply.status(readiness.ready ? 200 : 503);
    return readiness;
  }

  /** @throws DomainError 'not-found' for whoever is neither the collector nor on this machine */
  @Get('/metrics')
  async measurements(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { METRICS_TOKEN } = this.environment;
    const allowed = METRICS_TOKEN ? bearerSecretMatches(request, METRICS_TOKEN) : isFromThisMachine(request);
    if (!allowed) throw new DomainError('not-found', 'There is nothing at this address.');
    reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}

/** A proxy on this machine calls from here too, but says for whom. */
function isFromThisMachine(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? '';
  const loopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return loopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}
