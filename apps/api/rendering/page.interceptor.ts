/** Renders the pages that controllers return, and keeps what belongs to one person out of caches. */
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { LayoutFacts } from './layout-facts.js';
import { Page, SeeOther } from './page.js';
import { Templates } from './templates.js';

@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly layout: LayoutFacts,
    private readonly templates: Templates,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(mergeMap((result) => this.answer(result, request, reply)));
  }

  private async answer(result: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (request.person && !reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
    if (result instanceof SeeOther) {
      if (result.told) request.session.told = result.told;
      reply.status(303).header('location', result.address);
      return '';
    }
    if (!(result instanceof Page)) return result;
    const layout = await this.layout.of(request, reply);
    const html = this.templates.render(result.view, { ...result.model, layout });
    reply.status(result.status).type('text/html; charset=utf-8');
    return html;
  }
}
