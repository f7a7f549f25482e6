import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { LineKey } from '@/lib/domain/rotation/rotation-view';

const standings = { live: null, deleted: 'deleted', gone: 'gone' } as const;

/** Each key that took over from the one before it, oldest first, with the way to its page. */
export function SuccessionLine({ line, keyId }: { line: readonly LineKey[]; keyId: number }) {
  return (
    <ol aria-label="Line of succession" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {line.map(({ id, name, standing }, at) => (
        <li key={id} className="flex min-w-0 items-center gap-2">
          {at > 0 ? <ArrowRight aria-label="then" className="size-3.5 shrink-0 text-muted" /> : null}
          {id === keyId ? (
            <strong aria-current="page" className="font-semibold [overflow-wrap:anywhere]">
              {name}
            </strong>
          ) : (
            <Link
              href={`/keys/${id}`}
              prefetch={false}
              className="rounded-tag underline decoration-line-strong underline-offset-2 [overflow-wrap:anywhere] hover:decoration-ink"
            >
              {name}
            </Link>
          )}
          {standings[standing] ? <span className="text-muted text-xs">{standings[standing]}</span> : null}
        </li>
      ))}
    </ol>
  );
}
