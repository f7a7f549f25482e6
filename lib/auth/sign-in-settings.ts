import 'server-only';
import { getEnv } from '@/lib/env';

/** The words on the single sign-on button; null when none is set up. */
export function singleSignOnName(): string | null {
  return getEnv().oidc?.name ?? null;
}

/** Minutes without use after which a session ends. */
export function sessionIdleMinutes(): number {
  return getEnv().sessionIdleMinutes;
}

export function invitationUrl(token: string): string {
  return `${getEnv().publicUrl}/invite/${token}`;
}

export function newPasswordUrl(token: string): string {
  return `${getEnv().publicUrl}/reset/${token}`;
}

export function setupUrl(token: string): string {
  return `${getEnv().publicUrl}/setup?token=${token}`;
}

/** The link of a hand-over. Its key stands behind the `#`, which browsers send to no server. */
export function pickUpUrl(handOverId: string, linkKey: string): string {
  return `${getEnv().publicUrl}/pick-up/${handOverId}#${linkKey}`;
}
