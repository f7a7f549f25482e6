'use client';

import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/layout/page-frame';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { connectionReadsQuery } from '@/lib/client/reads';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import type { ReadHistoryView } from '@/lib/domain/connections/read-history';
import { formatDuration } from '@/lib/utils/format-date';
import { historyCountText } from './read-history-words';
import { ReadLine } from './read-line';
import { readKindWords, readStateWords } from './read-words';

interface ConnectionReadsProps {
  connection: ConnectionView;
  initial: readonly ReadHistoryView[];
  now: number;
}

/** How the reads stand, and the last ones with how they ended. */
export function ConnectionReads({ connection, initial, now }: ConnectionReadsProps) {
  const { data: history } = useQuery({
    ...connectionReadsQuery(connection.id),
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  const past = history.filter((read) => read.state !== 'running');
  return (
    <Panel>
      <h2 className="mb-2 font-semibold text-base">Reads</h2>
      <div className="flex flex-col gap-1.5">
        <ReadLine kind="keys" read={connection.keysRead} now={now} />
        <ReadLine kind="usage" read={connection.usageRead} now={now} />
      </div>
      {past.length === 0 ? null : (
        <details className="mt-3 border-line border-t pt-3" open={past.some((read) => read.failure !== null)}>
          <summary className="font-semibold text-muted text-xs">
            Last {past.length === 1 ? 'read' : `${past.length} reads`}
          </summary>
          <ol className="mt-1 divide-y divide-line">
            {past.map((read) => (
              <HistoryRow key={read.id} read={read} now={now} />
            ))}
          </ol>
        </details>
      )}
    </Panel>
  );
}

function HistoryRow({ read, now }: { read: ReadHistoryView; now: number }) {
  const { label, tone } = readStateWords[read.state];
  const took = read.finishedAt === null ? null : Date.parse(read.finishedAt) - Date.parse(read.startedAt);
  return (
    <li className="py-1.5">
      <div className="flex flex-wrap items-center gap-x-2 text-sm">
        <span className="w-12">{readKindWords[read.kind]}</span>
        <Badge tone={tone}>{label}</Badge>
        <span className="text-muted text-xs">{historyCountText(read)}</span>
        <span className="ml-auto text-muted text-xs">
          <RelativeTime at={read.startedAt} now={now} />
          {took === null ? null : ` · took ${took < 1000 ? 'under 1 s' : formatDuration(took)}`}
        </span>
      </div>
      {read.failure ? <p className="mt-0.5 text-muted text-xs">{read.failure}</p> : null}
      {read.requestedBy ? <p className="text-muted text-xs">Asked for by {read.requestedBy}</p> : null}
    </li>
  );
}
