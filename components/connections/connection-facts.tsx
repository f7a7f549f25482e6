import Link from 'next/link';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Money } from '@/components/ui/money';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { formatPlural } from '@/lib/utils/format-number';
import { ConnectionState, keyTailText } from './connection-table-row';

function Balance({ connection, now }: { connection: ConnectionView; now: number }) {
  const { balance, balanceAt, capabilities } = connection;
  if (!capabilities.balance.can) return <span className="text-muted">{capabilities.balance.reason}</span>;
  return (
    <>
      <Money amount={balance} />
      {balance !== null && balanceAt ? (
        <span className="text-muted">
          {' '}
          · <RelativeTime at={balanceAt} now={now} />
        </span>
      ) : null}
    </>
  );
}

/** What a connection is: its account, address and key, never the key itself. */
export function ConnectionFacts({ connection, now }: { connection: ConnectionView; now: number }) {
  return (
    <KeyValueList
      className="rounded-panel"
      items={[
        { label: 'State', value: <ConnectionState state={connection.state} /> },
        { label: 'Account', value: connection.accountName ?? <span className="text-muted">not told</span> },
        {
          label: 'Keys',
          value: (
            <Link href={`/keys?connection=${connection.id}`} className="hover:underline">
              {formatPlural(connection.keyCount, 'key')}
            </Link>
          ),
        },
        { label: 'Balance', value: <Balance connection={connection} now={now} /> },
        {
          label: 'Base URL',
          value: <span className="break-all font-mono text-xs">{connection.baseUrl}</span>,
        },
        { label: 'Management key', value: keyTailText(connection) },
      ]}
    />
  );
}
