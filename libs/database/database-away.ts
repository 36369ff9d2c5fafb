/** Whether an error means that PostgreSQL cannot be reached, is ending or is just starting: then the same request succeeds later. */

/** What the system says of a connection that cannot be made, or that broke. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** PostgreSQL's own: shut down by an administrator, crashed, or not ready yet (class 57), and connections that fail (class 08). */
const SERVER_IS_AWAY = /^(57P0[123]|08\d{3})$/;

/** The client library gives these no code. */
const CONNECTION_ENDED = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** @param error whatever a process threw that talks to nothing else over the network but Temporal, whose errors have codes of their own */
export function isDatabaseAway(error: unknown): boolean {
  let one = error;
  // A driver's error may be wrapped a few times; more than a handful would be a loop.
  for (let depth = 0; depth < 8 && typeof one === 'object' && one !== null; depth += 1) {
    const { code, message, cause } = one as { code?: unknown; message?: unknown; cause?: unknown };
    if (typeof code === 'string' && (SERVER_IS_AWAY.test(code) || NO_CONNECTION.has(code))) return true;
    if (typeof message === 'string' && CONNECTION_ENDED.test(message)) return true;
    one = cause;
  }
  return false;
}
