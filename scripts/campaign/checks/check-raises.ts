import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { textOfLimit } from '../limit-text';
import type { Evidence } from './evidence';

/** No raise outlives its end: it is over, and its limit is not what the provider holds, unless somebody is asked. */
export function checkRaises(evidence: Evidence): void {
  const { tally, now } = evidence.world;
  for (const raise of evidence.raises) {
    const told = `raise ${raise.id} of key ${raise.keyId}, ${raise.state}, ends ${raise.endsAt.toISOString()}`;
    const isDue = raise.endsAt <= now();
    if (isDue && raise.endedAt === null) {
      tally.violate('no raise outlives its end', `${told}, tried ${raise.attempts} times: ${raise.failure}`);
    }
    if (raise.state === 'ended' && isStillRaised(evidence, raise)) {
      tally.violate('no raise outlives its end', `${told}: it is said to be over, and its limit still holds`);
    }
  }
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
