import type { ReadHistoryView } from '@/lib/domain/connections/read-history';
import { readProgressText } from '@/lib/domain/usage/read-progress';
import { formatPercent } from '@/lib/utils/format-number';

/** How far a past read came: `1,200 keys read`, `all of the usage`, `41% of the usage`; empty when nothing is known. */
export function historyCountText({ kind, state, done, total }: ReadHistoryView): string {
  if (kind === 'keys') return done === 0 && state === 'failed' ? '' : readProgressText({ kind, done, total });
  if (state === 'complete') return 'all of the usage';
  // A partial read may have asked for everything and still not have got it.
  if (total === null || done >= total) return '';
  return `${formatPercent(done / total, { digits: 0 })} of the usage`;
}
