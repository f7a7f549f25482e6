'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { type RequestKind, requestKinds } from '@/lib/domain/requests/request';
import type { RequestFormView } from '@/lib/domain/requests/request-view';
import { grantText } from '@/lib/words/request-words';
import { NeedsNotice } from './needs-notice';
import { needsOfDraft, type RequestDraft, readDraft, teamOfDraft } from './request-draft';
import { RequestEvidence } from './request-evidence';
import { useAsk } from './use-ask';
import { WishFields } from './wish-fields';

const kindLabels: Record<RequestKind, string> = {
  limit: 'Limit',
  new_key: 'New key',
  enable_key: 'Enable',
  take_over: 'Take over',
};

interface RequestFormProps {
  form: RequestFormView;
  /** What stands in the form at first. */
  initial: RequestDraft;
  /** The request whose wish is changed; null to ask for something new. */
  requestId: string | null;
}

/** Asks, with the evidence that the approver will see, and says while typing what the wish would need. */
export function RequestForm({ form, initial, requestId }: RequestFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(initial);
  const [isTried, setTried] = useState(false);
  const { ask, refused, failure, isPending, reset } = useAsk(requestId);
  const isEdit = requestId !== null;
  const isReasonOnly = isEdit && draft.kind !== 'limit' && draft.kind !== 'new_key';
  const read = readDraft(draft, form);
  const needs = needsOfDraft(draft, form);
  const typed = isTried && read.fault && !isReasonOnly ? { [read.fault.field]: read.fault.message } : {};
  const missing = isTried && draft.reason.trim() === '' ? { reason: 'Say why.' } : {};
  const errors = { ...refused, ...typed, ...missing };
  const shown = Object.keys(refused).filter((place) => !isEdit || place !== 'kind');
  const otherRequest = failure?.facts?.requestId;

  function change(values: Partial<RequestDraft>) {
    reset();
    setDraft((before) => ({ ...before, ...values }));
  }

  async function submit() {
    setTried(true);
    const asked = await ask(draft, read);
    if (asked) router.push(`/requests/${asked.requestId}`);
  }

  const verb = needs?.approvals === 0 ? 'Set' : 'Ask for';
  const plain = isEdit ? 'Ask anew' : 'Ask';
  const what = draft.kind === 'limit' && read.grant ? `${verb} ${grantText(read.grant)}` : plain;
  return (
    <div className="flex w-full max-w-[640px] flex-col gap-5">
      <form
        noValidate
        className="flex flex-col gap-4 rounded-panel border border-line bg-panel p-4"
        onSubmit={(event) => {
          event.preventDefault();
          // Told below by the mutation's own error.
          void submit().catch(() => undefined);
        }}
      >
        {isEdit ? (
          <Notice tone="info">What was approved so far is void then: every approver looks at it anew.</Notice>
        ) : (
          <WhatFields form={form} draft={draft} error={errors.kind} onChange={change} />
        )}
        <WishFields form={form} draft={draft} onChange={change} errors={errors} isEdit={isEdit} />
        {needs ? <NeedsNotice needs={needs} approvers={form.otherApprovers} /> : null}
        <Field label="Why" error={errors.reason} hint="The approver reads it first.">
          <Textarea
            rows={3}
            value={draft.reason}
            maxLength={500}
            onChange={({ target }) => change({ reason: target.value })}
          />
        </Field>
        {failure && shown.length === 0 ? (
          <Notice tone="bad" live="assertive" title="Nothing was asked for.">
            {failure.message}
          </Notice>
        ) : null}
        {typeof otherRequest === 'string' ? (
          <ButtonLink href={`/requests/${otherRequest}`}>Open that request</ButtonLink>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={isPending} pendingText="Asking…">
            {what}
          </Button>
          {isEdit ? <ButtonLink href={`/requests/${requestId}`}>Leave it as it was</ButtonLink> : null}
        </div>
      </form>
      {draft.kind !== 'new_key' && form.key ? (
        <RequestEvidence
          keyEvidence={form.key}
          team={teamOfDraft(draft, form)}
          earlier={form.earlier}
          grant={read.grant}
          now={Date.parse(form.asOf)}
        />
      ) : null}
    </div>
  );
}

interface WhatFieldsProps {
  form: RequestFormView;
  draft: RequestDraft;
  error: string | undefined;
  onChange: (values: Partial<RequestDraft>) => void;
}

/** What is asked for, and of which key. */
function WhatFields({ form, draft, error, onChange }: WhatFieldsProps) {
  const router = useRouter();
  return (
    <>
      <Field group label="What do you ask for?" error={error}>
        <Segmented
          value={draft.kind}
          onValueChange={(next) => onChange({ kind: next })}
          options={requestKinds.map((value) => ({ value, label: kindLabels[value] }))}
        />
      </Field>
      {draft.kind === 'new_key' ? null : (
        <Field label="Key">
          <Select
            value={form.key?.id ?? ''}
            onChange={({ target }) => router.push(`/requests/new?key=${target.value}&kind=${draft.kind}`)}
          >
            <option value="">{draft.kind === 'take_over' ? 'One without a team' : 'Choose a key'}</option>
            {form.keys.map(({ id, name, connectionName }) => (
              <option key={id} value={id}>
                {name} · {connectionName}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </>
  );
}
