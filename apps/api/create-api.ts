/** Makes the HTTP application, for its process and for tests. */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { Environment } from '../../libs/config/environment.js';
import { ApiModule } from './api.module.js';
import { OpenApi } from './docs/open-api.js';
import { registerHttpPlugins } from './http-plugins.js';

/** A plan of a few hundred rows sent as one form is some 300 kB. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * Makes the application, ready to listen: `await app.listen(0)`. The caller closes it with `app.close()`.
 * @throws Error when a route names no policy, the stylesheet is not built or the database's address is wrong
 */
export async function createApi(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    // With https it is a proxy before us that ends TLS and says who called.
    trustProxy: environment.BASE_URL.startsWith('https:'),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forEnvironment(environment), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await registerHttpPlugins(app, environment);
  await app.init();
  app.get(OpenApi).describe(app);
  return app;
}
