import { connect, createServer } from 'node:net';
import { Fault } from './fault.mjs';

const probeMs = 500;

function isAnswering(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: probeMs });
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function canListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES')
        reject(new Fault(`This user may not listen on port ${port}. Take one above 1023.`));
      else reject(new Fault(`Cannot listen on ${host}:${port} (${error.code}).`));
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/**
 * Both ways are tried: macOS lets a loopback address be bound while another process holds the wildcard address.
 * @param {number} port
 * @param {string} [host]
 */
export async function isPortFree(port, host = '127.0.0.1') {
  if (await isAnswering(port, host === '0.0.0.0' ? '127.0.0.1' : host)) return false;
  return canListen(port, host);
}

/**
 * The wanted port, or the next free one after it.
 * @param {number} wanted
 * @param {{ host?: string, taken?: Set<number> }} [options] `taken`: ports already given away in this run
 */
export async function findPort(wanted, { host = '127.0.0.1', taken = new Set() } = {}) {
  for (let port = wanted; port <= Math.min(65_535, wanted + 200); port += 1) {
    if (taken.has(port) || !(await isPortFree(port, host))) continue;
    taken.add(port);
    return port;
  }
  throw new Fault(`No free port from ${wanted} on.`);
}

/** A port the system hands out; free at the time of asking. */
export function findAnyPort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
