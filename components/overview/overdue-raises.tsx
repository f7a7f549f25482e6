import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import type { Need } from '@/lib/domain/overview/overview-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

/** Over everything else: limits that are still higher than they should be. */
export function OverdueRaises({ needs }: { needs: readonly Need[] }) {
  const overdue = needs.filter((need) => need.kind === 'raise_overdue');
  if (overdue.length === 0) return null;
  return (
    <Notice tone="bad" live="assertive" title={`${formatPlural(overdue.length, 'raise')} overdue.`}>
      Keyward keeps trying to set the limits back.
      <ul className="mt-1">
        {overdue.map((need) => (
          <li key={need.raiseId}>
            <Link
              href={`/keys/${need.keyId}`}
              prefetch={false}
              className="rounded-tag font-semibold underline"
            >
              {need.keyName}
            </Link>{' '}
            at {need.connection}, since {formatDateTime(need.at)}. {need.why}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
