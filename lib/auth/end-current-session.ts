import 'server-only';
import { cookies } from 'next/headers';
import { endSession } from '@/lib/server/people/end-session';
import { createServerContext } from '@/lib/server/runtime';
import { getActor, getSessionId } from './get-actor';
import { sessionCookieName } from './session-cookie';

/** Signs this browser out: the session ends first, so that a copy of the cookie is worth nothing. */
export async function endCurrentSession(): Promise<void> {
  const [actor, sessionId] = [await getActor(), await getSessionId()];
  if (actor && sessionId) await endSession(createServerContext(actor), { sessionId });
  (await cookies()).delete(sessionCookieName());
}
