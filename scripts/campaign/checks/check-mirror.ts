import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { limitOf } from '@/lib/server/keys/load-key';
import { textOfLimit } from '../limit-text';
import type { TrueKey } from '../vendor';
import { type Evidence, isApplied, type KeyRow, type Side, tellChange } from './evidence';

/** Every live key is known, nothing else is said to be live, and the mirror says what is true. */
export function checkMirror(evidence: Evidence): void {
  for (const side of evidence.sides) checkSide(evidence, side);
}

function checkSide(evidence: Evidence, side: Side): void {
  const { tally } = evidence.world;
  const rows = new Map(side.mirror.map((row) => [row.externalId, row]));
  for (const key of side.truth) {
    const row = rows.get(key.externalId);
    const name = `${side.vendor.name} ${key.name} (${key.externalId})`;
    if (key.deletedAt !== null) {
      if (row && !row.deletedAt && !row.goneAt)
        tally.violate('mirror equals truth', `${name} is gone, but told as live`);
      continue;
    }
    if (!row) tally.violate('every live key is known', `${name} is not in the mirror`);
    else if (row.deletedAt) tally.violate('mirror equals truth', `${name} lives, but is told as deleted`);
    else if (row.goneAt) tally.violate('mirror equals truth', `${name} lives, but is told as gone`);
    else compare(evidence, side, key, row);
  }
}

function compare(evidence: Evidence, side: Side, key: TrueKey, row: KeyRow): void {
  const isOpenRouter = side.vendor.provider === 'openrouter';
  const told: Record<string, unknown> = { name: row.name, limit: textOfLimit(limitOf(row)) };
  const truth: Record<string, unknown> = { name: key.name, limit: key.limit };
  if (isOpenRouter) {
    told.isDisabled = row.isDisabled;
    truth.isDisabled = key.isDisabled;
  }
  if (side.vendor.name === 'requesty') {
    told.labels = row.labels;
    truth.labels = key.labels;
  }
  if (isOpenRouter || !isExpiryInDoubt(evidence, row)) {
    told.expiresAt = row.expiresAt?.toISOString() ?? null;
    truth.expiresAt = key.expiresAt;
  }
  if (canonicalJson(told) === canonicalJson(truth)) return;
  const difference = `the mirror says ${JSON.stringify(told)}, the truth is ${JSON.stringify(truth)}`;
  const own = evidence.changes.filter(({ keyId }) => keyId === row.id).slice(-4);
  const last = side.effects.filter((effect) => effect.key === key.externalId).slice(-4);
  evidence.world.tally.violate(
    'mirror equals truth',
    `${side.vendor.name} ${key.externalId}: ${difference}; written ${row.writtenAt?.toISOString()}; ${JSON.stringify(last)}\n    ${own.map(tellChange).join('\n    ')}`,
  );
}

/** Requesty never tells an expiry: one whose answers were lost twice is in an incident instead. */
function isExpiryInDoubt({ changes }: Evidence, row: KeyRow): boolean {
  const expiries = changes.filter(({ keyId, kind }) => keyId === row.id && kind === 'set_expiry');
  const last = expiries.filter((change) => isApplied(change) || change.state === 'abandoned').at(-1);
  return last?.state === 'abandoned';
}
