import type { Capabilities } from '../connections/capabilities';
import type { CreateKeyInput, KeyLabels, KeyPermissions } from '../keys/key-input';
import type { Limit } from '../limits/limit';

export type OldKeySettings = {
  readonly connectionId: number;
  /** Without a raise that holds for a while. */
  readonly limit: Limit;
  readonly isRaised: boolean;
  readonly includeByokInLimit: boolean | null;
  readonly permissions: KeyPermissions | null;
  readonly labels: KeyLabels;
  readonly expiresAt: Date | null;
  readonly isDisabled: boolean;
  readonly containerId: number | null;
  readonly containerName: string | null;
  readonly isContainerGone: boolean;
  readonly teamId: number | null;
  readonly isTeamArchived: boolean;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly isOwnerGone: boolean;
};

/** What cannot come along, or starts anew; said before anything happens. */
export type RotationNote =
  | { readonly kind: 'limit_starts_anew'; readonly limit: Extract<Limit, { kind: 'capped' }> }
  | { readonly kind: 'raise' }
  | { readonly kind: 'container'; readonly name: string; readonly reason: string | null }
  | { readonly kind: 'permissions_not_told' }
  | { readonly kind: 'expiry_not_told'; readonly reason: string }
  | { readonly kind: 'expiry'; readonly reason: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'labels'; readonly reason: string }
  | { readonly kind: 'unlimited'; readonly reason: string }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'owner_gone'; readonly name: string }
  | { readonly kind: 'team_archived' };

export type RotationPlan = {
  /** The new key but for its name and reason. */
  readonly wish: Omit<CreateKeyInput, 'name' | 'reason'>;
  readonly notes: readonly RotationNote[];
};

function planExpiry(
  capabilities: Capabilities,
  { expiresAt }: OldKeySettings,
  now: Date,
  notes: RotationNote[],
) {
  const { expiryAtCreation, expiryLater, expiryReadable } = capabilities;
  const canSet = expiryAtCreation.can || expiryLater.can;
  if (expiresAt === null) {
    if (!expiryReadable.can && canSet) notes.push({ kind: 'expiry_not_told', reason: expiryReadable.reason });
    return null;
  }
  if (expiresAt <= now) {
    notes.push({ kind: 'expired' });
    return null;
  }
  if (canSet) return expiresAt.toISOString();
  if (!expiryAtCreation.can) notes.push({ kind: 'expiry', reason: expiryAtCreation.reason });
  return null;
}

function planContainer(
  capabilities: Capabilities,
  old: OldKeySettings,
  notes: RotationNote[],
): number | null {
  if (old.containerId === null) return null;
  const { containerAtCreation } = capabilities;
  if (containerAtCreation.can && !old.isContainerGone) return old.containerId;
  const reason = containerAtCreation.can ? null : containerAtCreation.reason;
  notes.push({ kind: 'container', name: old.containerName ?? '', reason });
  return null;
}

function planPermissions(capabilities: Capabilities, old: OldKeySettings, notes: RotationNote[]) {
  if (!capabilities.permissionsAtCreation.can) return null;
  if (old.permissions === null) notes.push({ kind: 'permissions_not_told' });
  return old.permissions;
}

function planLabels(
  capabilities: Capabilities,
  { labels }: OldKeySettings,
  notes: RotationNote[],
): KeyLabels {
  if (Object.keys(labels).length === 0 || capabilities.labels.can) return labels;
  notes.push({ kind: 'labels', reason: capabilities.labels.reason });
  return {};
}

/** The key that takes over, as like the old one as its provider allows, and what is not like it. */
export function planRotation(capabilities: Capabilities, old: OldKeySettings, now: Date): RotationPlan {
  const notes: RotationNote[] = [];
  const { limit } = old;
  if (limit.kind === 'capped') notes.push({ kind: 'limit_starts_anew', limit });
  if (old.isRaised) notes.push({ kind: 'raise' });
  if (limit.kind === 'unlimited' && !capabilities.unlimitedAtCreation.can) {
    notes.push({ kind: 'unlimited', reason: capabilities.unlimitedAtCreation.reason });
  }
  const byok = capabilities.byokInLimit.can ? old.includeByokInLimit : null;
  const wish = {
    connectionId: old.connectionId,
    limit,
    ...(byok === null ? {} : { includeByokInLimit: byok }),
    containerId: planContainer(capabilities, old, notes),
    permissions: planPermissions(capabilities, old, notes),
    expiresAt: planExpiry(capabilities, old, now, notes),
    labels: planLabels(capabilities, old, notes),
    teamId: old.isTeamArchived ? null : old.teamId,
    ownerId: old.isOwnerGone ? null : old.ownerId,
  };
  if (old.isDisabled) notes.push({ kind: 'disabled' });
  if (old.isOwnerGone) notes.push({ kind: 'owner_gone', name: old.ownerName ?? '' });
  if (old.isTeamArchived && old.teamId !== null) notes.push({ kind: 'team_archived' });
  return { wish, notes };
}
