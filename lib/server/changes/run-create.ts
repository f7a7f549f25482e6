import 'server-only';
import type { CreatedProviderKey } from '@/lib/providers/port';
import type { ServerContext } from '../context';
import { attemptChange } from './attempt-change';
import { toVerdictError } from './change-failure';
import { lookAtCreate } from './look-at-create';
import type { AppliedChange, PlannedChange } from './planned-change';

/** The first and two more: a provider that loses three answers in a row is left alone. */
const MAX_TRIES = 3;

/**
 * The one way to create a key at a provider. After a lost answer the provider is looked at: a key that was not
 * made is made anew, one that was made (its secret nobody saw) is removed and a fresh one made, each on record
 * under the first try. Only here, where someone waits for the secret: a recovered create is never made anew.
 * Throws like `runChange`.
 */
export async function runCreate(
  context: ServerContext,
  change: PlannedChange<CreatedProviderKey>,
): Promise<AppliedChange<CreatedProviderKey>> {
  let { parentId } = change;
  for (let tries = 1; ; tries += 1) {
    const attempt = await attemptChange(context, { ...change, parentId }, lookAtCreate);
    if (attempt.kind === 'applied') return attempt.applied;
    const { changeId, verdict } = attempt;
    const isSettled = verdict.kind === 'applied' || verdict.kind === 'not_applied';
    if (!isSettled || tries === MAX_TRIES) {
      throw toVerdictError(
        verdict.kind === 'applied' ? { kind: 'not_applied', words: verdict.words } : verdict,
        { id: changeId, kind: 'create_key', keyName: String(change.wish.name ?? '') },
      );
    }
    parentId ??= changeId;
  }
}
