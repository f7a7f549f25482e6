import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { Countdown } from '@/components/ui/countdown';
import { Meter } from '@/components/ui/meter';
import { EmptyState } from '@/components/ui/states';
import type { KeyOutlook } from '@/lib/domain/teams/key-outlooks';
import { formatDay } from '@/lib/utils/format-date';
import { bindingSentence } from '@/lib/words/binds-words';
import { limitText, usedText } from '@/lib/words/limit-words';

interface KeyOutlookListProps {
  label: string;
  outlooks: readonly KeyOutlook[];
  now: Date;
  /** Whether the person may ask for more. */
  canAsk: boolean;
}

function LimitMeter({ row }: Pick<KeyOutlook, 'row'>) {
  const { limit, used } = row;
  if (limit.kind !== 'capped' || used === null)
    return <p className="m-0 text-muted text-xs">{limitText(limit)}</p>;
  const text = usedText(limit, used, row.isMonthShared);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <Meter
        label={`Limit used by ${row.name}`}
        used={row.usedShare}
        valueText={text}
        className="w-[220px]"
      />
      <span className="text-muted text-xs">{text}</span>
    </div>
  );
}

function State({ outlook: { isSpent, runsOutAt } }: { outlook: KeyOutlook }) {
  if (isSpent) return <Badge tone="bad">Nothing left</Badge>;
  return runsOutAt ? <Badge tone="warn">Runs out on {formatDay(runsOutAt)}</Badge> : null;
}

/** Keys with what is left of each, until when, and what stops it first. */
export function KeyOutlookList({ label, outlooks, now, canAsk }: KeyOutlookListProps) {
  if (outlooks.length === 0) {
    return (
      <EmptyState title="No active keys yet" className="py-8">
        Keys that an admin gives to this team will be listed here.
      </EmptyState>
    );
  }
  return (
    <ul aria-label={label} className="m-0 list-none rounded-panel border border-line bg-panel p-0">
      {outlooks.map((outlook) => {
        const { row, binding } = outlook;
        return (
          <li
            key={row.id}
            className="flex items-start gap-3 border-line border-b px-3.5 py-3 last:border-b-0 max-sm:flex-col"
          >
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <p className="m-0 flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={`/keys/${row.id}`}
                  prefetch={false}
                  className="break-words rounded-tag font-semibold hover:underline"
                >
                  {row.name}
                </Link>
                <span className="text-muted text-xs">{row.connection.name}</span>
                {row.raise ? <Countdown at={row.raise.endsAtMs} now={now.getTime()} label="Raised" /> : null}
                <State outlook={outlook} />
              </p>
              <LimitMeter row={row} />
              <p className="m-0 text-sm">{bindingSentence(binding, now, null)}</p>
            </div>
            {canAsk ? (
              <ButtonLink
                size="sm"
                href={`/requests/new?key=${row.id}`}
                prefetch={false}
                aria-label={`Ask for more for ${row.name}`}
                className="max-sm:h-9 max-sm:w-full"
              >
                Ask for more
              </ButtonLink>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
