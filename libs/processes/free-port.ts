/** Which ports of this machine are free. */
import { connect, createServer } from 'node:net';

/** Addresses that a port is tried on: a server may hold it on one of the loopback addresses alone, or on every address. */
const everyAddress = [undefined, '127.0.0.1', '::1'];

/**
 * Tells whether nothing listens on a port.
 * @param port 1 to 65535
 * @param hosts the addresses to try; the loopback address and every address unless told otherwise
 */
export async function isPortFree(port: number, hosts: (string | undefined)[] = everyAddress): Promise<boolean> {
  for (const host of hosts) {
    if ((await tryToListen(port, host)) === 'taken') return false;
  }
  return true;
}

/** Finds a port that nothing listens on at the moment; the system chooses it. */
export async function findFreePort(): Promise<number> {
  const port = await tryToListen(0, '127.0.0.1');
  if (typeof port === 'string') throw new Error('This machine has no free port left.');
  return port;
}

/** Finds the first free port from a given one on, for a proposal that is easy to remember. */
export async function findFreePortFrom(first: number): Promise<number> {
  for (let port = first; port <= Math.min(first + 100, 65535); port += 1) {
    if (await isPortFree(port)) return port;
  }
  return findFreePort();
}

/** Tells whether something takes connections on a port. */
export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const answer = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

/** The port, or why not; 'no address' where this machine does not have it, for example without IPv6. */
function tryToListen(port: number, host: string | undefined): Promise<number | 'taken' | 'no address'> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' ? 'no address' : 'taken');
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 'no address'));
    });
  });
}
