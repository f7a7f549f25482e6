'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useRetryRequest } from '@/lib/client/requests';
import type { RequestView } from '@/lib/domain/requests/request-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { grantText } from '@/lib/words/request-words';

/** How far the approved wish came at the provider; it stays here until its outcome is certain. */
export function CarryOutNotice({ request }: { request: RequestView }) {
  const { state, failure, change, connectionName, proposed, triedAgainAt } = request;
  if (state === 'applied') {
    return (
      <>
        <Notice tone="ok" live="polite" title={`In effect at ${connectionName}:`}>
          {proposed ? `${grantText(proposed)}.` : ''}
        </Notice>
        {failure ? (
          <Notice tone="warn" live="polite" title="But not all of it took effect.">
            {failure}
          </Notice>
        ) : null}
      </>
    );
  }
  if (state === 'failed') {
    return (
      <Notice
        tone="bad"
        live="polite"
        title="Approved, but not in effect."
        actions={<RetryButton request={request} />}
      >
        {failure}
      </Notice>
    );
  }
  if (state !== 'approved') return null;
  if (failure) {
    return (
      <Notice
        tone="warn"
        live="polite"
        title="Approved, and not in effect yet."
        actions={<RetryButton request={request} />}
      >
        {failure}
        {triedAgainAt ? ` Keyward tries again by itself, next at ${formatDateTime(triedAgainAt)}.` : ''}
      </Notice>
    );
  }
  return (
    <Notice tone="info" live="polite" title={`Approved; ${connectionName} is being asked.`}>
      {change ? change.sentence : ''}
      {change?.incidentId ? (
        <>
          {' '}
          <Link href={`/changes#${change.incidentId}`} className="underline">
            Settle it
          </Link>
        </>
      ) : null}
    </Notice>
  );
}

function RetryButton({ request }: { request: RequestView }) {
  const retry = useRetryRequest();
  if (!request.can.retry) return null;
  return (
    <>
      <Button
        size="sm"
        pending={retry.isPending}
        pendingText="Trying…"
        onClick={() => retry.mutate({ requestId: request.id })}
      >
        Try again now
      </Button>
      {retry.error ? <span role="alert">{outcomeErrorOf(retry.error).message}</span> : null}
    </>
  );
}
