/** The layers around every request, in their order: headers, static files, cookie, session, protection of forms. */
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import session from '@fastify/session';
import fastifyStatic from '@fastify/static';
import { MikroORM } from '@mikro-orm/postgresql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Environment } from '../../libs/config/environment.js';
import { BOUNCE_LIMIT_BYTES } from '../../libs/email/read-bounce.js';
import { bearerToken } from './access/identity.js';
import { DatabaseSessionStore, SESSION_LIFETIME_MS } from './access/session-store.js';
import { receiveFile, refuseStrangersFiles, UPLOAD_LIMITS } from './receive-file.js';
import { Metrics } from './health/metrics.js';
import { publicFolder } from './public-files.js';

/** Registers the layers; call before the application is initialised. */
export async function registerHttpPlugins(app: NestFastifyApplication, environment: Environment): Promise<void> {
  const secure = environment.BASE_URL.startsWith('https:');
  const instance = app.getHttpAdapter().getInstance();
  await app.register(helmet, securityHeaders(secure));
  await app.register(serveStaticFiles);
  await app.register(cookie);
  await app.register(session, {
    secret: environment.SESSION_SECRET,
    // The prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP; it asks for Secure.
    cookieName: secure ? '__Host-plancycle' : 'plancycle',
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_LIFETIME_MS },
    store: new DatabaseSessionStore(app.get(MikroORM)),
    saveUninitialized: false,
    rolling: false,
  });
  instance.addHook('onRequest', refuseStrangersFiles);
  await app.register(multipart, { attachFieldsToBody: 'keyValues', limits: UPLOAD_LIMITS, throwFileSizeLimit: false, onFile: receiveFile });
  instance.addContentTypeParser('message/rfc822', { parseAs: 'buffer', bodyLimit: BOUNCE_LIMIT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  await app.register(csrfProtection, { sessionPlugin: '@fastify/session', getToken: formToken });
  instance.addHook('preHandler', (request, reply, done) => {
    if (needsFormToken(request)) instance.csrfProtection(request, reply, done);
    else done();
  });
  const metrics = app.get(Metrics);
  instance.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
}

/** In a context of its own and before the session, so that a stylesheet costs no query. */
async function serveStaticFiles(instance: FastifyInstance): Promise<void> {
  await instance.register(fastifyStatic, { root: publicFolder, prefix: '/assets/', index: false, maxAge: '1h' });
}

function securityHeaders(secure: boolean): Parameters<typeof helmet>[1] {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: { action: 'deny' },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  };
}

/** The token comes as the form's field `_csrf`, or as a header from a script's `fetch`. */
function formToken(request: FastifyRequest): string | undefined {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const body = request.body as { _csrf?: unknown } | null | undefined;
  return typeof body?._csrf === 'string' ? body._csrf : undefined;
}

/**
 * A browser sends the session's cookie by itself, so what changes something must show that our own page asked for it.
 * A request with an API token shows that by the token; one to the API without a session is refused by its policy anyhow.
 */
function needsFormToken(request: FastifyRequest): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false;
  if (bearerToken(request) !== null) return false;
  return !request.url.startsWith('/api/') || request.session?.personId !== undefined;
}
