import type { Capabilities, Support } from '@/lib/domain/connections/capabilities';
import type { Limit } from '@/lib/domain/limits/limit';
import type { NewProviderKey, ProviderKeyPatch } from './port';
import { ProviderError } from './provider-error';

type Need = readonly [isAskedFor: boolean, support: Support];

function refuse(operation: string, needs: readonly Need[]): void {
  if (needs.some(([isAskedFor, support]) => isAskedFor && !support.can)) {
    throw new ProviderError('unsupported', operation);
  }
}

function refuseLimit(operation: string, limit: Limit | undefined, capabilities: Capabilities): void {
  refuse(operation, [[limit?.kind === 'blocked', capabilities.blockedLimit]]);
  if (limit?.kind === 'capped' && !capabilities.limitPeriods.includes(limit.period)) {
    throw new ProviderError('unsupported', operation);
  }
}

/** Throws `unsupported`, before anything is sent, on a field that the provider cannot give a new key. */
export function refuseUnsupportedKey(key: NewProviderKey, capabilities: Capabilities): void {
  refuseLimit('create key', key.limit, capabilities);
  refuse('create key', [
    [key.limit.kind === 'unlimited', capabilities.unlimitedAtCreation],
    [key.includeByokInLimit === true, capabilities.byokInLimit],
    [key.expiresAt != null, capabilities.expiryAtCreation],
    [key.permissions != null, capabilities.permissionsAtCreation],
    [key.containerExternalId != null, capabilities.containerAtCreation],
  ]);
}

/** Throws `unsupported`, before anything is sent, on a field that the provider cannot change. */
export function refuseUnsupportedPatch(patch: ProviderKeyPatch, capabilities: Capabilities): void {
  refuseLimit('update key', patch.limit?.to, capabilities);
  refuse('update key', [
    [patch.name !== undefined, capabilities.rename],
    [patch.isDisabled !== undefined, capabilities.disable],
    [patch.includeByokInLimit !== undefined, capabilities.byokInLimit],
    [patch.labels !== undefined, capabilities.labels],
    [patch.expiresAt !== undefined, capabilities.expiryLater],
  ]);
}
