import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { RequestState } from '@/lib/domain/requests/request';
import type { RequestSummary } from '@/lib/domain/requests/request-view';

const stateWords: Partial<Record<RequestState, string>> = {
  open: 'Waits for approval',
  asked_back: 'Asked back',
  approved: 'Being carried out',
  failed: 'Refused by the provider',
};

interface OpenRequestListProps {
  requests: readonly RequestSummary[];
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** What was asked for and is not settled yet. */
export function OpenRequestList({ requests, now }: OpenRequestListProps) {
  if (requests.length === 0) {
    return (
      <p className="m-0 rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">
        Nothing is asked for at the moment.
      </p>
    );
  }
  return (
    <ul className="m-0 list-none rounded-panel border border-line bg-panel p-0">
      {requests.map((request) => (
        <li key={request.id} className="border-line border-b px-3.5 py-2.5 last:border-b-0">
          <p className="m-0 flex flex-wrap items-center gap-x-2">
            <Link href={`/requests/${request.id}`} className="rounded-tag font-semibold hover:underline">
              {request.title}
            </Link>
            <Badge tone={request.waitsForMe ? 'warn' : 'neutral'}>
              {request.waitsForMe ? 'Waits for you' : (stateWords[request.state] ?? request.state)}
            </Badge>
          </p>
          <p className="m-0 text-muted text-xs">
            {request.requesterName} asked <RelativeTime at={request.createdAt} now={now} />
          </p>
        </li>
      ))}
    </ul>
  );
}
