import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { incidents } from '@/lib/db/schema';
import type { decideLostCreateSchema } from '@/lib/domain/changes/change-input';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { ProviderError } from '@/lib/providers/provider-error';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { closeIncidentsOf } from '../incidents/open-incident';
import { requireActive } from '../keys/load-key';
import { toReadError } from './change-failure';
import { type LoadedChange, loadChange } from './change-row';
import { whileRunning } from './lease';
import { settleOrphan } from './look-at-create';
import { recordSettlement } from './record-settlement';

const factsSchema = z.object({ candidates: z.array(z.object({ externalId: z.string() })) });

async function findCandidates(context: ServerContext, changeId: string): Promise<readonly string[]> {
  const [asked] = await context.db
    .select({ facts: incidents.facts })
    .from(incidents)
    .where(
      and(
        eq(incidents.changeId, changeId),
        eq(incidents.kind, 'create_ambiguous'),
        isNull(incidents.resolvedAt),
      ),
    );
  if (!asked) throw new AppError('conflict', 'This question was answered already.');
  return factsSchema.parse(asked.facts).candidates.map(({ externalId }) => externalId);
}

/**
 * A person's answer about a create whose answer was lost: the key that came from it, whose secret nobody saw, is
 * removed; or none of the candidates did, and nothing is touched. Throws `conflict` when it was answered already.
 */
export async function decideLostCreate(
  context: ServerContext,
  input: z.output<typeof decideLostCreateSchema>,
): Promise<void> {
  requirePermission(context, 'keys.delete');
  const { changeId, externalId } = input;
  const candidates = await findCandidates(context, changeId);
  const change = await loadChange(context.db, changeId);
  if (externalId === null) {
    await settleAsNone(context, change);
    return;
  }
  if (!candidates.includes(externalId))
    throw invalidField('externalId', 'Choose one of the keys in question.');
  requireActive(change.connection);
  const provider = await context.providers.open(change.connection);
  const found = await provider.reads.getKey(externalId).catch((error: unknown) => {
    if (error instanceof ProviderError && error.kind === 'not_found') {
      throw new AppError('stale', 'This key is gone meanwhile. Look at the others again.');
    }
    throw toReadError(error, change.connection.name);
  });
  await whileRunning(context, changeId, () => settleOrphan(context, change, found));
}

async function settleAsNone(context: ServerContext, change: LoadedChange): Promise<void> {
  const words = `${settlementWords.notCreated} ${context.actor.name} said so.`;
  if (change.row.state === 'unknown') {
    await recordSettlement(context, change, { state: 'settled_not_applied', words });
    return;
  }
  await withTransaction(context, (tx) => closeIncidentsOf(tx, context, change.row.id, words));
}
