'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Badge } from '@/components/ui/badge';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { requestQuery, useCommentOnRequest } from '@/lib/client/requests';
import { isUndecided } from '@/lib/domain/requests/request';
import type { RequestView } from '@/lib/domain/requests/request-view';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { editText } from '@/lib/words/request-edit-words';
import { grantText, requestKindWords, requestStateWords } from '@/lib/words/request-words';
import { CarryOutNotice } from './carry-out-notice';
import { DecisionPanel } from './decision-panel';
import { NeedsNotice } from './needs-notice';
import { OwnPanel } from './own-panel';
import { Part } from './part';
import { RequestEvidence } from './request-evidence';
import { RequestHistory } from './request-history';
import { SecretPanel } from './secret-panel';
import { WordsForm } from './words-form';

interface RequestPageProps {
  /** What the server drew the page with. */
  initial: RequestView;
  now: number;
}

/** An approver gave less than was asked for. */
function isCut(request: RequestView): request is RequestView & { readonly proposed: Grant } {
  const { proposed, wished } = request;
  return proposed !== null && wished !== null && grantText(proposed) !== grantText(wished);
}

function Who({ request, now }: { request: RequestView; now: number }) {
  const { evidence, keyId } = request;
  const keyName = evidence?.key?.name;
  const items = [
    { label: 'From', value: request.requesterName },
    {
      label: 'Asked for',
      value: request.wished ? grantText(request.wished) : requestKindWords[request.kind],
    },
    ...(isCut(request) ? [{ label: 'On the table', value: grantText(request.proposed) }] : []),
    ...(keyName && keyId
      ? [
          {
            label: 'Key',
            value: (
              <Link href={`/keys/${keyId}`} className="rounded-tag underline underline-offset-2">
                {keyName}
              </Link>
            ),
          },
        ]
      : []),
    { label: 'At', value: request.connectionName },
    ...request.newKey,
    { label: 'Team', value: request.teamName ?? 'none' },
    { label: 'Asked', value: <RelativeTime at={request.createdAt} now={now} /> },
    ...(isUndecided(request.state)
      ? [{ label: 'Lapses', value: <RelativeTime at={request.lapsesAt} now={now} /> }]
      : []),
  ];
  return <KeyValueList items={items} />;
}

function Standing({ request }: { request: RequestView }) {
  const { needs, approvals, approvalsNeeded, otherApprovers, wished, can } = request;
  if (!isUndecided(request.state)) return null;
  if (wished === null) {
    return (
      <Notice tone="warn" title="This cannot be fulfilled any more.">
        {request.kind === 'new_key'
          ? 'The workspace or group that the key should be in is gone. It can be changed or declined.'
          : 'The key is gone, or it has no cap that an amount could be added to. It can be declined.'}
      </Notice>
    );
  }
  return (
    <>
      <LastEdit events={request.events} />
      {needs ? <NeedsNotice needs={needs} approvers={otherApprovers + approvals} /> : null}
      {approvals > 0 ? (
        <p className="text-sm">
          {approvals} of {approvalsNeeded} approved
          {request.proposed ? `: ${grantText(request.proposed)}` : ''}.
        </p>
      ) : null}
      {can.whyNot === 'own' ? (
        <p className="text-muted text-sm">
          Nobody decides on what they asked for themselves: another admin must.
        </p>
      ) : null}
      {can.whyNot === 'already' ? (
        <p className="text-muted text-sm">You approved it. Another admin must too.</p>
      ) : null}
    </>
  );
}

/** What the requester last made of it, before anybody decides on something they remember otherwise. */
function LastEdit({ events }: Pick<RequestView, 'events'>) {
  const last = events.findLast(({ kind }) => kind === 'edited');
  if (!last) return null;
  const hasVoid = events.some(({ isVoid }) => isVoid);
  return (
    <Notice tone="warn" title={`${last.actorName} changed this since it was asked for.`}>
      {editText(last.edits)}.{hasVoid ? ' What was approved before is void.' : ''}
    </Notice>
  );
}

/** One column, made for deciding on a phone: who, what and why, the evidence, the decision, the history. */
export function RequestPage({ initial, now }: RequestPageProps) {
  const { data: request, error } = useQuery({
    ...requestQuery(initial.id),
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  const [considered, setConsidered] = useState<Grant | null>(null);
  const comment = useCommentOnRequest();
  const { label, tone } = requestStateWords[request.state];
  const { can, evidence } = request;
  const decides = can.approve || can.decline || can.askBack;
  return (
    <PageFrame
      title={request.title}
      breadcrumb={<Link href="/requests">Requests</Link>}
      meta={<Badge tone={tone}>{label}</Badge>}
    >
      <div className="flex w-full max-w-[640px] flex-col gap-5">
        {error ? (
          <Notice tone="warn" live="polite" title="This page could not be refreshed.">
            {outcomeErrorOf(error).message}
          </Notice>
        ) : null}
        <CarryOutNotice request={request} />
        {request.secret ? <SecretPanel requestId={request.id} secret={request.secret} /> : null}
        <blockquote className="whitespace-pre-line break-words border-edge border-l-2 pl-3 text-base">
          {request.reason}
        </blockquote>
        <Who request={request} now={now} />
        <Standing request={request} />
        {evidence ? (
          <RequestEvidence
            keyEvidence={evidence.key}
            team={evidence.team}
            earlier={evidence.earlier}
            grant={considered ?? request.proposed}
            now={Date.parse(request.asOf)}
          />
        ) : (
          <Notice tone="info">You do not see this key’s spend: it is not one of your teams’ keys.</Notice>
        )}
        <Part title="History">
          <RequestHistory events={request.events} now={now} />
          <WordsForm
            label="Comment"
            action="Comment"
            variant="secondary"
            pending={comment.isPending}
            error={comment.error}
            onSubmit={(words) => comment.mutateAsync({ requestId: request.id, words })}
          />
        </Part>
        {decides ? (
          <section
            aria-label="Decide"
            className="sticky bottom-0 z-10 -mx-4 border-line border-t bg-paper px-4 pt-3 pb-4"
          >
            <DecisionPanel key={request.basisNumber} request={request} onConsider={setConsidered} />
          </section>
        ) : null}
        {can.answer || can.withdraw ? <OwnPanel request={request} /> : null}
      </div>
    </PageFrame>
  );
}
