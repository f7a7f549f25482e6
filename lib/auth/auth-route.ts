import 'server-only';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { createAuthOptions } from './auth-options';
import { setAuthOrigin } from './auth-origin';
import { describeSignInRequest } from './sign-in-request';

/** What of next-auth is reachable. Sessions are read by `getActor` and ended by an action, never here. */
const doors = {
  GET: /^(csrf|signin|error|callback\/oidc)$/,
  POST: /^(callback\/credentials|signin\/oidc)$/,
};

type AuthRouteContext = { readonly params: Promise<{ nextauth: string[] }> };

/** Answers a request to sign in. */
export async function answerAuthRequest(
  request: NextRequest,
  { params }: AuthRouteContext,
): Promise<Response> {
  const { nextauth } = await params;
  const door = request.method === 'POST' ? doors.POST : doors.GET;
  if (!door.test(nextauth.join('/'))) return new Response('There is nothing here.', { status: 404 });
  setAuthOrigin();
  const options = createAuthOptions(await describeSignInRequest(request));
  const response: Response = await NextAuth(request, { params: { nextauth } }, options);
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
