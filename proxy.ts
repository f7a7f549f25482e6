import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { NONCE_HEADER, PATH_HEADER } from '@/lib/auth/request-headers';
import { commonSecurityHeaders, contentSecurityPolicy } from '@/lib/auth/security-headers';
import { isServedSecurely, sessionCookieName } from '@/lib/auth/session-cookie';
import { readSessionId } from '@/lib/auth/session-token';
import type { Outcome } from '@/lib/domain/outcome';
import { getEnv } from '@/lib/env';

const PUBLIC_PATHS = /^\/(sign-in|setup|invite|reset|pick-up|api\/auth|api\/health|api\/ready)(\/|$)/;

/**
 * The outer door: security headers on every answer, and a cheap look at the cookie's seal that saves strangers
 * a page. Nothing is authorized here; each verb asks for the session and the role itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const isSecure = isServedSecurely();
  const nonce = randomBytes(16).toString('base64');
  const isDevelopment = process.env.NODE_ENV === 'development';
  const policy = contentSecurityPolicy({ nonce, isSecure, isDevelopment });
  const response = (await refuseStranger(request)) ?? goOn(request, nonce, policy);
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of Object.entries(commonSecurityHeaders(isSecure)))
    response.headers.set(name, value);
  return response;
}

async function refuseStranger(request: NextRequest): Promise<NextResponse | null> {
  const { pathname, search } = request.nextUrl;
  if (PUBLIC_PATHS.test(pathname)) return null;
  // A server action answers for itself, in words its form can show.
  if (request.method === 'POST' && request.headers.has('next-action')) return null;
  if ((await readSessionId(request.cookies.get(sessionCookieName())?.value)) !== null) return null;
  if (pathname.startsWith('/api/')) {
    const outcome: Outcome<never> = {
      ok: false,
      error: { code: 'signed_out', message: 'Your session has ended. Sign in again to go on.' },
    };
    return NextResponse.json(outcome, { status: 401, headers: { 'Cache-Control': 'no-store' } });
  }
  const target = request.nextUrl.clone();
  target.pathname = '/sign-in';
  target.search = pathname === '/' ? '' : `?next=${encodeURIComponent(`${pathname}${search}`)}`;
  return NextResponse.redirect(target, request.method === 'GET' || request.method === 'HEAD' ? 307 : 303);
}

function goOn(request: NextRequest, nonce: string, policy: string): NextResponse {
  const { publicUrl } = getEnv();
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set('Content-Security-Policy', policy);
  // Next accepts a server action only when its Origin is the host it believes in; behind a reverse proxy that
  // changes Host, that is the address which people open.
  if (request.headers.get('origin') === publicUrl) headers.set('x-forwarded-host', new URL(publicUrl).host);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg).*)'],
};
