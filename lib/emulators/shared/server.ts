import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { EmulatorEnv } from './wire';

export class PortInUseError extends Error {
  override name = 'PortInUseError';
  constructor(readonly port: number) {
    super(`Port ${port} on 127.0.0.1 is already in use; choose another one with --port.`);
  }
}

export interface RunningServer {
  port: number;
  /** Ends all connections, open ones too. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1; port 0 takes a free one. Throws PortInUseError. The process keeps its own `Request` and
 * `Response`: clients that run beside the emulator in a test check answers against them.
 */
export function listen(app: Hono<EmulatorEnv>, port: number): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve(
      { fetch: app.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false },
      (info: AddressInfo) => {
        resolve({ port: info.port, close: () => close(server) });
      },
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port) : error);
    });
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
