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
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useCreateRequest } from '@/lib/client/requests';
import { type RequestKind, requestKinds } from '@/lib/domain/requests/request';
import type { RequestFormView } from '@/lib/domain/requests/request-view';
import { grantText } from '@/lib/words/request-words';
import { NeedsNotice } from './needs-notice';
import { emptyDraft, needsOfDraft, type RequestDraft, readDraft, teamOfDraft } from './request-draft';
import { RequestEvidence } from './request-evidence';
import { WishFields } from './wish-fields';

const kindLabels: Record<RequestKind, string> = {
  limit: 'Limit',
  new_key: 'New key',
  enable_key: 'Enable',
  take_over: 'Take over',
};

/** The verb's field names, and where they stand in the form. */
const places: Readonly<Record<string, keyof RequestDraft>> = {
  'wish.change': 'amountText',
  'wish.limit': 'amountText',
  'wish.until': 'untilDay',
  'wish.name': 'name',
  'wish.keyName': 'keyName',
  'wish.keyId': 'kind',
  'wish.connectionId': 'connectionId',
  'wish.teamId': 'teamId',
  reason: 'reason',
};

function errorsOf(failure: unknown): Partial<Record<keyof RequestDraft, string>> {
  const told = failure ? (outcomeErrorOf(failure).fieldErrors ?? {}) : {};
  return Object.fromEntries(
    Object.entries(told).flatMap(([path, [message]]) => {
      const place = places[path];
      return place && message ? [[place, message]] : [];
    }),
  );
}

interface RequestFormProps {
  form: RequestFormView;
  kind: RequestKind;
}

/** Asks, with the evidence that the approver will see, and says while typing what the wish would need. */
export function RequestForm({ form, kind }: RequestFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => emptyDraft(form, kind));
  const [isTried, setTried] = useState(false);
  const create = useCreateRequest();
  const read = readDraft(draft, form);
  const needs = needsOfDraft(draft, form);
  const refused = errorsOf(create.error);
  const typed = isTried && read.fault ? { [read.fault.field]: read.fault.message } : {};
  const missing = isTried && draft.reason.trim() === '' ? { reason: 'Say why.' } : {};
  const errors = { ...refused, ...typed, ...missing };
  const isKeyNeeded = draft.kind !== 'new_key';
  const otherRequest = create.error ? outcomeErrorOf(create.error).facts?.requestId : undefined;

  function change(values: Partial<RequestDraft>) {
    create.reset();
    setDraft((before) => ({ ...before, ...values }));
  }

  async function submit() {
    setTried(true);
    if (read.wish === null || draft.reason.trim() === '') return;
    const wish = read.wish;
    const { requestId } = await create.mutateAsync({ wish, reason: draft.reason });
    router.push(`/requests/${requestId}`);
  }

  const verb = needs?.approvals === 0 ? 'Set' : 'Ask for';
  const what = draft.kind === 'limit' && read.grant ? ` ${grantText(read.grant)}` : '';
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
        <Field group label="What do you ask for?" error={errors.kind}>
          <Segmented
            value={draft.kind}
            onValueChange={(next) => change({ kind: next })}
            options={requestKinds.map((value) => ({ value, label: kindLabels[value] }))}
          />
        </Field>
        {isKeyNeeded ? (
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
        ) : null}
        <WishFields form={form} draft={draft} onChange={change} errors={errors} />
        {needs ? <NeedsNotice needs={needs} approvers={form.otherApprovers} /> : null}
        <Field label="Why" error={errors.reason} hint="The approver reads it first.">
          <Textarea
            rows={3}
            value={draft.reason}
            maxLength={500}
            onChange={({ target }) => change({ reason: target.value })}
          />
        </Field>
        {create.error && Object.keys(refused).length === 0 ? (
          <Notice tone="bad" live="assertive" title="Nothing was asked for.">
            {outcomeErrorOf(create.error).message}
          </Notice>
        ) : null}
        {typeof otherRequest === 'string' ? (
          <ButtonLink href={`/requests/${otherRequest}`}>Open that request</ButtonLink>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          pending={create.isPending}
          pendingText="Asking…"
        >
          {draft.kind === 'limit' && read.grant ? `${verb}${what}` : 'Ask'}
        </Button>
      </form>
      {isKeyNeeded && form.key ? (
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
