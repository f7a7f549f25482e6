import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { Limit } from '@/lib/domain/limits/limit';
import type { NewKeyBasis } from '@/lib/domain/requests/request-basis';
import { formatDateTime } from '@/lib/utils/format-date';

export type NewKeyRow = { readonly label: string; readonly value: string };

function placeText({ container }: NewKeyBasis, kind: 'workspace' | 'group'): string {
  if (container !== null) return container.name ?? `no longer there: choose another ${kind}`;
  return kind === 'workspace' ? 'Default workspace' : 'No group: a personal key';
}

function permissionText({ permissions }: NewKeyBasis): string {
  if (permissions === null) return 'the account’s default';
  return `completions: ${permissions.completions}; manage the account: ${permissions.manage}`;
}

/** What a new key is to be, beside its name and limit, as far as its provider has such settings. */
export function newKeyRows(
  newKey: NewKeyBasis,
  limit: Limit | null,
  capabilities: Capabilities,
): readonly NewKeyRow[] {
  const { containers, containerAtCreation, permissionsAtCreation, byokInLimit } = capabilities;
  const hasExpiry = capabilities.expiryAtCreation.can || capabilities.expiryLater.can;
  const rows: NewKeyRow[] = [];
  if (containers !== null && containerAtCreation.can) {
    const label = containers === 'workspace' ? 'Workspace' : 'Group';
    rows.push({ label, value: placeText(newKey, containers) });
  }
  if (permissionsAtCreation.can) rows.push({ label: 'It may', value: permissionText(newKey) });
  if (hasExpiry) {
    const value = newKey.expiresAt === null ? 'never' : formatDateTime(newKey.expiresAt);
    rows.push({ label: 'Expires', value });
  }
  if (byokInLimit.can && limit?.kind === 'capped') {
    const value = newKey.includeByokInLimit ? 'counts in the limit' : 'does not count in the limit';
    rows.push({ label: 'Own provider keys', value });
  }
  return rows;
}
