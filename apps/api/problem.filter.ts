/** Answers every request that went wrong: problem+json for programs, a page for people. */
import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../../libs/config/environment.js';
import { ENVIRONMENT } from './connections.module.js';
import { problemOf, type Problem } from './problem.js';
import { LayoutFacts } from './rendering/layout-facts.js';
import { Templates } from './rendering/templates.js';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly layout: LayoutFacts,
    private readonly templates: Templates,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(exception);
    if (isOurs(problem)) this.logger.error({ err: exception, reference: request.id }, 'A request failed');
    if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter));
    reply.header('cache-control', 'no-store');
    if (wantsJson(request)) this.answerProgram(request, reply, problem);
    else if (problem.status === 401) reply.status(303).header('location', signInAddress(request)).send('');
    else await this.answerPerson(request, reply, problem);
  }

  private answerProgram(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    const { status, code, title, detail, errors, facts } = problem;
    const type = code === 'http' ? 'about:blank' : `${this.environment.BASE_URL}/problems/${code}`;
    const body = { type, title, status, detail, instance: `urn:uuid:${request.id}`, ...(errors.length > 0 ? { errors } : {}), ...facts };
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    reply.status(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
  }

  private async answerPerson(request: FastifyRequest, reply: FastifyReply, problem: Problem): Promise<void> {
    const layout = await this.layout.of(request, reply).catch(() => this.layout.withoutDatabase());
    const reference = isOurs(problem) ? request.id : null;
    const html = this.templates.render('rendering/problem.njk', { title: problem.title, problem, reference, layout });
    reply.status(problem.status).type('text/html; charset=utf-8').send(html);
  }
}

/** What went wrong on our side: it is logged, and its reference leads whoever tells of it to the line in the log. */
const isOurs = ({ status }: Problem): boolean => status >= 500;

/** Under /api everything is for programs; elsewhere a script says so by what it accepts. */
function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith('/api/')) return true;
  const accept = request.headers.accept ?? '';
  return accept.includes('json') && !accept.includes('text/html');
}

/** After signing in one comes back to the page one asked for; a form that was sent cannot be sent again. */
function signInAddress(request: FastifyRequest): string {
  return request.method === 'GET' ? `/sign-in?next=${encodeURIComponent(request.url)}` : '/sign-in';
}
