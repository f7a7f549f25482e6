import { Badge } from '@/components/ui/badge';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ReadView } from '@/lib/domain/connections/connection-view';
import { type ReadKind, readKindWords, readProgressOf, readStateWords } from './read-words';

export interface ReadLineProps {
  kind: ReadKind;
  read: ReadView;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** How one kind of read stands: its progress while it runs, else its age, and why when it is not whole. */
export function ReadLine({ kind, read, now }: ReadLineProps) {
  const label = readKindWords[kind];
  if (read.state === 'running') {
    const { value, text } = readProgressOf(kind, read);
    return <Progress label={`${label}: reading`} value={value} valueText={text} />;
  }
  const { label: state, tone } = readStateWords[read.state];
  const isWhole = read.state === 'complete';
  const at = isWhole ? (read.lastCompleteAt ?? read.finishedAt) : read.finishedAt;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-1.5">
        <span>{label}</span>
        {isWhole ? null : <Badge tone={tone}>{state}</Badge>}
        {at ? (
          <RelativeTime at={at} now={now} className="whitespace-nowrap text-muted" intervalMs={10_000} />
        ) : null}
      </p>
      {isWhole || read.state === 'never' ? null : (
        <p className="max-w-[44ch] text-muted text-xs">
          {read.failure ? `${read.failure} ` : null}
          {read.lastCompleteAt ? (
            <>
              Last read whole <RelativeTime at={read.lastCompleteAt} now={now} />.
            </>
          ) : (
            'Never read whole.'
          )}
        </p>
      )}
    </div>
  );
}
