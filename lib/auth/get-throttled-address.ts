import 'server-only';
import { cookies, headers } from 'next/headers';
import { describeSignInRequest } from './sign-in-request';

/** What wrong tries of this request are counted against; null when its network address is not known. */
export async function getThrottledAddress(): Promise<string | null> {
  const request = await describeSignInRequest({ headers: await headers(), cookies: await cookies() });
  return request.throttledAddress;
}
