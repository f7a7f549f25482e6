'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useApproveRequest, useAskBackRequest, useDeclineRequest } from '@/lib/client/requests';
import type { RequestView } from '@/lib/domain/requests/request-view';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { grantText } from '@/lib/words/request-words';
import { type Less, LessFields, type LimitGrant, readLess, toLess } from './less-fields';
import { WordsForm } from './words-form';

type Mode = 'whole' | 'less' | 'ask_back' | 'decline';

function limitGrantOf(grant: Grant | null): LimitGrant | null {
  return grant?.kind === 'limit' || grant?.kind === 'new_key' ? grant : null;
}

interface DecisionPanelProps {
  request: RequestView;
  /** Tells the page what is being typed, so that its evidence speaks of it. */
  onConsider: (grant: Grant | null) => void;
}

/** The approver's choices; what each button does stands on it. */
export function DecisionPanel({ request, onConsider }: DecisionPanelProps) {
  const { id: requestId, proposed, wished, can } = request;
  const [mode, setMode] = useState<Mode>('whole');
  const [less, setLess] = useState<Less | null>(null);
  const askBack = useAskBackRequest();
  const decline = useDeclineRequest();
  const whole = limitGrantOf(wished);
  const current = request.evidence?.key?.limit ?? null;
  const cut = mode === 'less' && less && whole ? readLess(less, whole, current) : null;

  function open(next: Mode) {
    setMode(next);
    setLess(next === 'less' && whole ? toLess(limitGrantOf(proposed) ?? whole) : null);
    onConsider(null);
  }

  function change(values: Partial<Less>) {
    if (!less || !whole) return;
    const next = { ...less, ...values };
    setLess(next);
    const read = readLess(next, whole, current);
    onConsider('grant' in read ? read.grant : null);
  }

  const words = {
    ask_back: { label: 'What do you need to know?', action: 'Ask back', mutation: askBack },
    decline: { label: 'Why not? The requester reads this.', action: 'Decline', mutation: decline },
  };
  if (mode === 'ask_back' || mode === 'decline') {
    const { label, action, mutation } = words[mode];
    return (
      <WordsForm
        key={mode}
        label={label}
        action={action}
        variant={mode === 'decline' ? 'danger' : 'primary'}
        pending={mutation.isPending}
        error={mutation.error}
        onSubmit={(text) => mutation.mutateAsync({ requestId, words: text }).then(() => open('whole'))}
        onCancel={() => open('whole')}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {less && whole ? (
        <LessFields
          less={less}
          whole={whole}
          current={current}
          fault={cut && 'fault' in cut ? cut.fault : undefined}
          onChange={change}
        />
      ) : null}
      <ApproveButtons
        request={request}
        grant={mode === 'less' ? (cut && 'grant' in cut ? cut.grant : null) : proposed}
        onLess={whole && mode === 'whole' && can.approve ? () => open('less') : null}
        onAsItIs={mode === 'less' ? () => open('whole') : null}
      >
        {can.askBack ? <Button onClick={() => open('ask_back')}>Ask back…</Button> : null}
        {can.decline ? <Button onClick={() => open('decline')}>Decline…</Button> : null}
      </ApproveButtons>
    </div>
  );
}

interface ApproveButtonsProps {
  request: RequestView;
  grant: Grant | null;
  onLess: (() => void) | null;
  onAsItIs: (() => void) | null;
  /** The other choices, beside these. */
  children: ReactNode;
}

function ApproveButtons({ request, grant, onLess, onAsItIs, children }: ApproveButtonsProps) {
  const approve = useApproveRequest();
  const { can, kind } = request;
  if (!can.approve) return <div className="flex flex-wrap gap-2">{children}</div>;

  async function submit() {
    if (!grant) return;
    const { state } = await approve.mutateAsync({
      requestId: request.id,
      basisNumber: request.basisNumber,
      grant,
    });
    if (state === 'applied') toast(`${request.title}: in effect at ${request.connectionName}.`);
  }

  const what = grant && (kind === 'limit' || kind === 'new_key') ? ` ${grantText(grant)}` : '';
  return (
    <>
      {approve.error ? (
        <Notice tone="warn" live="assertive" title="Nothing was approved.">
          {outcomeErrorOf(approve.error).message}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          className="max-w-full whitespace-normal max-sm:h-auto max-sm:min-h-9 max-sm:py-1"
          disabled={grant === null}
          pending={approve.isPending}
          pendingText="Approving and carrying out…"
          onClick={() => void submit().catch(() => undefined)}
        >
          Approve{what}
        </Button>
        {onLess ? <Button onClick={onLess}>Less…</Button> : null}
        {onAsItIs ? <Button onClick={onAsItIs}>As asked for</Button> : null}
        {children}
      </div>
    </>
  );
}
