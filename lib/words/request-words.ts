import type { Needs } from '@/lib/domain/requests/decide-needs';
import type { RequestEventKind, RequestKind, RequestState } from '@/lib/domain/requests/request';
import type { BasisChange } from '@/lib/domain/requests/request-basis';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from './limit-words';

export const requestKindWords: Record<RequestKind, string> = {
  limit: 'Change a limit',
  new_key: 'A new key',
  enable_key: 'Enable a key',
  take_over: 'Take over a key',
};

type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

export const requestStateWords: Record<RequestState, { readonly label: string; readonly tone: Tone }> = {
  open: { label: 'Waits for approval', tone: 'accent' },
  asked_back: { label: 'Waits for an answer', tone: 'warn' },
  approved: { label: 'Approved, being carried out', tone: 'accent' },
  applied: { label: 'In effect', tone: 'ok' },
  failed: { label: 'Approved, not carried out', tone: 'bad' },
  declined: { label: 'Declined', tone: 'neutral' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  lapsed: { label: 'Lapsed', tone: 'neutral' },
};

/** What a step was, after the name of who took it. */
export const requestEventWords: Record<RequestEventKind, string> = {
  asked: 'asked',
  commented: 'wrote',
  asked_back: 'asked back',
  answered: 'answered',
  edited: 'changed it:',
  approved: 'approved',
  approved_by_rule: 'approved it by rule',
  basis_changed: 'asks again',
  declined: 'declined',
  withdrawn: 'withdrew it',
  lapsed: 'let it lapse',
  sent: 'carries it out',
  applied: 'made it take effect',
  refused: 'could not carry it out',
  unknown: 'is checking the outcome',
  retried: 'tried again',
};

export const basisChangeWords: Record<BasisChange, string> = {
  limit: 'the limit',
  key: 'the key',
  place: 'the workspace or group',
  rules: 'the rules',
  wish: 'what it comes to',
};

/** `until 5 Dec 2026, 23:59 UTC`, or `for good`. */
export function untilText(until: string | null): string {
  return until === null ? 'for good' : `until ${formatDateTime(until)}`;
}

/** What is given, with no key named: `$400 monthly until 5 Dec 2026, 23:59 UTC`. */
export function grantText(grant: Grant): string {
  switch (grant.kind) {
    case 'limit':
      return grant.until === null
        ? limitText(grant.limit)
        : `${limitText(grant.limit)} ${untilText(grant.until)}`;
    case 'new_key':
      return `A new key, ${limitText(grant.limit)}`;
    case 'enable_key':
      return 'Enabled again';
    case 'take_over':
      return 'A new owner';
  }
}

/** What is asked for, with its key: `$400 monthly for search-prod`. */
export function requestTitle(grant: Grant | null, kind: RequestKind, keyName: string): string {
  switch (kind) {
    case 'limit':
      return grant ? `${grantText(grant)} for ${keyName}` : `More for ${keyName}`;
    case 'new_key':
      return `New key ${keyName}${grant?.kind === 'new_key' ? `, ${limitText(grant.limit)}` : ''}`;
    case 'enable_key':
      return `Enable ${keyName}`;
    case 'take_over':
      return `Take over ${keyName}`;
  }
}

const people = {
  0: 'Nobody needs to approve this',
  1: 'Needs one approver',
  2: 'Needs two approvers',
} as const;

function whyText({ reason, envelopeLeft, raise }: Needs): string {
  const left = envelopeLeft === null ? '' : formatUsd(envelopeLeft);
  switch (reason) {
    case 'above_amount':
      return 'The limit is above the amount that one person may approve.';
    case 'no_limit':
      return 'No limit counts as a raise above every amount.';
    case 'within_envelope':
      return `It adds ${formatUsdShort(raise ?? '0')} a month, inside what the team’s envelope still holds (${left}).`;
    case 'envelope_used_up':
      return `The team’s envelope holds ${left} more this month, which is less than this adds.`;
    case 'more_than_small':
      return 'It adds more at once than the team’s envelope allows.';
    case 'budget_used_up':
      return 'The team has spent its budget of this month.';
    case 'not_comparable':
      return 'The envelope covers only a higher amount of the same period.';
    case 'stopped':
      return 'The key is stopped by its cap, and somebody must agree to open it again.';
    case 'no_team':
      return 'The key belongs to no team, so no envelope covers it.';
    case 'lowering_free':
      return 'A lower limit may be set without asking.';
    case 'lowering':
      return 'A lower limit needs someone to agree too.';
    case 'ordinary':
      return '';
  }
}

/** How many must agree, and why: `Needs two approvers.` */
export function needsText(needs: Needs): { readonly title: string; readonly text: string } {
  return { title: `${people[needs.approvals]}.`, text: whyText(needs) };
}
