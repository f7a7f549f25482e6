import 'server-only';
import { SESSION_LIFETIME_MS } from '@/lib/domain/people/session-rules';
import { getEnv } from '@/lib/env';

export const SESSION_LIFETIME_SECONDS = SESSION_LIFETIME_MS / 1000;

/** Whether people reach this installation by https, which cookies and headers then insist on. */
export function isServedSecurely(): boolean {
  return getEnv().publicUrl.startsWith('https:');
}

/** Over https the name itself binds the cookie to this host and to https (RFC 6265bis, cookie prefixes). */
export function sessionCookieName(): string {
  return isServedSecurely() ? '__Host-keyward.session' : 'keyward.session';
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isServedSecurely() };
}
