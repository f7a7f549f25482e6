import 'server-only';
import { clientAddress, throttleAddress } from '@/lib/domain/people/network-address';
import { getEnv } from '@/lib/env';
import { PEER_HEADER } from '@/lib/server/people/track-peer-addresses';
import { sessionCookieName } from './session-cookie';
import { readSessionId } from './session-token';

/** What a sign-in notes of the browser it comes from. */
export type SignInRequest = {
  readonly address: string | null;
  /** What tries are counted against; null when the address is not known. */
  readonly throttledAddress: string | null;
  readonly userAgent: string | null;
  /** The session this browser has until now. */
  readonly currentSessionId: string | null;
};

type Incoming = {
  readonly headers: Headers;
  readonly cookies: { get(name: string): { value: string } | undefined };
};

export async function describeSignInRequest(request: Incoming): Promise<SignInRequest> {
  const { headers, cookies } = request;
  const hops = getEnv().trustProxyHops;
  const address = clientAddress(headers.get(PEER_HEADER), headers.get('x-forwarded-for'), hops);
  return {
    address,
    throttledAddress: throttleAddress(address),
    userAgent: headers.get('user-agent'),
    currentSessionId: await readSessionId(cookies.get(sessionCookieName())?.value),
  };
}
