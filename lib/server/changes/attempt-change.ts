import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ServerContext } from '../context';
import { toChangeError } from './change-failure';
import type { ChangeFacts } from './change-row';
import { whileRunning } from './lease';
import type { AppliedChange, PlannedChange } from './planned-change';
import { isCertain, recordApplied, recordFailure, recordPlan, recordSent } from './record-change';
import { type Look, settleInCall } from './settle-in-call';
import { settleLate } from './settle-late';
import type { Verdict } from './verdict';

export type Attempt<Result> =
  | { readonly kind: 'applied'; readonly applied: AppliedChange<Result> }
  /** The answer was lost; what looking at the provider told within the time that a person waits. */
  | { readonly kind: 'looked'; readonly changeId: string; readonly verdict: Verdict };

/**
 * Plans and audits a write, sends it outside any transaction, then commits the outcome, the mirror and its audit
 * row together; a lost answer is looked at with `look`. Throws the refusal of what surely did not happen.
 */
export async function attemptChange<Result>(
  context: ServerContext,
  change: PlannedChange<Result>,
  look: Look,
): Promise<Attempt<Result>> {
  const provider = await context.providers.open(change.connection);
  const changeId = randomUUID();
  const facts: ChangeFacts = {
    changeId,
    kind: change.kind,
    connectionId: change.connection.id,
    keyId: change.key?.id ?? null,
    keyName: change.key?.name ?? String(change.wish.name ?? ''),
    before: change.before,
    reason: change.reason,
  };
  if (change.key) await settleLate(context, change.key.id, change.kind);
  return whileRunning(context, changeId, async () => {
    await recordPlan(context, facts, change);
    await recordSent(context, changeId);
    let result: Result;
    try {
      result = await change.send(provider.writes);
    } catch (error) {
      await recordFailure(context, facts, error);
      if (isCertain(error)) throw toChangeError(error, change.connection.name, changeId);
      return { kind: 'looked', changeId, verdict: await settleInCall(context, changeId, look) };
    }
    const keyId = await recordApplied(context, facts, change, result);
    return { kind: 'applied', applied: { changeId, keyId, result } };
  });
}
