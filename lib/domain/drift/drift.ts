import { z } from 'zod';
import type { ChangeKind } from '../changes/change';
import { isSameLimit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';

export const driftKinds = ['created', 'gone', 'name', 'limit', 'state'] as const;

/** What was changed outside Keyward: the key was made or deleted, renamed, or its limit or state is another. */
export type DriftKind = (typeof driftKinds)[number];

/** What differs between two looks at a key that is there. */
export type ValueKind = Extract<DriftKind, 'name' | 'limit' | 'state'>;
export const valueKinds = ['name', 'limit', 'state'] as const satisfies readonly ValueKind[];

/** A raise that was over when someone else's limit was found: nothing was overwritten. */
const endedRaiseSchema = z.object({
  raiseId: z.string(),
  base: limitSchema,
  raised: limitSchema,
  endsAt: z.string(),
});

/** What a key is, or one part of it. Members that are not told of are left out. */
export const keyValueSchema = z.object({
  name: z.string().optional(),
  limit: limitSchema.optional(),
  isDisabled: z.boolean().optional(),
  /** ISO instant of the provider, where it tells one. */
  createdAt: z.string().nullish(),
  creator: z.string().nullish(),
  raise: endedRaiseSchema.optional(),
});
export type KeyValue = z.infer<typeof keyValueSchema>;

/** The newest change that Keyward itself made of it. */
export const lastSetSchema = z.object({
  value: keyValueSchema,
  /** ISO instant. */
  at: z.string(),
  by: z.string(),
});
export type LastSet = z.infer<typeof lastSetSchema>;

/** The members that a change of each kind moves. */
const families: Record<ValueKind, readonly ChangeKind[]> = {
  name: ['rename_key', 'create_key'],
  limit: ['set_limit', 'create_key'],
  state: ['disable_key', 'enable_key', 'create_key'],
};

export function isOfFamily(kind: ValueKind, change: ChangeKind): boolean {
  return families[kind].includes(change);
}

/** The part of a key that a difference of this kind is about. */
export function partOf(kind: ValueKind, { name, limit, isDisabled }: KeyValue): KeyValue {
  switch (kind) {
    case 'name':
      return { name };
    case 'limit':
      return { limit };
    case 'state':
      return { isDisabled };
  }
}

/** Whether two values say the same of what a difference of this kind is about; an untold part equals nothing. */
export function isSamePart(kind: ValueKind, a: KeyValue, b: KeyValue): boolean {
  switch (kind) {
    case 'name':
      return a.name !== undefined && a.name === b.name;
    case 'limit':
      return a.limit !== undefined && b.limit !== undefined && isSameLimit(a.limit, b.limit);
    case 'state':
      return a.isDisabled !== undefined && a.isDisabled === b.isDisabled;
  }
}

/** One look that found something else than the look or the change before it. */
export type Difference = {
  readonly kind: ValueKind;
  /** What Keyward last saw or set. */
  readonly was: KeyValue;
  readonly found: KeyValue;
};

export type OpenItem = { readonly lastSeen: KeyValue; readonly found: KeyValue };

export type DriftStep =
  /** Keyward's own, or nothing new. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly lastSeen: KeyValue; readonly found: KeyValue }
  | { readonly kind: 'update'; readonly found: KeyValue }
  /** It is again as it was. */
  | { readonly kind: 'resolve' };

/**
 * What a difference means. `ownWishes` are what Keyward itself may have set by now: changes on their way, of
 * unknown outcome, or that may still land late.
 */
export function stepOfDifference(
  difference: Difference,
  item: OpenItem | null,
  ownWishes: readonly KeyValue[],
): DriftStep {
  const { kind, was, found } = difference;
  if (ownWishes.some((wish) => isSamePart(kind, wish, found))) return { kind: 'none' };
  if (item === null) return { kind: 'open', lastSeen: partOf(kind, was), found: partOf(kind, found) };
  if (isSamePart(kind, item.lastSeen, found)) return { kind: 'resolve' };
  return isSamePart(kind, item.found, found)
    ? { kind: 'none' }
    : { kind: 'update', found: partOf(kind, found) };
}
