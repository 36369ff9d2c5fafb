/** The settings that a process takes from its environment, validated once at its start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** The address that people's browsers use; links in e-mails begin with it. */
  BASE_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.string().startsWith('postgres'),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('plancycle'),
  SMTP_URL: z.string().startsWith('smtp'),
  MAIL_FROM: z.string().min(3).default('Business plan team <business-plans@council.example>'),
  /** Signs the session cookie; at least 32 characters. */
  SESSION_SECRET: z.string().min(32),
  /** Where the built-in inbox keeps the mail it received; only then is there a page that shows it. */
  INBOX_FOLDER: z.string().optional(),
  /** The token that a metrics collector sends; without it /metrics answers to this machine only. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Set on the demonstration: sign-in is by choosing a person. Refused in production. */
  PLANCYCLE_DEMONSTRATION: z.stringbool().default(false),
  /** The council's day when the demonstration is first set up, for example 2025-11-03. Refused in production. */
  PLANCYCLE_TODAY: z.iso.date().optional(),
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

function refuseDemonstrationSettings(environment: z.infer<typeof settings>): void {
  if (environment.PLANCYCLE_DEMONSTRATION) throw new Error('PLANCYCLE_DEMONSTRATION lets anyone sign in as anyone, so it is refused in production.');
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
