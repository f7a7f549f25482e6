import Link from 'next/link';
import { Change } from '@/components/ui/change';
import { Money } from '@/components/ui/money';
import { ShareBar } from '@/components/ui/share-bar';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { ratioUsd } from '@/lib/domain/money/usd';
import { writeIds } from '@/lib/domain/spend/spend-query';
import { comparedShare, isComparable, type SpendSeries, type SpendView } from '@/lib/domain/spend/spend-view';
import { formatUsd } from '@/lib/utils/format-money';
import { rangeText } from '@/lib/words/spend-words';

function hrefOf({ member }: SpendSeries): string {
  return member ? `/spend?by=key&team=${writeIds([member.id])}` : '/spend';
}

/** This month by team: the first lines of the spend page. */
export function TeamSpend({ spend }: { spend: SpendView }) {
  const previous = `vs ${rangeText(spend.previous)}`;
  const largest = spend.series.reduce((most, series) => Math.max(most, Number(series.spend)), 0);
  return (
    <Table cards aria-label="Spend this month by team">
      <THead>
        <Tr>
          <Th>Team</Th>
          <Th align="right">Spend</Th>
          <Th>Share</Th>
          <Th align="right">{previous}</Th>
          {spend.forecast ? <Th align="right">Month-end forecast</Th> : null}
        </Tr>
      </THead>
      <TBody>
        {spend.series.map((series, at) => (
          <Tr key={series.member?.id ?? 'others'}>
            <Td>
              <Link
                href={hrefOf(series)}
                className="rounded-tag font-semibold underline-offset-2 hover:underline"
              >
                {series.label}
              </Link>
            </Td>
            <Td align="right" label="Spend">
              <Money amount={series.spend} className="font-semibold" />
            </Td>
            <Td label="Share">
              <ShareBar
                share={ratioUsd(series.spend, spend.total.spend) ?? 0}
                width={largest > 0 ? Number(series.spend) / largest : 0}
                color={`var(--series-${series.member ? Math.min(at + 1, 6) : 6})`}
              />
            </Td>
            <Td align="right" label={previous}>
              <Change share={comparedShare(spend, series)} fallback={isComparable(spend) ? 'new' : '–'} />
            </Td>
            {series.forecast ? (
              <Td align="right" label="Month-end forecast">
                {formatUsd(series.forecast.monthEnd, { digits: 0 })}
              </Td>
            ) : null}
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
