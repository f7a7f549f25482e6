import type { EmulatorContext } from './wire';

/** The key a call came with: `Authorization: Bearer …`, or `x-api-key`; null when there is none. */
export function presentedKey(c: { req: { header(name: string): string | undefined } }): string | null {
  const header = c.req.header('authorization')?.trim();
  if (header) {
    const match = /^Bearer\s+(\S+)$/i.exec(header);
    return match?.[1] ?? null;
  }
  const other = c.req.header('x-api-key')?.trim();
  return other ? other : null;
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True when the call comes from this machine and was addressed to it. */
export function isLoopbackCall(c: EmulatorContext): boolean {
  const address = c.env.incoming.socket.remoteAddress ?? '';
  const fromHere = address === '::1' || /^(::ffff:)?127\./.test(address);
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
  return fromHere && LOOPBACK_HOSTS.has(host);
}
