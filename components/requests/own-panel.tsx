'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { useAnswerRequest, useWithdrawRequest } from '@/lib/client/requests';
import type { RequestView } from '@/lib/domain/requests/request-view';
import { WordsForm } from './words-form';

/** What the requester may do: answer what was asked back, change the wish, or take it back. */
export function OwnPanel({ request }: { request: RequestView }) {
  const { id: requestId, can } = request;
  const [isWithdrawing, setWithdrawing] = useState(false);
  const answer = useAnswerRequest();
  const withdraw = useWithdrawRequest();
  if (isWithdrawing && can.withdraw) {
    return (
      <WordsForm
        label="Why do you withdraw it?"
        action="Withdraw request"
        needed={false}
        variant="danger"
        pending={withdraw.isPending}
        error={withdraw.error}
        onSubmit={(words) => withdraw.mutateAsync({ requestId, words })}
        onCancel={() => setWithdrawing(false)}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {can.answer ? (
        <WordsForm
          label="Your answer"
          action="Answer"
          pending={answer.isPending}
          error={answer.error}
          onSubmit={(words) => answer.mutateAsync({ requestId, words })}
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {can.edit ? <ButtonLink href={`/requests/${requestId}/edit`}>Change it…</ButtonLink> : null}
        {can.withdraw ? <Button onClick={() => setWithdrawing(true)}>Withdraw…</Button> : null}
      </div>
    </div>
  );
}
