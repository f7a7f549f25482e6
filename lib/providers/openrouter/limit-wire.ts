import { BLOCKED, capped, isSameLimit, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { compareUsd, isPositiveUsd, parseUsd, type Usd } from '@/lib/domain/money/usd';
import { limitPeriodSchema } from '@/lib/domain/periods/limit-period-schema';
import { ProviderError } from '../provider-error';
import type { KeyRow } from './wire';

/** At OpenRouter null is no limit and 0 lets nothing be spent. Null when the limit cannot be expressed. */
export function readLimit({ limit, limit_reset }: Pick<KeyRow, 'limit' | 'limit_reset'>): Limit | null {
  if (limit === null) return UNLIMITED;
  const amount = parseUsd(limit);
  if (amount === null) return null;
  if (!isPositiveUsd(amount)) return BLOCKED;
  const period = limitPeriodSchema.safeParse(limit_reset ?? 'total');
  return period.success ? capped(amount, period.data) : null;
}

export type LimitWire = { readonly limit: number | null; readonly limit_reset: string | null };

/** Throws `invalid_request` on a cap that is not above zero or that a JSON number cannot hold. */
export function writeLimit(limit: Limit): LimitWire {
  switch (limit.kind) {
    case 'unlimited':
      return { limit: null, limit_reset: null };
    case 'blocked':
      return { limit: 0, limit_reset: null };
    case 'capped':
      return {
        limit: numberOf(limit.amount),
        limit_reset: limit.period === 'total' ? null : limit.period,
      };
  }
}

/**
 * Only what differs. A limit that is no cap may stand with any reset at OpenRouter, so from or to one of those
 * both are sent.
 */
export function writeLimitChange(from: Limit, to: Limit): Partial<LimitWire> {
  const wire = writeLimit(to);
  if (from.kind !== 'capped' || to.kind !== 'capped' || isSameLimit(from, to)) return wire;
  if (from.period === to.period) return { limit: wire.limit };
  return compareUsd(from.amount, to.amount) === 0 ? { limit_reset: wire.limit_reset } : wire;
}

function numberOf(amount: Usd): number {
  const number = Number(amount);
  if (number > 0 && parseUsd(number) === amount) return number;
  throw new ProviderError('invalid_request', 'set limit');
}
