import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { textOfLimit } from '../limit-text';
import { type Evidence, tellChange } from './evidence';

/** No raise outlives its end: it is over, and its limit is not what the provider holds, unless somebody is asked. */
export function checkRaises(evidence: Evidence): void {
  const { tally, now } = evidence.world;
  for (const raise of evidence.raises) {
    const told = `raise ${raise.id} of key ${raise.keyId}, ${raise.state}, ends ${raise.endsAt.toISOString()}`;
    const isDue = raise.endsAt <= now();
    if (isDue && raise.endedAt === null) {
      tally.violate('no raise outlives its end', `${told}, tried ${raise.attempts} times: ${raise.failure}`);
    }
    if (raise.state === 'ended' && isStillRaised(evidence, raise) && !isReported(evidence, raise)) {
      const own = evidence.changes.filter(({ keyId, kind }) => keyId === raise.keyId && kind === 'set_limit');
      const asked = evidence.incidents.filter(({ keyId }) => keyId === raise.keyId).map(({ kind }) => kind);
      tally.violate(
        'no raise outlives its end',
        `${told}, ended ${raise.endedAt?.toISOString()}: its limit still holds; incidents: ${asked.join(', ')}; ${JSON.stringify(raise)}\n    ${own.map(tellChange).join('\n    ')}`,
      );
    }
  }
}

/** A person is asked about a limit that took effect late, or decides on it as drift. */
function isReported({ incidents, drift }: Evidence, { keyId }: Evidence['raises'][number]): boolean {
  return (
    incidents.some(
      (each) => each.keyId === keyId && each.kind === 'late_effect' && each.resolvedAt === null,
    ) || drift.some((each) => each.keyId === keyId && each.kind === 'limit' && each.decidedAt === null)
  );
}

function isStillRaised({ sides, raises }: Evidence, raise: Evidence['raises'][number]): boolean {
  const raised = textOfLimit(limitSchema.parse(raise.raisedLimit));
  const isHeldByOther = raises.some(
    (other) =>
      other.keyId === raise.keyId &&
      other.endedAt === null &&
      textOfLimit(limitSchema.parse(other.raisedLimit)) === raised,
  );
  if (isHeldByOther) return false;
  return sides.some(({ mirror, truth }) => {
    const row = mirror.find(({ id }) => id === raise.keyId);
    const key = row && truth.find(({ externalId }) => externalId === row.externalId);
    return key?.deletedAt === null && key.limit === raised;
  });
}
