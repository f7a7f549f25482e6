import { addUsd, compareUsd, type Usd, ZERO_USD } from '../money/usd';
import type { Stack } from './bound';
import { leftOf, ownBound } from './what-binds';

export type LeftInAll = {
  /** What the keys can still spend together as things stand; null when nothing known stops one of them. */
  readonly left: Usd | null;
  /** How many of them nothing known stops. */
  readonly open: number;
  /** It may be less: something above them, or what was used of it, is not known. */
  readonly isAtMost: boolean;
};

type Item = { readonly left: Usd | null; readonly pools: ReadonlySet<string> };

function lower(a: Usd | null, b: Usd): Usd {
  return a === null || compareUsd(b, a) < 0 ? b : a;
}

function itemOf(stack: Stack): Item {
  const own = ownBound(stack);
  const alone = [...(own ? [own] : []), ...stack.above.filter(({ pool }) => pool === null)];
  const left =
    stack.limit.kind === 'blocked'
      ? ZERO_USD
      : alone.reduce<Usd | null>((least, bound) => lower(least, leftOf(bound)), null);
  return { left, pools: new Set(stack.above.flatMap(({ pool }) => pool ?? [])) };
}

function merge(items: readonly Item[], most: Usd): Item {
  const sum = items.some(({ left }) => left === null)
    ? null
    : addUsd(ZERO_USD, ...items.flatMap(({ left }) => left ?? []));
  const [first, ...rest] = items.map(({ pools }) => pools);
  const pools = new Set([...(first ?? [])].filter((pool) => rest.every((other) => other.has(pool))));
  return { left: lower(sum, most), pools };
}

/**
 * What several keys can still spend together at this moment: each no more than its own, all that draw on one budget no
 * more than that has left. Exact while budgets lie within one another; otherwise never too low.
 */
export function leftInAll(stacks: readonly Stack[]): LeftInAll {
  const lefts = new Map(
    stacks.flatMap(({ above }) =>
      above.flatMap((bound) => (bound.pool === null ? [] : [[bound.pool, leftOf(bound)] as const])),
    ),
  );
  let items: Item[] = stacks.map(itemOf);
  const sizeOf = (pool: string) => items.filter(({ pools }) => pools.has(pool)).length;
  const ordered = [...lefts]
    .map(([pool, left]) => ({ pool, left, size: sizeOf(pool) }))
    .sort((a, b) => a.size - b.size);
  for (const { pool, left } of ordered) {
    const drawing = items.filter(({ pools }) => pools.has(pool));
    if (drawing.length === 0) continue;
    items = [...items.filter(({ pools }) => !pools.has(pool)), merge(drawing, left)];
  }
  const open = stacks.filter((stack) => stack.limit.kind === 'unlimited' && stack.above.length === 0).length;
  const isAtMost = stacks.some(
    ({ limit, used, above, notKnown }) =>
      notKnown.length > 0 ||
      above.some((bound) => bound.used === null) ||
      (limit.kind === 'capped' && used === null),
  );
  const isOpen = items.some(({ left }) => left === null);
  return {
    left: isOpen ? null : addUsd(ZERO_USD, ...items.flatMap(({ left }) => left ?? [])),
    open,
    isAtMost,
  };
}
