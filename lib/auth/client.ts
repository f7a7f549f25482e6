import { z } from 'zod';
import { parseRefusalCode, type SignInAnswer, type SignInInput } from '@/lib/domain/people/sign-in';

const csrfSchema = z.object({ csrfToken: z.string() });
const answerSchema = z.object({ url: z.string() });

async function postToAuth(path: string, fields: Record<string, string>): Promise<URL> {
  const csrf = csrfSchema.parse(await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json());
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken: csrf.csrfToken, json: 'true' }),
  });
  const answer = answerSchema.parse(await response.json());
  return new URL(answer.url, window.location.origin);
}

/** Signs this browser in; null when it worked. Throws when the server cannot be reached. */
export async function signInWithPassword(input: SignInInput): Promise<SignInAnswer | null> {
  const url = await postToAuth('callback/credentials', { email: input.email, password: input.password });
  const isRefused = url.searchParams.has('error') || url.searchParams.has('csrf');
  return isRefused ? parseRefusalCode(url.searchParams.get('error') ?? 'failed') : null;
}

/** The address of the organisation's sign-in service to go on to; it leads back to `next`. */
export async function startSingleSignOn(next: string): Promise<string> {
  const url = await postToAuth('signin/oidc', { callbackUrl: next });
  return url.href;
}
