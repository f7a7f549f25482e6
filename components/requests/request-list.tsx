import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { isUndecided } from '@/lib/domain/requests/request';
import type { RequestSummary } from '@/lib/domain/requests/request-view';
import { requestKindWords, requestStateWords } from '@/lib/words/request-words';

interface RequestListProps {
  requests: readonly RequestSummary[];
  now: number;
}

/** Requests, those that wait for the viewer first. */
export function RequestList({ requests, now }: RequestListProps) {
  return (
    <Table aria-label="Requests" cards>
      <THead>
        <Tr>
          <Th>Asked for</Th>
          <Th>By</Th>
          <Th>Team</Th>
          <Th>Where it stands</Th>
          <Th align="right">Asked</Th>
        </Tr>
      </THead>
      <TBody>
        {requests.map((request) => {
          const { label, tone } = requestStateWords[request.state];
          const isCounted = isUndecided(request.state) && request.approvals > 0;
          return (
            <Tr key={request.id}>
              <Td label="Asked for">
                <Link
                  href={`/requests/${request.id}`}
                  className="break-words rounded-tag font-semibold hover:underline"
                >
                  {request.title}
                </Link>
                <span className="block text-muted text-xs max-sm:hidden">
                  {requestKindWords[request.kind]}
                </span>
              </Td>
              <Td label="By">{request.requesterName}</Td>
              <Td label="Team" className="text-muted">
                {request.teamName ?? 'none'}
              </Td>
              <Td label="Where it stands">
                <span className="flex flex-wrap items-center gap-1.5">
                  <Badge tone={tone}>{label}</Badge>
                  {isCounted ? `${request.approvals} of ${request.approvalsNeeded}` : null}
                  {request.waitsForMe ? <Badge tone="warn">Waits for you</Badge> : null}
                </span>
              </Td>
              <Td label="Asked" align="right">
                <RelativeTime at={request.createdAt} now={now} />
              </Td>
            </Tr>
          );
        })}
      </TBody>
    </Table>
  );
}
