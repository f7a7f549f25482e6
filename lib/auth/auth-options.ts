import 'server-only';
import type { AuthOptions } from 'next-auth';
import { oidcClaimsSchema } from '@/lib/domain/people/oidc-claims';
import { safeNextPath, toRefusalCode } from '@/lib/domain/people/sign-in';
import { getEnv, type OidcSettings } from '@/lib/env';
import { createSession } from '@/lib/server/people/create-session';
import { signInWithOidc } from '@/lib/server/people/sign-in-with-oidc';
import type { SignInResult } from '@/lib/server/people/sign-in-with-password';
import { createServerContext } from '@/lib/server/runtime';
import { log } from '@/lib/utils/log';
import { createOidcProvider, createPasswordProvider, OIDC_PROVIDER_ID } from './auth-providers';
import {
  isServedSecurely,
  SESSION_LIFETIME_SECONDS,
  sessionCookieName,
  sessionCookieOptions,
} from './session-cookie';
import type { SignInRequest } from './sign-in-request';

function signInContext() {
  return createServerContext({ kind: 'system', name: 'Sign-in' });
}

function checkOidcClaims(settings: OidcSettings, profile: unknown): Promise<SignInResult> {
  const { roleClaim, roleMap } = settings;
  const rule = roleClaim === null ? null : { claim: roleClaim, map: roleMap };
  return signInWithOidc(signInContext(), oidcClaimsSchema.parse(profile), rule);
}

/** A way in as next-auth runs it: each sign-in makes a row of the sessions table, and the cookie names that row. */
function createCallbacks(request: SignInRequest): NonNullable<AuthOptions['callbacks']> {
  const { oidc, publicUrl } = getEnv();
  let oidcUserId: string | null = null;
  return {
    async signIn({ account, profile }) {
      if (account?.provider !== OIDC_PROVIDER_ID || !oidc) return true;
      const result = await checkOidcClaims(oidc, profile);
      if (!result.ok) return `${publicUrl}/sign-in?error=${toRefusalCode(result.answer)}`;
      oidcUserId = result.userId;
      return true;
    },
    async jwt({ user, account }) {
      const isOidc = account?.provider === OIDC_PROVIDER_ID;
      const userId = isOidc ? oidcUserId : user.id;
      if (!userId) throw new Error('a sign-in ended without a person');
      const { sessionId } = await createSession(signInContext(), {
        userId,
        method: isOidc ? 'single_sign_on' : 'password',
        address: request.address,
        userAgent: request.userAgent,
        replacesSessionId: request.currentSessionId,
      });
      return { sid: sessionId };
    },
    redirect({ url, baseUrl }) {
      const isOwn = url.startsWith(`${baseUrl}/`);
      return `${baseUrl}${safeNextPath(isOwn ? url.slice(baseUrl.length) : url)}`;
    },
  };
}

/** Only codes are logged: what next-auth hands over may hold tokens and claims. */
const logger: AuthOptions['logger'] = {
  error: (code, metadata) => {
    const cause = metadata instanceof Error ? metadata : metadata.error;
    log.error({ code, cause: cause?.message }, 'sign-in library reported an error');
  },
  warn: (code) => log.warn({ code }, 'sign-in library warned'),
  debug: () => {},
};

/** The settings of next-auth for one request. */
export function createAuthOptions(request: SignInRequest): AuthOptions {
  const { sessionSecret, oidc } = getEnv();
  const providers: AuthOptions['providers'] = [createPasswordProvider(request)];
  if (oidc) providers.push(createOidcProvider(oidc));
  return {
    providers,
    secret: sessionSecret,
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME_SECONDS },
    jwt: { maxAge: SESSION_LIFETIME_SECONDS },
    useSecureCookies: isServedSecurely(),
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/account' },
    callbacks: createCallbacks(request),
    logger,
  };
}
