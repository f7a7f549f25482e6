import { parseRefusalCode, type SignInAnswer } from '@/lib/domain/people/sign-in';
import type { SignInInput } from '@/lib/domain/people/sign-in-input';

/** One text of an answer. Throws when it is not there: then someone else answered. */
async function readText(response: Response, name: string): Promise<string> {
  const answer: unknown = await response.json();
  const value: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  if (typeof value !== 'string') throw new TypeError(`the answer has no ${name}`);
  return value;
}

async function postToAuth(path: string, fields: Record<string, string>): Promise<URL> {
  const csrfToken = await readText(await fetch('/api/auth/csrf', { cache: 'no-store' }), 'csrfToken');
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  });
  return new URL(await readText(response, 'url'), window.location.origin);
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
