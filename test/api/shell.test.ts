/** The application while its database, Temporal and mail are all away: what it says then, and what protects it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'node-html-parser';
import { createApi } from '../../apps/api/create-api.js';
import { readEnvironment } from '../../libs/config/environment.js';

const nobody = '127.0.0.1:1';
const environment = readEnvironment({
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  DATABASE_URL: `postgres://a:b@${nobody}/none`,
  TEMPORAL_ADDRESS: nobody,
  SMTP_URL: `smtp://${nobody}`,
  SESSION_SECRET: 'a secret that is only used in tests, nowhere else',
  METRICS_TOKEN: 'the-collector-of-the-tests',
});

describe('the application without what it is connected to', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await createApi(environment);
  });
  afterAll(async () => {
    await app.close();
  });

  it('lives, but is not ready', async () => {
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const ready = await app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({
      ready: false,
      mailWaiting: null,
      checks: { database: 'does not answer', temporal: 'does not answer', mail: 'does not answer' },
    });
  });

  it('tells a person that it takes too long, with a reference and nothing of the inside', async () => {
    const answer = await app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(503);
    const document = parse(answer.body);
    expect(document.querySelector('h1')?.text).toBe('Sorry, this is taking longer than it should');
    expect(document.querySelector('main code')?.text).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|node_modules/);
  });

  it('answers a program with a problem', async () => {
    const answer = await app.inject('/api/v1/nothing-here');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({
      type: 'http://localhost:3000/problems/not-found',
      status: 404,
      detail: 'There is nothing at this address.',
    });
  });

  it('answers JSON that is none with a 400, and a body that is too large with a 413', async () => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    expect((await app.inject({ method: 'POST', url: '/api/v1/x', headers, body: '{"a":' })).statusCode).toBe(400);
    expect((await app.inject({ method: 'POST', url: '/api/v1/x', headers, body: `"${'a'.repeat(3_000_000)}"` })).statusCode).toBe(413);
  });

  it('refuses a form that did not come from its own page', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/sign-in',
      body: 'person=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.statusCode).toBe(403);
    expect(parse(answer.body).querySelector('h1')?.text).toBe('This form has run out');
  });

  it('allows no inline code and no other site to frame it', async () => {
    const policy = String((await app.inject('/healthz')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('serves the stylesheet, without the fonts that belong to GOV.UK', async () => {
    const answer = await app.inject('/assets/plancycle.css');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('.govuk-error-summary');
    expect(answer.body).not.toMatch(/GDS Transport|@font-face/);
  });

  it('gives nothing from outside the folder of public files', async () => {
    expect((await app.inject('/assets/..%2f..%2fpackage.json')).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('shows its measurements to the collector only', async () => {
    expect((await app.inject('/metrics')).statusCode).toBe(404);
    const answer = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer the-collector-of-the-tests' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('http_request_duration_seconds');
  });

  it('describes its API', async () => {
    expect((await app.inject('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Plancycle' } });
  });
});
