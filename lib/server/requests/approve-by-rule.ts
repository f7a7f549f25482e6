import 'server-only';
import type { Transaction } from '@/lib/db/client';
import type { Needs } from '@/lib/domain/requests/decide-needs';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { needsText } from '@/lib/words/request-words';
import type { ServerContext } from '../context';
import { carryLeaseEnd } from './carry-lease';
import type { FreshBasis } from './load-basis';
import { addEvent, auditRequest, lockRequest, updateRequest } from './request-row';

const DAY_MS = 86_400_000;

/** When nobody can decide any more: after the rules' time, and never later than what is asked for would last. */
export function lapseOf(context: ServerContext, { basis, standing }: FreshBasis, grant: Grant): Date {
  const ends = [grant.kind === 'limit' ? grant.until : null, basis.newKey?.expiresAt ?? null];
  return new Date(
    Math.min(
      context.now().getTime() + standing.rules.lapseDays * DAY_MS,
      ...ends.flatMap((end) => (end === null ? [] : Date.parse(end))),
    ),
  );
}

/** Lets pass what the rules let pass without anybody, and says so. The caller holds the team's row. */
export async function approveByRule(
  tx: Transaction,
  context: ServerContext,
  requestId: string,
  grant: Grant,
  needs: Needs,
): Promise<void> {
  const asKeyward: ServerContext = { ...context, actor: { kind: 'system', name: 'Keyward' } };
  const loaded = await lockRequest(tx, requestId);
  const { text } = needsText(needs);
  await updateRequest(tx, requestId, {
    state: 'approved',
    granted: { grant },
    decidedAt: context.now(),
    workedUntil: carryLeaseEnd(context),
  });
  await addEvent(tx, asKeyward, loaded.request, {
    kind: 'approved_by_rule',
    words: text,
    facts: { grant, raise: needs.raise ?? '0' },
  });
  await auditRequest(tx, asKeyward, loaded, {
    action: 'request.approve_by_rule',
    after: { raise: needs.raise },
    reason: text,
  });
}
