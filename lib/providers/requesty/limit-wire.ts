import { capped, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { isPositiveUsd, parseUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import { ProviderError } from '../provider-error';
import type { KeyRow } from './wire';

/**
 * At Requesty 0 is no limit, and zero money may be told as null or not at all. Null when the amount cannot be read.
 * Nothing is ever read as blocked.
 */
export function readLimit(value: KeyRow['monthly_limit']): Limit | null {
  const amount = parseUsd(value ?? 0);
  if (amount === ZERO_USD) return UNLIMITED;
  return amount !== null && isPositiveUsd(amount) ? capped(amount, 'monthly') : null;
}

/**
 * A decimal text, as the vendor's own client sends. Throws `unsupported` on blocked and on another period than
 * monthly, `invalid_request` on a cap of zero or less: on the wire either would be no limit at all.
 */
export function writeLimit(limit: Limit): Usd {
  switch (limit.kind) {
    case 'unlimited':
      return ZERO_USD;
    case 'blocked':
      throw new ProviderError('unsupported', 'set limit');
    case 'capped':
      if (limit.period !== 'monthly') throw new ProviderError('unsupported', 'set limit');
      if (!isPositiveUsd(limit.amount)) throw new ProviderError('invalid_request', 'set limit');
      return limit.amount;
  }
}
