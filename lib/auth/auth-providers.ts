import 'server-only';
import type { User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { type OidcClaims, oidcClaimsSchema } from '@/lib/domain/people/oidc-claims';
import { toRefusalCode } from '@/lib/domain/people/sign-in';
import { signInSchema } from '@/lib/domain/people/sign-in-input';
import type { OidcSettings } from '@/lib/env';
import { signInWithPassword } from '@/lib/server/people/sign-in-with-password';
import { createServerContext } from '@/lib/server/runtime';
import { log } from '@/lib/utils/log';
import type { SignInRequest } from './sign-in-request';

export const OIDC_PROVIDER_ID = 'oidc';

async function checkCredentials(given: unknown, request: SignInRequest): Promise<User | string> {
  const input = signInSchema.safeParse(given);
  if (!input.success) return toRefusalCode({ refusal: 'wrong', waitSeconds: null });
  try {
    const context = createServerContext({ kind: 'system', name: 'Sign-in' });
    const result = await signInWithPassword(context, input.data, request.throttledAddress);
    return result.ok ? { id: result.userId } : toRefusalCode(result.answer);
  } catch (error) {
    log.error({ err: error }, 'sign-in failed');
    return toRefusalCode({ refusal: 'failed', waitSeconds: null });
  }
}

export function createPasswordProvider(request: SignInRequest) {
  return CredentialsProvider({
    credentials: { email: {}, password: {} },
    async authorize(given) {
      const user = await checkCredentials(given, request);
      // next-auth carries a refusal to the browser as the message of the error thrown here.
      if (typeof user === 'string') throw new Error(user);
      return user;
    },
  });
}

/** Any OpenID Connect provider, by its discovery document; the ID token alone says who it is. */
export function createOidcProvider(settings: OidcSettings): OAuthConfig<OidcClaims> {
  return {
    id: OIDC_PROVIDER_ID,
    name: settings.name,
    type: 'oauth',
    wellKnown: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    httpOptions: { timeout: 10_000 },
    profile: (claims) => ({ id: oidcClaimsSchema.parse(claims).sub }),
  };
}
