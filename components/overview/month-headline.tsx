import type { ReactNode } from 'react';
import { Change } from '@/components/ui/change';
import { Meter } from '@/components/ui/meter';
import { Money } from '@/components/ui/money';
import { ratioUsd } from '@/lib/domain/money/usd';
import type { KeyAttention } from '@/lib/domain/overview/key-attention';
import { comparedAmount, comparedShare, isComparable, type SpendView } from '@/lib/domain/spend/spend-view';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { formatPercent, formatPlural } from '@/lib/utils/format-number';
import { forecastText, rangeText } from '@/lib/words/spend-words';

function Figure({ label, children, note }: { label: string; children: ReactNode; note?: string | null }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="m-0 font-semibold text-lg">
        {children}
        {note ? <span className="block font-normal text-muted text-xs">{note}</span> : null}
      </dd>
    </div>
  );
}

function LimitsFigure({ attention }: { attention: KeyAttention }) {
  const { keys, used, caps, isShared } = attention.monthlyCaps;
  const share = ratioUsd(used, caps) ?? 0;
  if (keys === 0) return null;
  const whose = isShared ? ', whichever team had them' : '';
  const text = `${formatUsd(used)} of ${formatUsdShort(caps)}`;
  return (
    <Figure
      label={`Used of ${formatPlural(keys, 'monthly limit')}`}
      note={`${formatPercent(share, { digits: 0 })} of ${formatUsdShort(caps)}${whose}`}
    >
      <span className="flex h-6 items-center gap-2.5">
        <Money amount={used} />
        <Meter
          label="Monthly limits used"
          used={share}
          valueText={`${text} used, ${formatPercent(share, { digits: 0 })}`}
        />
      </span>
    </Figure>
  );
}

/** Month to date, against last month, where it will end, and against limits. */
export function MonthHeadline({ spend, attention }: { spend: SpendView; attention: KeyAttention }) {
  const { total, previous, forecast } = spend;
  const estimate = forecast ? forecastText(forecast) : null;
  const unlimited = attention.counts.unlimited;
  return (
    <dl className="m-0 flex flex-wrap items-start gap-x-10 gap-y-4">
      <div>
        <dt className="text-muted text-xs">
          {`${rangeText({ from: spend.range.from, to: spend.until })}, UTC days`}
        </dt>
        <dd className="m-0 font-semibold text-2xl">
          <Money amount={total.spend} />
          {spend.states.endsWith('t') ? (
            <span className="block font-normal text-muted text-xs">Today is not final</span>
          ) : null}
        </dd>
      </div>
      <Figure
        label={`vs ${rangeText(previous)}`}
        note={
          previous.unknownDays > 0 ? `${formatPlural(previous.unknownDays, 'day')} then not read whole` : null
        }
      >
        <Change
          share={comparedShare(spend, total)}
          amount={comparedAmount(spend, total)}
          fallback={isComparable(spend) ? 'nothing to compare' : 'not known'}
        />
      </Figure>
      {estimate ? (
        <Figure label="Month-end forecast" note="An estimate">
          {estimate.end} <span className="font-normal text-muted">{estimate.band}</span>
        </Figure>
      ) : null}
      <LimitsFigure attention={attention} />
      {unlimited > 0 ? (
        <Figure label="Spent by keys without a limit" note={formatPlural(unlimited, 'active key')}>
          <Money amount={attention.unlimitedSpend} />
        </Figure>
      ) : null}
    </dl>
  );
}
