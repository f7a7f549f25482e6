import { z } from 'zod';

export const baseUrlSchema = z
  .string()
  .trim()
  .refine((text) => URL.canParse(text), 'Enter a whole address, like https://openrouter.ai/api/v1.')
  .transform((text) => text.replace(/\/+$/, ''));

/** Names and addresses of this machine, as `URL` writes them: `127.1` and `[::ffff:127.0.0.1]` included. */
const LOOPBACK_HOST =
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:(7f[0-9a-f]{2}|0):[0-9a-f]{1,4}\])$/;

export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname.toLowerCase().replace(/\.+$/, ''));
}

/**
 * Why an address may not be a provider's, in words for its field; null when it may. Https only, but to this
 * machine where that is allowed. Where a name leads is checked when it is called.
 */
export function baseUrlFault(baseUrl: string, isPrivateAllowed: boolean): string | null {
  if (!URL.canParse(baseUrl)) return 'Enter a whole address, like https://openrouter.ai/api/v1.';
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only https addresses are accepted.';
  if (url.username || url.password) return 'An address with a password in it is not accepted.';
  if (url.search || url.hash || /[?#]/.test(baseUrl)) return 'Leave out what begins with “?” or “#”.';
  if (isLoopbackHost(url.hostname)) {
    return isPrivateAllowed ? null : 'An address on this machine is not accepted here.';
  }
  return url.protocol === 'https:' ? null : 'Only https addresses are accepted.';
}
