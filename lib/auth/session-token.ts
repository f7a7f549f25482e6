import 'server-only';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { getEnv } from '@/lib/env';

/** All that the cookie carries: which row of the sessions table it stands for. */
const claimsSchema = z.object({ sid: z.uuid() });

/**
 * The session id inside a cookie that we sealed and that has not run out; null for anything else.
 * It says nothing of whether the session still stands: that is `getActor`'s to find out.
 */
export async function readSessionId(token: string | undefined): Promise<string | null> {
  if (!token) return null;
  try {
    const claims = claimsSchema.safeParse(await decode({ token, secret: getEnv().sessionSecret }));
    return claims.success ? claims.data.sid : null;
  } catch (error) {
    if (isTokenFault(error)) return null;
    throw error;
  }
}

/** A forged, damaged or outdated token, as jose tells it by the error's code. */
function isTokenFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code.startsWith('ERR_J') || error instanceof TypeError || error instanceof SyntaxError;
}
