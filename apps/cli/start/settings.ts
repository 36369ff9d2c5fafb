/** What the servers of a run are told through their environment, and which of them somebody else already runs. */
import { z } from 'zod';
import { type Environment, readEnvironment } from '../../../libs/config/environment.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findFreePortFrom, isPortFree } from '../../../libs/processes/free-port.js';
import { builtInDatabaseUrl, type InnerPorts, type Secrets, type StateFolder } from './state-folder.js';

/** Variables with an empty value count as not given, as they do everywhere else. */
export type Variables = Record<string, string | undefined>;

/** The parts that are given by an address in the environment, so that none of our own is started. */
export interface GivenParts {
  database: boolean;
  temporal: boolean;
  mail: boolean;
}

const portByDefault = 3000;

/** Finds which parts the environment replaces; `NAME_FILE` counts like NAME. */
export function findGivenParts(variables: Variables): GivenParts {
  const isGiven = (name: string): boolean => Boolean(variables[name] || variables[`${name}_FILE`]);
  return { database: isGiven('DATABASE_URL'), temporal: isGiven('TEMPORAL_ADDRESS'), mail: isGiven('SMTP_URL') };
}

/**
 * The port of the pages.
 * @throws DomainError invalid when PORT is no port, not-now when something else listens there
 */
export async function choosePagesPort(variables: Variables): Promise<number> {
  const port = Number(variables['PORT'] || portByDefault);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new DomainError('invalid', `PORT is "${variables['PORT']}": it must be a number from 1 to 65535.`);
  }
  if (await isPortFree(port)) return port;
  const other = await findFreePortFrom(port + 1);
  throw new DomainError(
    'not-now',
    `Port ${port} is in use by another program: end that, or choose another port, for example "PORT=${other} npm start".`,
  );
}

/** @throws DomainError not-now in production, which is not started this way */
export function refuseProduction(variables: Variables): void {
  if (variables['NODE_ENV'] !== 'production') return;
  throw new DomainError(
    'not-now',
    'NODE_ENV is production, and this command is for a machine of your own (its data lies in one folder, anyone may sign in): use docker-compose.yml for production.',
  );
}

/**
 * The environment of the servers: what was given, then what this run made up.
 * @param databaseUrl of the built-in database, unless one was given
 */
export function makeVariables(given: Variables, state: StateFolder, ports: InnerPorts, secrets: Secrets, port: number): Variables {
  const parts = findGivenParts(given);
  const isDemonstration = z.stringbool().safeParse(given['PLANCYCLE_DEMONSTRATION']).data !== false;
  const defaults: Variables = {
    NODE_ENV: 'development',
    TZ: 'Europe/London',
    PLANCYCLE_DEMONSTRATION: 'true',
    ...(isDemonstration && { PLANCYCLE_TODAY: '2025-11-03' }),
    ...(!given['SESSION_SECRET_FILE'] && { SESSION_SECRET: secrets.sessionSecret }),
    ...(!parts.temporal && { TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}` }),
    ...(!parts.mail && { SMTP_URL: `smtp://127.0.0.1:${ports.inbox}`, INBOX_FOLDER: state.mail }),
    ...(!parts.database && { DATABASE_URL: builtInDatabaseUrl(ports, secrets) }),
  };
  const wanted = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { ...defaults, ...Object.fromEntries(wanted), PORT: String(port) };
}

/** @throws DomainError invalid when what was given is not right, so that no server is started in vain */
export function checkVariables(variables: Variables): Environment {
  try {
    return readEnvironment(variables);
  } catch (error) {
    throw new DomainError('invalid', error instanceof Error ? error.message : String(error));
  }
}
