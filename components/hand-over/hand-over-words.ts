import type { BadgeTone } from '@/components/ui/badge';
import type { HandOverState } from '@/lib/domain/hand-over/hand-over-state';
import type { HandOverView, KeyStop } from '@/lib/domain/hand-over/hand-over-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';

export const handOverStateWords: Record<HandOverState, { readonly label: string; readonly tone: BadgeTone }> =
  {
    waiting: { label: 'Waiting', tone: 'accent' },
    collected: { label: 'Picked up', tone: 'ok' },
    revoked: { label: 'Withdrawn', tone: 'neutral' },
    expired: { label: 'Not picked up', tone: 'warn' },
  };

/** To whom it goes and on which terms. */
export function audienceText({ recipientName, isSignInNeeded }: HandOverView): string {
  if (recipientName) return `For ${recipientName}`;
  return isSignInNeeded ? 'For whoever signs in with the link' : 'For whoever has the link';
}

/** What became of it, and when. */
export function outcomeText(view: HandOverView): string {
  switch (view.state) {
    case 'waiting':
      return `Can be picked up until ${formatDateTime(view.expiresAt)}.`;
    case 'collected': {
      const by = view.collectedByName ?? 'someone with the link, not signed in';
      return `On ${formatDateTime(view.collectedAt ?? view.expiresAt)} by ${by}.`;
    }
    case 'revoked':
      return `On ${formatDateTime(view.revokedAt ?? view.expiresAt)}. ${stopText(view)}`;
    case 'expired':
      return `It ended on ${formatDateTime(view.expiresAt)}. ${stopText(view)}`;
  }
}

function stopText({ isKeyStillOpen }: HandOverView): string {
  return isKeyStillOpen
    ? 'The key could not be stopped yet; that is tried again.'
    : 'Nobody has the secret, and the key was stopped.';
}

/** What a withdrawal did, told right after. */
export function withdrawalText(keyName: string, stop: KeyStop | null): string {
  switch (stop?.kind) {
    case 'disabled':
      return `The link is dead, and ${keyName} is disabled.`;
    case 'capped':
      return `The link is dead, and ${keyName} is capped at ${formatUsd(stop.amount)}.`;
    case 'failed':
      return `The link is dead. ${keyName} could not be stopped yet: ${stop.why} That is tried again.`;
    default:
      return 'The link is dead.';
  }
}
