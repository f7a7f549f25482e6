'use client';

import { useUpdateKeyLimit } from '@/lib/client/keys';
import { fieldErrorsOf } from '@/lib/client/outcome';
import { useStartRaise, useUpdateBaseLimit } from '@/lib/client/raises';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { formatDayYear } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import type { LimitDuration } from './limit-duration';

export type LimitSeen = { readonly limit: Limit; readonly includeByokInLimit: boolean };

type Wish = {
  readonly limit: Limit;
  readonly includeByok: boolean;
  readonly reason: string;
  readonly duration: LimitDuration;
  readonly seen: LimitSeen;
};

/**
 * Saves a limit: for good, until a date, or below a raise that holds. Answers what is to be said of it; throws
 * what the verb refused.
 */
export function useSaveLimit(row: KeyRow) {
  const update = useUpdateKeyLimit();
  const raise = useStartRaise();
  const below = useUpdateBaseLimit();
  const all = [update, raise, below];
  const error = all.find((mutation) => mutation.error)?.error ?? null;

  async function save({ limit, includeByok, reason, duration, seen }: Wish): Promise<string> {
    for (const mutation of all) mutation.reset();
    if (duration.kind === 'until') {
      const endsAt = `${duration.day}T23:59:59.000Z`;
      await raise.mutateAsync({ keyId: row.id, seen, limit, endsAt, reason });
      return `${row.name}: ${limitText(limit)} until ${formatDayYear(duration.day)}.`;
    }
    if (row.raise) {
      await below.mutateAsync({ keyId: row.id, seen: row.raise.base, limit, reason });
      return `${row.name}: ${limitText(limit)} when the raise ends.`;
    }
    const canCount = row.connection.capabilities.byokInLimit.can;
    await update.mutateAsync({
      keyId: row.id,
      seen,
      ...(isSameLimit(limit, seen.limit) ? {} : { limit }),
      ...(canCount && includeByok !== seen.includeByokInLimit ? { includeByokInLimit: includeByok } : {}),
      reason,
    });
    return `${row.name}: ${limitText(limit)} now.`;
  }

  return {
    save,
    error,
    endFault: error ? fieldErrorsOf(error).endsAt?.join(' ') : undefined,
    isPending: all.some((mutation) => mutation.isPending),
  };
}
