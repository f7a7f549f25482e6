import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import type { UserActor } from '@/lib/domain/people/actor';
import { getEnv } from '@/lib/env';
import { findSessionActor } from '@/lib/server/people/find-session-actor';
import { createServerContext } from '@/lib/server/runtime';
import { sessionCookieName } from './session-cookie';
import { readSessionId } from './session-token';

/** The session id of this request's cookie, which may have ended since; null without one. */
export const getSessionId = cache(async (): Promise<string | null> => {
  const jar = await cookies();
  return readSessionId(jar.get(sessionCookieName())?.value);
});

/** Who makes this request, asked of the database once a request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<UserActor | null> => {
  const sessionId = await getSessionId();
  if (sessionId === null) return null;
  const context = createServerContext({ kind: 'system', name: 'Sign-in' });
  return findSessionActor(context, { sessionId, idleMinutes: getEnv().sessionIdleMinutes });
});
