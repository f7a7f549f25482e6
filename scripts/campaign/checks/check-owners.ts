import { candidatesOf } from '../operations';
import type { TrueKey } from '../vendor';
import { type Evidence, isApplied, type KeyRow, type Side } from './evidence';

/**
 * Every live key that Keyward made belongs to a settled change or is in an open incident, and none whose secret
 * nobody saw can spend.
 */
export function checkOwners(evidence: Evidence): void {
  for (const side of evidence.sides) {
    const made = new Set(
      side.effects.filter(({ op, by }) => op === 'create' && by === 'api').map(({ key }) => key),
    );
    for (const key of side.truth) {
      if (key.deletedAt === null && made.has(key.externalId)) checkKey(evidence, side, key);
    }
  }
}

/** These tell that the key was stopped; the key may not live on behind them. */
const toldOnly: ReadonlySet<string> = new Set(['hand_over_expired', 'secret_not_seen']);
/** A deletion that is taken back must not let the key work by itself. */
function isUndo(wish: unknown): boolean {
  return typeof wish === 'object' && wish !== null && 'deleteAfter' in wish;
}

const reopening: ReadonlySet<string> = new Set(['enable_key', 'set_limit']);

function checkKey(evidence: Evidence, side: Side, key: TrueKey): void {
  const { tally, seenSecrets } = evidence.world;
  const name = `${side.vendor.name} ${key.name} (${key.externalId})`;
  const row = side.mirror.find(({ externalId }) => externalId === key.externalId);
  const creation = evidence.changes.find(
    (change) =>
      change.kind === 'create_key' && isApplied(change) && row !== undefined && change.keyId === row.id,
  );
  const asked = openQuestion(evidence, key, row?.id ?? null);
  if (!creation && !asked)
    tally.violate('every live key has an owner', `${name} belongs to no settled change`);
  if (seenSecrets.has(key.secret) || asked) return;
  if (isOnItsWay(evidence, row?.id) || isStopped(key)) return;
  if (row && wasReopened(evidence, side, row)) {
    tally.remarks.add('looks at keys that a person opened again though nobody holds their secret');
    return;
  }
  tally.violate(
    'no key whose secret nobody saw is live',
    `${name} ${JSON.stringify({ limit: key.limit, creation })}`,
  );
}

/** Stopped and told of, and then a person let it work again: in Keyward or at the provider's own console. */
function wasReopened(
  { incidents, changes, handOvers }: Evidence,
  side: Side,
  { id, externalId }: KeyRow,
): boolean {
  const isWithdrawn = handOvers.some((each) => each.keyId === id && !each.collectedAt && !each.sealed);
  const told = isWithdrawn || incidents.some(({ keyId, kind }) => keyId === id && toldOnly.has(kind));
  const ours = changes.some(
    (change) =>
      change.keyId === id &&
      change.requestedBy !== null &&
      reopening.has(change.kind) &&
      !isUndo(change.wish) &&
      isApplied(change),
  );
  const theirs = side.effects.some(
    ({ by, key, op }) => by === 'outside' && key === externalId && (op === 'limit' || op === 'disabled'),
  );
  return told && (ours || theirs);
}

/** Disabled, or capped at the lowest amount where that cannot be. */
function isStopped({ isUsable, isDisabled, limit }: TrueKey): boolean {
  return !isUsable || isDisabled || limit === '0.01 monthly';
}

function isOnItsWay({ handOvers, world }: Evidence, keyId: number | undefined): boolean {
  return handOvers.some(
    (each) =>
      each.keyId === keyId && each.sealed !== null && each.revokedAt === null && each.expiresAt > world.now(),
  );
}

function openQuestion({ incidents }: Evidence, key: TrueKey, keyId: number | null): boolean {
  return incidents.some(
    (incident) =>
      incident.resolvedAt === null &&
      (candidatesOf(incident.facts).includes(key.externalId) ||
        (keyId !== null && incident.keyId === keyId && !toldOnly.has(incident.kind))),
  );
}
