import 'server-only';
import type { ServerContext } from '../context';
import { attemptChange } from './attempt-change';
import { toVerdictError } from './change-failure';
import { lookAtUpdate } from './look-at-update';
import type { AppliedChange, PlannedChange } from './planned-change';

export type { PlannedChange } from './planned-change';

/**
 * The one way to change or delete a key at a provider. An answer that was lost is settled by looking, a few
 * seconds at the most. Throws `conflict` while another change of the key is under way, `stale` when someone was
 * faster, `provider_refused`, `provider_unavailable` (surely not applied), or `outcome_unknown` with
 * `facts.changeId` while it is still being checked.
 */
export async function runChange(
  context: ServerContext,
  change: PlannedChange<void> & { readonly key: NonNullable<PlannedChange<void>['key']> },
): Promise<AppliedChange<void>> {
  const attempt = await attemptChange(context, change, lookAtUpdate);
  if (attempt.kind === 'applied') return attempt.applied;
  const { changeId, verdict } = attempt;
  if (verdict.kind === 'applied') return { changeId, keyId: change.key.id, result: undefined };
  throw toVerdictError(verdict, { id: changeId, kind: change.kind, keyName: change.key.name });
}
