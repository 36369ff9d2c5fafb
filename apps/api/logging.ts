/** How the process logs: one line of JSON for each request, without anything secret in it. */
import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { Environment } from '../../libs/config/environment.js';

const QUIET = ['/healthz', '/readyz', '/metrics'];

/** The settings of nestjs-pino. Queries are left out of addresses: they can hold what people search for. */
export function logging(environment: Environment): Params {
  return {
    pinoHttp: {
      level: environment.LOG_LEVEL,
      genReqId: (request: IncomingMessage) => request.id,
      redact: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-csrf-token"]', 'res.headers["set-cookie"]'],
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, url: url.split('?', 1)[0] }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      autoLogging: {
        ignore: (request: IncomingMessage) => QUIET.includes(request.url ?? '') || (request.url ?? '').startsWith('/assets/'),
      },
      customLogLevel: (_request, response, error) =>
        error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
    },
  };
}
