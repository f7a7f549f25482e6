import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Meter } from '@/components/ui/meter';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { LimitedKey } from '@/lib/domain/overview/key-attention';
import { formatDateTime, formatDay } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPercent } from '@/lib/utils/format-number';
import { limitText } from '@/lib/words/limit-words';

function Ending({ limitedKey }: { limitedKey: LimitedKey }) {
  const { isUsedUp, runsOutAt } = limitedKey;
  if (isUsedUp) return <Badge tone="bad">Used up</Badge>;
  if (runsOutAt === null) return <span className="text-muted">Lasts to its reset</span>;
  return (
    <time dateTime={runsOutAt} title={formatDateTime(runsOutAt)} className="font-semibold text-warn">
      {formatDay(runsOutAt)}
    </time>
  );
}

function Reset({ at }: { at: string | null }) {
  if (at === null) return <span className="text-muted">Never</span>;
  return (
    <time dateTime={at} title={formatDateTime(at)} className="text-muted">
      {formatDay(at)}
    </time>
  );
}

/** Keys by how soon their limit stops them. */
export function LimitList({ keys }: { keys: readonly LimitedKey[] }) {
  return (
    <Table cards aria-label="Keys close to their limit">
      <THead>
        <Tr>
          <Th>Key</Th>
          <Th>Limit</Th>
          <Th>Used</Th>
          <Th>Runs out, UTC</Th>
          <Th align="right">Starts anew, UTC</Th>
        </Tr>
      </THead>
      <TBody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td>
              <span className="min-w-0">
                <Link
                  href={`/keys/${key.id}`}
                  className="break-all rounded-tag font-semibold underline-offset-2 hover:underline"
                >
                  {key.name}
                </Link>
                <span className="block text-muted text-xs">{`${key.team ?? 'No team'} · ${key.connection}`}</span>
              </span>
            </Td>
            <Td label="Limit">{limitText(key.limit)}</Td>
            <Td label="Used">
              <span className="flex items-center gap-2.5">
                <Meter
                  label="Limit used"
                  used={key.usedShare}
                  valueText={`${formatUsd(key.used)} of ${limitText(key.limit)} used`}
                  className="w-[90px]"
                />
                <span className="text-muted">{formatPercent(key.usedShare, { digits: 0 })}</span>
              </span>
            </Td>
            <Td label="Runs out, UTC">
              <Ending limitedKey={key} />
            </Td>
            <Td align="right" label="Starts anew, UTC">
              <Reset at={key.resetsAt} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
