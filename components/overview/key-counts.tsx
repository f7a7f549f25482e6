import Link from 'next/link';
import type { AttentionKind, KeyAttention } from '@/lib/domain/overview/key-attention';
import { formatCount } from '@/lib/utils/format-number';
import { attentionHref } from './key-links';

const words: readonly { kind: AttentionKind; label: string; explains: string }[] = [
  { kind: 'over80', label: '80% used or more', explains: 'of their limit' },
  { kind: 'unlimited', label: 'No limit', explains: 'nothing would stop them' },
  { kind: 'unowned', label: 'Unowned', explains: 'no team or no owner' },
  { kind: 'idle', label: 'Idle', explains: 'no use for 30 days' },
  { kind: 'expiring', label: 'Expiring', explains: 'within 14 days' },
];

/** How many keys are worth a look; each count leads to exactly these keys. */
export function KeyCounts({ attention }: { attention: KeyAttention }) {
  return (
    <ul className="m-0 list-none divide-y divide-line rounded-panel border border-line bg-panel p-0">
      {words.map(({ kind, label, explains }) => (
        <li key={kind}>
          <Link
            href={attentionHref(kind)}
            className="flex items-baseline gap-2.5 rounded-panel px-3.5 py-2.5 hover:bg-sunk"
          >
            <span className="min-w-8 text-right font-semibold text-base">
              {formatCount(attention.counts[kind])}
            </span>
            <span className="font-semibold text-sm">{label}</span>
            <span className="ml-auto text-right text-muted text-xs">{explains}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
