import { DAY_MS, type EmulatorClock, HOUR_MS, startOfUtcMonth } from '../shared/clock';
import type { Grain, Ledger, LedgerVisit } from '../shared/ledger';
import { NANO_PER_USD, type Nano } from '../shared/money';
import type { SpendRule } from '../shared/spend-rule';
import { ApiError } from './errors';
import type { RequestyState } from './state';
import type { RequestyKey } from './types';

/** Half-open, epoch milliseconds; all keys, deleted ones included, when `keyId` is null. */
export type UsageRange = { from: number; to: number; keyId: string | null };

export type Totals = { requests: number; spend: Nano };

const TOP_UP = 1000n * NANO_PER_USD;

/** What holds for the key at an instant: nothing goes once it is deleted or expired. */
export function ruleAt(key: RequestyKey, at: number): SpendRule {
  if (key.deletedAt !== null || (key.expiresAt !== null && key.expiresAt <= at)) return { kind: 'stopped' };
  return spendRule(key);
}

/** Requesty's rule: a monthly limit in the calendar month (UTC), 0 for none. */
function spendRule(key: RequestyKey): SpendRule {
  if (key.monthlyLimit === 0n) return { kind: 'open' };
  return { kind: 'capped', capNano: Number(key.monthlyLimit), window: 'month', countsByok: false };
}

/**
 * Every figure that the API shows, read from the one ledger. `lagHours` makes figures trail behind: nothing
 * after `now - lagHours` is seen.
 */
export class Figures {
  /** Every instant on which an expiry of a key was ever booked: a moved expiry must not revive or stop it there. */
  private readonly bookedExpiries = new Map<string, Set<number>>();

  constructor(
    readonly ledger: Ledger,
    private readonly state: RequestyState,
    private readonly clock: EmulatorClock,
  ) {
    for (const key of state.keys.values()) {
      if (key.expiresAt !== null) this.bookedExpiries.set(key.id, new Set([key.expiresAt]));
    }
  }

  add(key: RequestyKey): void {
    const rules = [{ from: key.createdAt, rule: ruleAt(key, key.createdAt) }];
    this.ledger.addKey({ id: key.id, createdAt: key.createdAt, demand: 'none', rules });
  }

  /** Books what the key's limit, expiry or deletion now mean; the past is never rewritten. */
  changed(key: RequestyKey): void {
    const now = this.clock.now().getTime();
    const booked = this.bookedExpiries.get(key.id) ?? new Set<number>();
    if (key.expiresAt !== null) this.bookedExpiries.set(key.id, booked.add(key.expiresAt));
    for (const at of [now, ...booked]) {
      if (at >= now) this.ledger.setRule(key.id, at, ruleAt(key, at));
    }
  }

  monthSpend(keyId: string, lagHours = 0): Nano {
    const now = this.clock.now();
    const seen = new Date(now.getTime() - lagHours * HOUR_MS);
    if (seen < startOfUtcMonth(now)) return 0n;
    return this.ledger.windows(keyId, seen).month.costNano;
  }

  monthSpendByGroup(lagHours = 0): Map<string, Nano> {
    return this.monthSpendBy((key) => key.groupId, lagHours);
  }

  monthSpendByUser(lagHours = 0): Map<string, Nano> {
    return this.monthSpendBy((key) => key.createdBy, lagHours);
  }

  /** What each user's keys of the group spent this month. */
  groupSpendByUser(groupId: string, lagHours = 0): Map<string, Nano> {
    return this.monthSpendBy((key) => (key.groupId === groupId ? key.createdBy : null), lagHours);
  }

  maySpend(key: RequestyKey): boolean {
    return this.ledger.maySpend(key.id, this.clock.now());
  }

  /** One request at list price, whose permission was checked before; returns its price. */
  request(
    key: RequestyKey,
    modelId: string,
    tokens: { promptTokens: number; completionTokens: number },
  ): Nano {
    const price = this.ledger.request(key.id, this.clock.now(), modelId, tokens);
    if (price === null) throw new ApiError(412, 'Reached monthly spend limit for API key');
    return price;
  }

  /** What is left of the deposits. An organization that tops up by itself never falls below its floor. */
  balance(): Nano {
    const { deposited, topsUpBelow } = this.state.organization;
    const left = deposited - this.ledger.total(this.clock.now()).costNano;
    if (topsUpBelow === null || left >= topsUpBelow) return left;
    return left + ((topsUpBelow - left) / TOP_UP + 1n) * TOP_UP;
  }

  /** Visits what was used in the range, in hour or day buckets. */
  visit(range: UsageRange, grain: Grain, lagHours: number, each: LedgerVisit): void {
    const now = this.clock.now().getTime() - lagHours * HOUR_MS;
    const to = Math.min(range.to, now + DAY_MS);
    if (to <= range.from) return;
    const keyIds = range.keyId === null ? [...this.state.keys.keys()] : [range.keyId];
    this.ledger.visit({ keyIds, from: range.from, to, now, grain }, each);
  }

  sum(range: UsageRange, lagHours = 0): Totals {
    const totals: Totals = { requests: 0, spend: 0n };
    this.visit(range, 'day', lagHours, ({ cells }) => {
      totals.requests += cells.requests;
      totals.spend += BigInt(cells.costNano);
    });
    return totals;
  }

  private monthSpendBy(ownerOf: (key: RequestyKey) => string | null, lagHours: number): Map<string, Nano> {
    const sums = new Map<string, Nano>();
    for (const key of this.state.keys.values()) {
      const owner = ownerOf(key);
      if (owner !== null) sums.set(owner, (sums.get(owner) ?? 0n) + this.monthSpend(key.id, lagHours));
    }
    return sums;
  }
}
