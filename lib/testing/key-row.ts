import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { KeyRow, KeysTableConnection } from '@/lib/domain/keys/keys-table';
import { UNLIMITED } from '@/lib/domain/limits/limit';
import { ZERO_USD } from '@/lib/domain/money/usd';
import { openRouterCapabilities } from '@/lib/providers/openrouter/capabilities';
import { requestyCapabilities } from '@/lib/providers/requesty/capabilities';

function connection(
  id: number,
  provider: KeysTableConnection['provider'],
  capabilities: Capabilities,
): KeysTableConnection {
  const providerName = provider === 'openrouter' ? 'OpenRouter' : 'Requesty';
  return {
    id,
    name: providerName,
    provider,
    providerName,
    initial: providerName.charAt(0),
    state: 'active',
    readAt: '2026-11-20T12:00:00.000Z',
    capabilities,
    ownKeyId: null,
  };
}

/** A provider that can disable and block. */
export const ableConnection = connection(1, 'openrouter', openRouterCapabilities);
/** A provider that can do neither, and knows monthly limits only. */
export const limitedConnection = connection(2, 'requesty', requestyCapabilities.current);

/** A row of the key table as the browser holds it: active, unlimited, unowned, never used. */
export function makeKeyRow(values: Partial<KeyRow> & { readonly id: number }): KeyRow {
  const name = values.name ?? `key-${values.id}`;
  return {
    name,
    label: null,
    connection: ableConnection,
    container: null,
    team: null,
    owner: null,
    creator: null,
    status: 'active',
    isDisabled: false,
    isBeingRetired: false,
    isDueForRotation: false,
    raise: null,
    tookOverFrom: null,
    limit: UNLIMITED,
    includeByokInLimit: false,
    used: null,
    left: null,
    usedShare: -1,
    monthSpend: ZERO_USD,
    monthSpendNumber: 0,
    isMonthShared: false,
    createdAtMs: null,
    expiresAtMs: null,
    lastUsedAtMs: null,
    deleteAfterMs: null,
    isOwnKey: false,
    haystack: name.toLowerCase(),
    ...values,
  };
}
