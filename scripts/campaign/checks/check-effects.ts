import { z } from 'zod';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { limitText, textOfLimit } from '../limit-text';
import { candidatesOf } from '../operations';
import type { Effect } from '../vendor';
import { type ChangeRow, type Evidence, isApplied, type Side, tellChange } from './evidence';
import { wasSeenBetween } from './was-seen';

/** The same thing set to the same value on the same key. */
type Group = { readonly effects: Effect[]; readonly changes: ChangeRow[] };

const wishes = {
  create_key: z.unknown(),
  set_limit: z.object({ limit: limitSchema.optional() }),
  rename_key: z.object({ name: z.string() }),
  set_labels: z.object({ labels: z.record(z.string(), z.string()) }),
  set_expiry: z.object({ expiresAt: z.string().nullable() }),
};
const wireSchema = z.object({
  limit: z.union([z.number(), z.string()]).nullish(),
  limitReset: z.string().nullish(),
});

function valueOfEffect({ op, value }: Effect): string {
  switch (op) {
    case 'limit':
      return limitText(wireSchema.parse(value));
    case 'expiry':
      return value === null ? 'none' : new Date(Number(value)).toISOString();
    case 'create':
    case 'delete':
      return '';
    default:
      return canonicalJson(value);
  }
}

/** What a change wished for, named as its effect is; null for one without an effect of its own. */
function nameOfChange({ kind, wish }: ChangeRow): string | null {
  switch (kind) {
    case 'create_key':
      return 'create:';
    case 'set_limit': {
      const { limit } = wishes.set_limit.parse(wish);
      return limit === undefined ? null : `limit:${textOfLimit(limit)}`;
    }
    case 'rename_key':
      return `name:${canonicalJson(wishes.rename_key.parse(wish).name)}`;
    case 'disable_key':
    case 'enable_key':
      return `disabled:${kind === 'disable_key'}`;
    case 'set_labels':
      return `labels:${canonicalJson(wishes.set_labels.parse(wish).labels)}`;
    case 'set_expiry': {
      const { expiresAt } = wishes.set_expiry.parse(wish);
      return `expiry:${expiresAt === null ? 'none' : new Date(expiresAt).toISOString()}`;
    }
    case 'delete_key':
      return 'delete:';
  }
}

function groupsOf({ changes }: Evidence, side: Side): Map<string, Group> {
  const groups = new Map<string, Group>();
  const groupOf = (name: string): Group => {
    const known = groups.get(name) ?? { effects: [], changes: [] };
    groups.set(name, known);
    return known;
  };
  const external = new Map(side.mirror.map((row) => [row.id, row.externalId]));
  for (const effect of side.effects) {
    groupOf(`${effect.key} ${effect.op}:${valueOfEffect(effect)}`).effects.push(effect);
  }
  for (const change of changes) {
    const name = nameOfChange(change);
    const key = change.keyId === null ? undefined : external.get(change.keyId);
    if (change.connectionId === side.vendor.connectionId && name && key)
      groupOf(`${key} ${name}`).changes.push(change);
  }
  return groups;
}

/** Every effect at a provider has its applied change, and every applied change its effect. */
export function checkEffects(evidence: Evidence): void {
  for (const side of evidence.sides) {
    for (const [name, group] of groupsOf(evidence, side))
      checkGroup(evidence, side, `${side.vendor.name} ${name}`, group);
  }
}

function checkGroup(evidence: Evidence, side: Side, name: string, { effects, changes }: Group): void {
  const { tally } = evidence.world;
  const ours = effects.filter(({ by }) => by === 'api');
  const applied = changes.filter(isApplied);
  if (applied.length > effects.length) {
    tally.violate(
      'every applied change has its effect',
      `${name}: ${effects.length} effects for ${applied.map(tellChange).join('\n    ')}`,
    );
  }
  const excess = ours.length - applied.length;
  if (excess <= 0 || isAskedAbout(evidence, ours[0])) return;
  const excuses = changes.reduce((sum, change) => sum + countExcuses(evidence, change), 0);
  const unseen = ours.filter((effect) => !isLasting(side, effect)).length;
  if (excess <= excuses) return;
  if (excess <= excuses + unseen || wasSetAgain(applied, changes)) {
    tally.remarks.add('late effects that were overwritten before anyone could look');
    return;
  }
  const told = changes.map(tellChange).join('\n    ') || 'no change at all';
  tally.violate('every effect has its audit row', `${name}: ${JSON.stringify(ours)} for ${told}`);
}

/** A key that may have come from a lost create, and of which a person is asked. */
function isAskedAbout({ incidents }: Evidence, effect: Effect | undefined): boolean {
  if (effect?.op !== 'create') return false;
  return incidents.some(
    ({ resolvedAt, facts }) => resolvedAt === null && candidatesOf(facts).includes(effect.key),
  );
}

/** How many effects are on record as ones that may be there, or were sent a second time on purpose. */
function countExcuses({ incidents }: Evidence, { id, state, failure, kind }: ChangeRow): number {
  const repeats = kind === 'set_expiry' && canonicalJson(failure).includes('repeatedAt') ? 1 : 0;
  if (state === 'abandoned') return 1 + repeats;
  const isAsked =
    state === 'unknown' && incidents.some((each) => each.changeId === id && each.resolvedAt === null);
  return repeats + (isAsked ? 1 : 0);
}

/** A second change set the same value: whichever came last, nobody can tell the two apart by looking. */
function wasSetAgain(applied: readonly ChangeRow[], changes: readonly ChangeRow[]): boolean {
  return applied.length > 0 && changes.some(({ state }) => state === 'settled_not_applied');
}

/** Whether Keyward could have known the effect: it was read before Keyward's own next one on it, or none came. */
function isLasting(side: Side, effect: Effect): boolean {
  const next = side.effects.find(
    ({ key, op, seq }) => key === effect.key && seq > effect.seq && (op === effect.op || op === 'delete'),
  );
  return next === undefined || (next.by === 'api' && wasSeenBetween(side, effect, next));
}
