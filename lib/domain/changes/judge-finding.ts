import { z } from 'zod';
import { keyLabelsSchema } from '../keys/key-input';
import type { ProviderKey } from '../keys/provider-key';
import { isSameLimit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';
import { canonicalJson } from './audit-hash';
import type { ChangeKind } from './change';

/** What the provider holds, beside what was wished for and what was there before. */
export type Finding =
  | { readonly kind: 'wish' }
  | { readonly kind: 'before' }
  /** Neither: someone else's value, as it is there now. */
  | { readonly kind: 'other'; readonly current: Readonly<Record<string, unknown>> }
  /** The provider does not know the key any more. */
  | { readonly kind: 'gone' }
  /** The provider does not tell this. */
  | { readonly kind: 'unreadable' };

export type RecordedChange = {
  readonly kind: Exclude<ChangeKind, 'create_key'>;
  readonly wish: unknown;
  readonly before: unknown;
};

const settingSchema = z.object({
  limit: limitSchema,
  includeByokInLimit: z.boolean().nullable().default(null),
});
const limitWishSchema = z.object({
  limit: limitSchema.optional(),
  includeByokInLimit: z.boolean().optional(),
});
const nameSchema = z.object({ name: z.string() });
const stateSchema = z.object({ isDisabled: z.boolean() });
const labelsSchema = z.object({ labels: keyLabelsSchema });
const expirySchema = z.object({ expiresAt: z.string().nullable() });

/** The finding when the wished-for, earlier and present values can be compared as they stand. */
function compare(wish: unknown, before: unknown, current: Readonly<Record<string, unknown>>): Finding {
  const now = canonicalJson(current);
  if (now === canonicalJson(wish)) return { kind: 'wish' };
  return now === canonicalJson(before) ? { kind: 'before' } : { kind: 'other', current };
}

function judgeLimit(change: RecordedChange, found: ProviderKey): Finding {
  const wish = limitWishSchema.parse(change.wish);
  const before = settingSchema.parse(change.before);
  const byok = found.includeByokInLimit ?? before.includeByokInLimit;
  // Only what was edited counts: the other half may be anyone's.
  const holds = (limit: typeof before.limit | undefined, include: boolean | null | undefined) =>
    (wish.limit === undefined || limit === undefined || isSameLimit(found.limit, limit)) &&
    (wish.includeByokInLimit === undefined || (byok ?? false) === (include ?? false));
  if (holds(wish.limit, wish.includeByokInLimit)) return { kind: 'wish' };
  if (holds(before.limit, before.includeByokInLimit)) return { kind: 'before' };
  return { kind: 'other', current: { limit: found.limit, includeByokInLimit: byok } };
}

function judgeExpiry(change: RecordedChange, found: ProviderKey): Finding {
  if (found.expiresAt === undefined) return { kind: 'unreadable' };
  const instant = (value: unknown) => {
    const { expiresAt } = expirySchema.parse(value);
    return { expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
  };
  return compare(instant(change.wish), instant(change.before), {
    expiresAt: found.expiresAt?.toISOString() ?? null,
  });
}

/** Compares what a look found (null: the provider does not know the key) with the wish and with what was before. */
export function judgeFinding(change: RecordedChange, found: ProviderKey | null): Finding {
  if (change.kind === 'delete_key') return { kind: found === null ? 'wish' : 'before' };
  if (found === null) return { kind: 'gone' };
  switch (change.kind) {
    case 'set_limit':
      return judgeLimit(change, found);
    case 'rename_key':
      return compare(nameSchema.parse(change.wish), nameSchema.parse(change.before), { name: found.name });
    case 'disable_key':
    case 'enable_key':
      return compare(stateSchema.parse(change.wish), stateSchema.parse(change.before), {
        isDisabled: found.isDisabled,
      });
    case 'set_labels':
      if (found.labels === undefined) return { kind: 'unreadable' };
      return compare(labelsSchema.parse(change.wish), labelsSchema.parse(change.before), {
        labels: found.labels,
      });
    case 'set_expiry':
      return judgeExpiry(change, found);
  }
}
