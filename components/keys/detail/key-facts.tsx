'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ProviderMark } from '@/components/layout/provider-mark';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { RelativeTime } from '@/components/ui/relative-time';
import type { KeyDetail } from '@/lib/domain/keys/key-detail';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDateTime, formatDayYear } from '@/lib/utils/format-date';

const linkClasses = 'rounded-tag underline decoration-line-strong underline-offset-2 hover:decoration-ink';

interface KeyFactsProps {
  row: KeyRow;
  detail: KeyDetail;
  nowMs: number;
  canReadConnections: boolean;
}

function Untold({ children, reason }: { children: string; reason?: string | undefined }) {
  return (
    <span className="text-muted" title={reason}>
      {children}
    </span>
  );
}

function LastUsed({ row, detail, nowMs }: KeyFactsProps) {
  const { lastUsedDay } = detail;
  const dayMs = lastUsedDay === null ? null : Date.parse(`${lastUsedDay}T00:00:00Z`);
  if (row.lastUsedAtMs !== null && (dayMs === null || row.lastUsedAtMs >= dayMs)) {
    return <RelativeTime at={row.lastUsedAtMs} now={nowMs} />;
  }
  if (dayMs === null) return <Untold>no use known</Untold>;
  return <span title="The last UTC day with requests">{formatDayYear(dayMs)}, UTC day</span>;
}

function Created({ row, detail }: KeyFactsProps) {
  const { createdAt } = row.connection.capabilities;
  if (row.createdAtMs !== null) return <>{formatDateTime(row.createdAtMs)}</>;
  return (
    <Untold reason={createdAt.can ? undefined : createdAt.reason}>
      {`not told; first seen ${formatDayYear(detail.firstSeenAt)}`}
    </Untold>
  );
}

function Expires({ row }: KeyFactsProps) {
  const { expiryReadable } = row.connection.capabilities;
  if (row.expiresAtMs !== null) return <>{formatDateTime(row.expiresAtMs)}</>;
  return expiryReadable.can ? <>never</> : <Untold reason={expiryReadable.reason}>not told</Untold>;
}

function Labels({ labels }: Pick<KeyDetail, 'labels'>) {
  const entries = Object.entries(labels);
  if (entries.length === 0) return <Untold>none</Untold>;
  return (
    <ul className="flex flex-wrap justify-end gap-1">
      {entries.map(([name, value]) => (
        <li key={name} className="rounded-tag bg-sunk px-1.5 text-xs [overflow-wrap:anywhere]">
          {value ? `${name} = ${value}` : name}
        </li>
      ))}
    </ul>
  );
}

function placeOf({ row }: KeyFactsProps): { label: string; value: ReactNode }[] {
  const { containers } = row.connection.capabilities;
  if (containers === null) return [];
  const label = containers === 'workspace' ? 'Workspace' : 'Group';
  return [{ label, value: row.container?.name ?? <Untold>none</Untold> }];
}

function ownershipOf({ row }: KeyFactsProps): { label: string; value: ReactNode }[] {
  return [
    {
      label: 'Team',
      value: row.team ? (
        <Link href={`/teams/${row.team.id}`} prefetch={false} className={linkClasses}>
          {row.team.name}
        </Link>
      ) : (
        <Untold>no team</Untold>
      ),
    },
    { label: 'Owner', value: row.owner?.name ?? <span className="text-warn">No owner</span> },
  ];
}

function originOf(props: KeyFactsProps): { label: string; value: ReactNode }[] {
  const { row, detail, canReadConnections } = props;
  const { connection } = row;
  const { maskedLabel } = connection.capabilities;
  return [
    {
      label: 'Provider',
      value: (
        <span className="inline-flex items-center gap-1.5">
          <ProviderMark initial={connection.initial} />
          {connection.providerName}
        </span>
      ),
    },
    {
      label: 'Connection',
      value: canReadConnections ? (
        <Link href={`/connections/${connection.id}`} prefetch={false} className={linkClasses}>
          {connection.name}
        </Link>
      ) : (
        connection.name
      ),
    },
    ...placeOf(props),
    {
      label: 'Secret begins and ends',
      value: row.label ? (
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{row.label}</span>
      ) : (
        <Untold reason={maskedLabel.can ? undefined : maskedLabel.reason}>not told</Untold>
      ),
    },
    {
      label: 'External\u00a0id',
      value: (
        <span className="flex min-w-0 items-center justify-end gap-1">
          <span className="truncate font-mono text-xs" title={detail.externalId}>
            {detail.externalId}
          </span>
          <CopyButton
            value={detail.externalId}
            label="Copy the external id"
            size="icon"
            variant="ghost"
            className="-my-1.5"
          />
        </span>
      ),
    },
  ];
}

/** What is known of a key; what its provider does not tell says so. */
export function KeyFacts(props: KeyFactsProps) {
  const { row, detail } = props;
  const { permissions } = detail;
  return (
    <KeyValueList
      className="rounded-panel"
      items={[
        ...ownershipOf(props),
        ...originOf(props),
        { label: 'Creator', value: row.creator ?? <Untold>not known</Untold> },
        { label: 'Created', value: <Created {...props} /> },
        { label: 'Expires', value: <Expires {...props} /> },
        { label: 'Last used', value: <LastUsed {...props} /> },
        ...(permissions
          ? [
              {
                label: 'Permissions',
                value: `completions ${permissions.completions}, manage ${permissions.manage}`,
              },
            ]
          : []),
        ...(row.connection.capabilities.labels.can
          ? [{ label: 'Labels', value: <Labels labels={detail.labels} /> }]
          : []),
      ]}
    />
  );
}
