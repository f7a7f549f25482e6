import 'server-only';
import type { BulkWish } from '@/lib/domain/bulk/bulk-item';
import { type DriftAction, type DriftWish, whyOutdated } from '@/lib/domain/drift/drift-run';
import type { NewBulkItem } from '../bulk/insert-bulk-run';
import type { ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { limitSettingOf } from '../keys/load-key';
import { requireShown } from './decide-drift';
import { findDecidingRuns } from './deciding-runs';
import { type LoadedDrift, loadDrift } from './drift-circumstances';

type Shown = {
  readonly itemId: string;
  readonly digest: string;
  /** What was decided before, when it is tried again: it must still mean the same. */
  readonly wish?: DriftWish | undefined;
};

function wishOf(action: DriftAction, shown: Shown, found: LoadedDrift): DriftWish {
  const { row, to, raise, isUnderRotation } = found;
  return {
    ...action,
    itemId: shown.itemId,
    digest: shown.digest,
    drift: row.kind,
    was: row.lastSeen,
    found: row.found,
    to: action.decision === 'put_back' ? to : null,
    raise,
    isUnderRotation,
  };
}

/** Why nothing is decided on an item; null when something is. */
function whySkipped(
  action: DriftAction,
  shown: Shown,
  found: LoadedDrift,
  runId: string | undefined,
): string | null {
  try {
    requireShown(found.row, shown.digest);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  if (runId !== undefined) return 'Another bulk change is deciding on it.';
  if (action.decision === 'put_back') {
    if (!found.putBack.can) return found.putBack.reason;
    if (found.connection.state !== 'active') return `${found.connection.name} is ${found.connection.state}.`;
  }
  return shown.wish ? whyOutdated(shown.wish, found) : null;
}

/** What becomes of each difference, exactly as it was shown; what was decided or moved on meanwhile is skipped. */
export async function planDriftItems(
  context: ServerContext,
  action: DriftAction,
  shown: readonly Shown[],
): Promise<readonly NewBulkItem[]> {
  const itemIds = shown.map(({ itemId }) => itemId);
  const loaded = await loadDrift(context.db, itemIds);
  const deciding = await findDecidingRuns(context.db, itemIds);
  return shown.map((item): NewBulkItem => {
    const found = loaded.get(item.itemId);
    if (!found) throw notFound('difference');
    const { key } = found;
    const why = whySkipped(action, item, found, deciding.get(item.itemId));
    const wish: BulkWish | null = why === null ? wishOf(action, item, found) : null;
    const { isDisabled, teamId, ownerId } = key;
    const before = { ...limitSettingOf(key), isDisabled, teamId, ownerId };
    return { keyId: key.id, before, wish, message: why };
  });
}
