'use client';

import { outcomeErrorOf } from '@/lib/client/outcome';
import { useCreateRequest, useEditRequest } from '@/lib/client/requests';
import type { EditRequestInput } from '@/lib/domain/requests/request-wish';
import type { ReadDraft, RequestDraft } from './request-draft';

/** The verbs' field names, and where they stand in the form. */
const places: Readonly<Record<string, keyof RequestDraft>> = {
  'wish.change': 'amountText',
  'wish.limit': 'amountText',
  'wish.until': 'untilDay',
  'wish.name': 'name',
  'wish.keyName': 'keyName',
  'wish.keyId': 'kind',
  'wish.kind': 'kind',
  'wish.connectionId': 'connectionId',
  'wish.teamId': 'teamId',
  'wish.containerId': 'containerId',
  'wish.expiresAt': 'expiryDay',
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

/** What of a wish can be changed while it waits; its key and team stay. */
function toEdit({ kind }: RequestDraft, { wish }: ReadDraft): EditRequestInput['wish'] | null {
  if (kind === 'enable_key' || kind === 'take_over') return { kind };
  return wish?.kind === 'limit' || wish?.kind === 'new_key' ? wish : null;
}

/** Asks for a wish, or changes the one that waits: `requestId` names it. */
export function useAsk(requestId: string | null) {
  const create = useCreateRequest();
  const edit = useEditRequest();
  const { error, isPending, reset } = requestId === null ? create : edit;

  /** Null while something is missing. */
  async function ask(draft: RequestDraft, read: ReadDraft) {
    const { reason } = draft;
    if (reason.trim() === '') return null;
    if (requestId === null) return read.wish && create.mutateAsync({ wish: read.wish, reason });
    const wish = toEdit(draft, read);
    return wish && edit.mutateAsync({ requestId, wish, reason });
  }

  return { ask, refused: errorsOf(error), failure: error ? outcomeErrorOf(error) : null, isPending, reset };
}
