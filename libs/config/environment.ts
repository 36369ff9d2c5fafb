/** The settings that a process takes from its environment, validated once at its start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every setting there is; the README's table is made from this. A `_FILE` variant of each takes the value from a file. */
export const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` refuses the demonstration and its day; `development` reads page templates anew for each page.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('The port of the pages and the API.'),
  BASE_URL: z
    .url()
    .optional()
    .describe("The address that people's browsers use; links in e-mails begin with it. Left out: `http://localhost:PORT`."),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('How much is logged.'),
  DATABASE_URL: z.string().startsWith('postgres').describe('The PostgreSQL database, `postgresql://user:password@host:port/name`.'),
  TEMPORAL_ADDRESS: z.string().min(1).describe('The Temporal server, `host:port`.'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('The namespace of the workflows there.'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('plancycle').describe('The task queue that API and workers share.'),
  SMTP_URL: z.string().startsWith('smtp').describe('The mail server, `smtp://…` or `smtps://…`.'),
  MAIL_FROM: z.string().min(3).default('Business plan team <business-plans@council.example>').describe('Whom e-mails come from.'),
  MAIL_BOUNCES_TO: z
    .string()
    .min(3)
    .optional()
    .describe('The address to which mail servers report what they cannot deliver. Left out: the one of `MAIL_FROM`.'),
  SESSION_SECRET: z.string().min(32).describe('Signs the session cookie; at least 32 characters. A new one signs everyone out.'),
  INBOX_FOLDER: z
    .string()
    .optional()
    .describe('Where the built-in inbox keeps the mail it received; only then is there a page that shows it.'),
  INBOX_REFUSES: z
    .string()
    .optional()
    .describe('Addresses that the built-in inbox refuses, with commas between them, to see what becomes of undelivered e-mail.'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('What a metrics collector sends as a bearer token; left out, `/metrics` answers to this machine only.'),
  PLANCYCLE_DEMONSTRATION: z
    .stringbool()
    .default(false)
    .describe('Sets up the demonstration, where one signs in by choosing a person. Refused in production.'),
  PLANCYCLE_TODAY: z.iso
    .date()
    .optional()
    .describe("The council's day when the demonstration is first set up, `2025-11-03`. Refused in production."),
});

export type Environment = z.infer<typeof settings> & { BASE_URL: string };

/**
 * Reads and checks the settings of a process.
 * @param variables the process's environment; `NAME_FILE` may hold the path of a file with the value of NAME (for secrets)
 * @throws Error with one line for each setting that is missing or wrong
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = settings.safeParse(withSecretFiles(variables));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The settings of this process are not complete:\n${lines.join('\n')}`);
  }
  const environment = parsed.data;
  if (environment.NODE_ENV === 'production') refuseDemonstrationSettings(environment);
  return { ...environment, BASE_URL: environment.BASE_URL ?? `http://localhost:${environment.PORT}` };
}

/** The address of the database alone, for commands that need nothing else; undefined when it is not given. */
export function readDatabaseUrl(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  return withSecretFiles(variables)['DATABASE_URL'];
}

function refuseDemonstrationSettings(environment: z.infer<typeof settings>): void {
  if (environment.PLANCYCLE_DEMONSTRATION)
    throw new Error('PLANCYCLE_DEMONSTRATION lets anyone sign in as anyone, so it is refused in production.');
  if (environment.PLANCYCLE_TODAY) throw new Error('PLANCYCLE_TODAY moves the council to another day, so it is refused in production.');
}

function withSecretFiles(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(variables)) {
    if (!name.endsWith('_FILE')) result[name] ??= value === '' ? undefined : value;
    else if (value && name.slice(0, -5) in settings.shape) result[name.slice(0, -5)] = readFileSync(value, 'utf8').trim();
  }
  return result;
}
