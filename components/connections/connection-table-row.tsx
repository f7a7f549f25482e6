import Link from 'next/link';
import { ProviderMark } from '@/components/layout/provider-mark';
import { Badge } from '@/components/ui/badge';
import { Money } from '@/components/ui/money';
import { Td, Tr } from '@/components/ui/table';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { generationWords, providerWords } from '@/lib/domain/connections/provider-kind';
import { formatDayYear } from '@/lib/utils/format-date';
import { formatCount } from '@/lib/utils/format-number';
import { ReadButton } from './read-button';
import { ReadLine } from './read-line';

interface ConnectionTableRowProps {
  connection: ConnectionView;
  canRead: boolean;
  now: number;
}

/** `…a1b2, set 20 Nov 2026`. */
export function keyTailText({ keyTail, keySetAt }: Pick<ConnectionView, 'keyTail' | 'keySetAt'>): string {
  return `…${keyTail}, set ${formatDayYear(keySetAt)}`;
}

export function ConnectionState({ state }: Pick<ConnectionView, 'state'>) {
  return state === 'active' ? <Badge tone="ok">Active</Badge> : <Badge tone="warn">Paused</Badge>;
}

export function ConnectionTableRow({ connection, canRead, now }: ConnectionTableRowProps) {
  const about = [
    providerWords[connection.provider].name,
    generationWords[connection.generation],
    connection.accountName,
  ];
  return (
    <Tr>
      <Td>
        <div className="flex min-w-0 items-center gap-2.5">
          <ProviderMark initial={providerWords[connection.provider].initial} size="md" />
          <div className="min-w-0">
            <Link
              href={`/connections/${connection.id}`}
              className="break-words font-semibold hover:underline"
            >
              {connection.name}
            </Link>
            <p className="text-muted text-xs">{about.filter(Boolean).join(' · ')}</p>
          </div>
        </div>
      </Td>
      <Td label="State">
        <ConnectionState state={connection.state} />
      </Td>
      <Td label="Keys" align="right">
        {formatCount(connection.keyCount)}
      </Td>
      <Td label="Balance" align="right">
        <Money amount={connection.balance} />
      </Td>
      <Td label="Management key" className="whitespace-nowrap text-muted text-xs">
        {keyTailText(connection)}
      </Td>
      <Td className="py-2">
        <div className="flex flex-col gap-1">
          <ReadLine kind="keys" read={connection.keysRead} now={now} />
          <ReadLine kind="usage" read={connection.usageRead} now={now} />
        </div>
      </Td>
      <Td align="right">{canRead ? <ReadButton connection={connection} /> : null}</Td>
    </Tr>
  );
}
