import 'server-only';
import { env } from 'node:process';
import { getEnv } from '@/lib/env';

/**
 * Tells next-auth 4 our public address. It reads this one variable on every request and offers no option for it;
 * without it, it would believe the Host header.
 */
export function setAuthOrigin(): void {
  env.NEXTAUTH_URL = getEnv().publicUrl;
}
