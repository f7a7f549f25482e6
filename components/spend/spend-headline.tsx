import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Change } from '@/components/ui/change';
import { Money } from '@/components/ui/money';
import { comparedAmount, comparedShare, isComparable, type SpendView } from '@/lib/domain/spend/spend-view';
import { formatPlural } from '@/lib/utils/format-number';
import { forecastText, rangeText } from '@/lib/words/spend-words';

function Figure({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="font-semibold text-lg">{children}</dd>
    </div>
  );
}

function unreadDays(view: SpendView): number {
  return [...view.states].filter((mark) => mark === 'm' || mark === 'p').length;
}

/** The range's figures: what was spent, against before, and where the month will end. */
export function SpendHeadline({ view }: { view: SpendView }) {
  const { total, previous, forecast } = view;
  const estimate = forecast ? forecastText(forecast) : null;
  const unread = unreadDays(view);
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-3">
      <dl className="m-0 flex flex-wrap items-end gap-x-10 gap-y-3">
        <div>
          <dt className="text-muted text-xs">{`${rangeText({ from: view.range.from, to: view.until })}, UTC days`}</dt>
          <dd className="font-semibold text-2xl">
            <Money amount={total.spend} />
          </dd>
        </div>
        <Figure label={`vs ${rangeText(previous)}`}>
          <Change
            share={comparedShare(view, total)}
            amount={comparedAmount(view, total)}
            fallback={isComparable(view) ? 'nothing to compare' : 'not known'}
          />
        </Figure>
        {estimate ? (
          <Figure label="Month-end forecast">
            {estimate.end} <span className="font-normal text-muted">{estimate.band}</span>
          </Figure>
        ) : null}
      </dl>
      <p className="m-0 flex flex-wrap gap-2">
        {view.states.endsWith('t') ? <Badge>Today is not final</Badge> : null}
        {unread > 0 ? <Badge tone="warn">{`${formatPlural(unread, 'day')} not read whole`}</Badge> : null}
        {previous.unknownDays > 0 ? (
          <Badge tone="warn">{`${formatPlural(previous.unknownDays, 'day')} of ${rangeText(previous)} not read whole`}</Badge>
        ) : null}
      </p>
    </div>
  );
}
