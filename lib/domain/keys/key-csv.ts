import type { UtcDay } from '../periods/utc-day';
import type { KeyRow } from './keys-table';
import { lastUseOf, type RecentSpend } from './recent-spend';

type CsvValue = string | number | null;
export type KeyCsvColumn = {
  readonly heading: string;
  readonly explains: string;
  readonly value: (row: KeyRow, recent: RecentSpend | null) => CsvValue;
};

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function lastUsed(row: KeyRow, recent: RecentSpend | null): string | null {
  const last = lastUseOf(row, recent);
  const text = last === null ? null : instant(last.atMs);
  return last?.isDay ? (text?.slice(0, 10) ?? null) : text;
}

/** The columns of the exported key table, in order; amounts are exact US dollars, instants ISO 8601 in UTC. */
export function keyCsvColumns(month: string): readonly KeyCsvColumn[] {
  const cap = (row: KeyRow) => (row.limit.kind === 'capped' ? row.limit : null);
  return [
    { heading: 'key_id', explains: "Keyward's own number of the key", value: (row) => row.id },
    { heading: 'name', explains: 'Name at the provider', value: (row) => row.name },
    { heading: 'masked_label', explains: 'What the provider shows of the secret', value: (row) => row.label },
    { heading: 'provider', explains: 'Provider', value: (row) => row.connection.providerName },
    { heading: 'connection', explains: 'Connection it is held at', value: (row) => row.connection.name },
    {
      heading: 'workspace_or_group',
      explains: 'Workspace or group within the account',
      value: (row) => row.container?.name ?? null,
    },
    { heading: 'team', explains: 'Team the key belongs to now', value: (row) => row.team?.name ?? null },
    { heading: 'owner', explains: 'Person who answers for it', value: (row) => row.owner?.name ?? null },
    { heading: 'created_by', explains: 'Creator as the provider tells', value: (row) => row.creator },
    {
      heading: 'status',
      explains: 'active, blocked, disabled, expired, deleting, removed, gone or deleted',
      value: (row) => row.status,
    },
    {
      heading: `spend_${month.slice(0, 7).replace('-', '_')}_usd`,
      explains: 'Spend of the UTC month so far; for a lead, of the days on which it was a key of their teams',
      value: (row) => row.monthSpend,
    },
    { heading: 'limit_kind', explains: 'unlimited, blocked or capped', value: (row) => row.limit.kind },
    { heading: 'limit_usd', explains: 'The cap', value: (row) => cap(row)?.amount ?? null },
    {
      heading: 'limit_period',
      explains: 'How often the cap starts anew',
      value: (row) => cap(row)?.period ?? null,
    },
    { heading: 'limit_used_usd', explains: "Used of the cap's window", value: (row) => row.used },
    { heading: 'limit_left_usd', explains: "Left of the cap's window", value: (row) => row.left },
    { heading: 'created_at', explains: 'Creation at the provider', value: (row) => instant(row.createdAtMs) },
    { heading: 'expires_at', explains: 'Expiry', value: (row) => instant(row.expiresAtMs) },
    {
      heading: 'last_used_at',
      explains: 'Last use: the instant, or the UTC day where only that is known',
      value: lastUsed,
    },
  ];
}

/** `keyward-keys-2026-11-20.csv`. */
export function keyCsvFilename(day: UtcDay): string {
  return `keyward-keys-${day}.csv`;
}
