import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** Set on requests as they arrive, whatever the client sent: the network address at the other end. */
export const PEER_HEADER = 'x-keyward-peer';

const CHANNEL = 'http.server.request.start';
const isRequest = (value: unknown): value is IncomingMessage =>
  typeof value === 'object' && value !== null && 'headers' in value && 'socket' in value;
const messageSchema = z.object({ request: z.custom<IncomingMessage>(isRequest) });

const store: { [key: symbol]: boolean | undefined } = globalThis;
const storeKey = Symbol.for('keyward.peer-addresses');

/**
 * Notes the address of each request's connection before anything handles it. Next hands on no socket, and takes a
 * client's own X-Forwarded-For for granted when there is one.
 */
export function trackPeerAddresses(): void {
  if (store[storeKey]) return;
  store[storeKey] = true;
  subscribe(CHANNEL, (message) => {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) return;
    const { headers, socket } = parsed.data.request;
    headers[PEER_HEADER] = socket.remoteAddress ?? '';
  });
}
