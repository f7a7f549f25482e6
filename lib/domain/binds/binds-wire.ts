import type { Limit } from '../limits/limit';
import type { Usd } from '../money/usd';
import type { Bound, NotKnown, Stack } from './bound';

/**
 * What stands above keys, by key. Most keys share what stands above them, so the sets stand once: a key without a set
 * of its own has its workspace's or group's, and else its connection's.
 */
export type BindsWire = {
  readonly bounds: readonly Bound[];
  readonly stacks: readonly { readonly bounds: readonly number[]; readonly notKnown: readonly NotKnown[] }[];
  readonly ofConnection: Readonly<Record<number, number>>;
  readonly ofContainer: Readonly<Record<number, number>>;
  readonly ofKey: Readonly<Record<number, number>>;
  /** What a key has used of the one budget above it that counts each key apart. */
  readonly usedAlone: Readonly<Record<number, Usd | null>>;
};

export type BoundKey = {
  readonly id: number;
  readonly connection: { readonly id: number };
  readonly container: { readonly id: number } | null;
  readonly limit: Limit;
  readonly used: Usd | null;
};

/** All that can stop a key, from what came with the table of keys. */
export function stackOf(wire: BindsWire, key: BoundKey): Stack {
  const place =
    wire.ofKey[key.id] ??
    (key.container === null ? undefined : wire.ofContainer[key.container.id]) ??
    wire.ofConnection[key.connection.id];
  const stack = place === undefined ? undefined : wire.stacks[place];
  const above = (stack?.bounds ?? []).flatMap((at): Bound[] => {
    const bound = wire.bounds[at];
    if (!bound) return [];
    return [bound.pool === null ? { ...bound, used: wire.usedAlone[key.id] ?? null } : bound];
  });
  return { limit: key.limit, used: key.used, above, notKnown: stack?.notKnown ?? [] };
}
