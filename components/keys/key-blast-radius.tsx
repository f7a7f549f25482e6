'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyValueList } from '@/components/ui/key-value-list';
import { lastHourQuery } from '@/lib/client/deletions';
import type { KeyUse, LastHour } from '@/lib/domain/keys/key-use';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDayYear, formatMonth, formatRelative } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatCount, formatPlural } from '@/lib/utils/format-number';

const MODELS_SHOWN = 4;

function lastHourText(hour: LastHour | null | undefined): string {
  if (hour === undefined) return 'asking the provider…';
  if (hour === null) return 'not known';
  const count = formatPlural(hour.requests, 'request');
  return hour.isExact ? count : `${count} since ${hour.since.slice(11, 16)} UTC`;
}

function lastDayText({ requestsToday, requestsYesterday }: KeyUse): string {
  const today =
    requestsToday === null ? 'today not read yet' : `${formatPlural(requestsToday, 'request')} today`;
  return `${today}, ${formatCount(requestsYesterday)} yesterday`;
}

function lastUseText({ lastUsedAt, lastUsedDay }: KeyUse): string {
  if (lastUsedAt) return formatRelative(lastUsedAt, Date.now());
  return lastUsedDay ? `${formatDayYear(lastUsedDay)}, UTC day` : 'none known';
}

function modelsText({ models }: KeyUse, row: KeyRow): string {
  if (models.length === 0) return row.connection.capabilities.usageByModel.can ? 'none lately' : 'not known';
  const rest = models.length - MODELS_SHOWN;
  return models.slice(0, MODELS_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Requests of the last hour; undefined while the provider is asked, null where it cannot tell. */
export function useLastHour(keyId: number): LastHour | null | undefined {
  const { data, isError } = useQuery(lastHourQuery(keyId));
  return isError ? null : data;
}

/** What stops when the key does, and whom to ask. */
export function KeyBlastRadius({
  row,
  use,
  hour,
}: {
  row: KeyRow;
  use: KeyUse;
  hour: LastHour | null | undefined;
}) {
  return (
    <KeyValueList
      items={[
        { label: 'Last hour', value: lastHourText(hour) },
        { label: 'Last day', value: lastDayText(use) },
        { label: 'Last use', value: lastUseText(use) },
        { label: 'Models', value: modelsText(use, row) },
        { label: 'Owner', value: [use.ownerName ?? 'No owner', use.teamName].filter(Boolean).join(', ') },
        { label: `Spend in ${formatMonth(new Date())}`, value: formatUsd(use.monthSpend) },
        { label: 'Spend history and audit trail', value: 'kept' },
      ]}
    />
  );
}
