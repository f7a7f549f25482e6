import 'server-only';
import { z } from 'zod';
import type { KeyStop } from '@/lib/domain/hand-over/hand-over-view';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { compareUsd } from '@/lib/domain/money/usd';
import { requirePermission, type ServerContext } from '../context';
import { AppError } from '../errors';
import { type LoadedKey, limitSettingOf, loadKey } from '../keys/load-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { updateKeyLimit } from '../keys/update-key-limit';

const staleFacts = z.object({
  current: z.object({ limit: limitSchema, includeByokInLimit: z.boolean().nullable() }),
});

/** Disables a key, or caps it at the lowest amount where its provider cannot, through the ordinary verbs. */
export async function stopKey(
  context: ServerContext,
  { keyId, reason }: { readonly keyId: number; readonly reason: string },
): Promise<KeyStop> {
  requirePermission(context, 'keys.update');
  try {
    const loaded = await loadKey(context, 'keys.update', keyId);
    const { key, capabilities } = loaded;
    if (key.deletedAt || key.goneAt) return { kind: 'gone' };
    if (!capabilities.disable.can) return await capKey(context, loaded, limitSettingOf(key), reason);
    if (key.isDisabled) return { kind: 'stopped_before' };
    await setKeyDisabled(context, { keyId, isDisabled: true, reason });
    return { kind: 'disabled' };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'failed', why: error.message };
    throw error;
  }
}

function isStopped(limit: Limit, lowest: Extract<Limit, { kind: 'capped' }>): boolean {
  if (limit.kind === 'capped') {
    return limit.period === lowest.period && compareUsd(limit.amount, lowest.amount) <= 0;
  }
  return limit.kind === 'blocked';
}

async function capKey(
  context: ServerContext,
  { key, capabilities }: LoadedKey,
  seen: LimitSetting,
  reason: string,
  isSecondTry = false,
): Promise<KeyStop> {
  const amount = capabilities.lowestCap;
  const limit = { kind: 'capped' as const, amount, period: capabilities.limitPeriods[0] };
  if (isStopped(seen.limit, limit)) return { kind: 'stopped_before' };
  try {
    await updateKeyLimit(context, { keyId: key.id, seen, limit: capped(amount, limit.period), reason });
    return { kind: 'capped', amount };
  } catch (error) {
    // Someone changed the limit at the provider's own console: what is there now counts.
    const facts =
      error instanceof AppError && error.code === 'stale' ? staleFacts.safeParse(error.facts) : null;
    if (!facts?.success || isSecondTry) throw error;
    const loaded = await loadKey(context, 'keys.update', key.id);
    return capKey(context, loaded, facts.data.current, reason, true);
  }
}
