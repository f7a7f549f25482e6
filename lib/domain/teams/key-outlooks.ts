import { type BindsWire, stackOf } from '../binds/binds-wire';
import type { Binding } from '../binds/bound';
import { whatBinds } from '../binds/what-binds';
import type { KeyRow } from '../keys/keys-table';
import type { RecentSpend } from '../keys/recent-spend';
import { usdToNumber } from '../money/usd';

const DAY_MS = 86_400_000;

/** What a key can still spend, and whether it gets to the end of that. */
export type KeyOutlook = {
  readonly row: KeyRow;
  readonly binding: Binding;
  /** Nothing is left. */
  readonly isSpent: boolean;
  /** When what is left is spent at the pace of the last days, if that is before more comes; an estimate. */
  readonly runsOutAt: Date | null;
};

type Facts = { readonly binds: BindsWire; readonly recent: RecentSpend; readonly now: Date };

/** The pace of all the given keys that draw on what binds this one. */
function paceOf(row: KeyRow, binding: Binding, rows: readonly KeyRow[], { binds, recent }: Facts): number {
  const pool = binding.kind === 'bound' ? binding.by.pool : null;
  if (pool === null) return recent.of(row.id).pace;
  const drawing = rows.filter((other) => stackOf(binds, other).above.some((bound) => bound.pool === pool));
  return drawing.reduce((sum, { id }) => sum + recent.of(id).pace, 0);
}

function outlookOf(row: KeyRow, rows: readonly KeyRow[], facts: Facts): KeyOutlook {
  const binding = whatBinds(stackOf(facts.binds, row), facts.now);
  if (binding.kind === 'blocked') return { row, binding, isSpent: true, runsOutAt: null };
  if (binding.kind !== 'bound') return { row, binding, isSpent: false, runsOutAt: null };
  if (binding.left === '0') return { row, binding, isSpent: true, runsOutAt: null };
  // A key that rests runs out of nothing, however fast others spend.
  const isUsed = facts.recent.of(row.id).pace > 0;
  const pace = isUsed ? paceOf(row, binding, rows, facts) : 0;
  const at =
    pace > 0 ? facts.now.getTime() + (usdToNumber(binding.left) / pace) * DAY_MS : Number.POSITIVE_INFINITY;
  const end = binding.until?.getTime() ?? facts.now.getTime() + 30 * DAY_MS;
  return { row, binding, isSpent: false, runsOutAt: at < end ? new Date(at) : null };
}

function order(a: KeyOutlook, b: KeyOutlook): number {
  if (a.isSpent !== b.isSpent) return a.isSpent ? -1 : 1;
  const [first, second] = [a, b].map(({ runsOutAt }) => runsOutAt?.getTime() ?? Number.POSITIVE_INFINITY);
  if (first !== second) return (first ?? 0) - (second ?? 0);
  return b.row.monthSpendNumber - a.row.monthSpendNumber || a.row.id - b.row.id;
}

/** The active keys, what is spent first, then what runs out soonest, then by what they spent this month. */
export function keyOutlooks(rows: readonly KeyRow[], facts: Facts): readonly KeyOutlook[] {
  const active = rows.filter(({ status }) => status === 'active' || status === 'blocked');
  return active.map((row) => outlookOf(row, active, facts)).sort(order);
}
