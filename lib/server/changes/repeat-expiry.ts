import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { changes, keys } from '@/lib/db/schema';
import { nameChange, settlementWords } from '@/lib/domain/changes/change-words';
import { ProviderError } from '@/lib/providers/provider-error';
import type { ServerContext } from '../context';
import { failureOf } from './change-failure';
import { factsOf, type LoadedChange } from './change-row';
import { recordSettlement } from './record-settlement';
import type { Verdict } from './verdict';

const wishSchema = z.object({ expiresAt: z.iso.datetime().nullable() });
const failureSchema = z.object({ repeatedAt: z.string().optional() }).loose();

/**
 * Requesty never tells an expiry, so its lost write cannot be settled by looking. Setting the same instant twice
 * is the same as once: it is sent once more, never a third time, also not after a restart. When that answer is
 * lost too, a person is asked to set it again.
 */
export async function repeatExpiry(
  context: ServerContext,
  change: LoadedChange & { readonly key: NonNullable<LoadedChange['key']> },
): Promise<Verdict> {
  const { row, key, connection } = change;
  const failure = failureSchema.catch({}).parse(row.failure);
  if (failure.repeatedAt !== undefined) return giveUp(context, change);
  const at = context.now();
  await context.db
    .update(changes)
    .set({ failure: { ...failure, repeatedAt: at.toISOString() } })
    .where(eq(changes.id, row.id));
  const expiresAt = wishSchema.parse(row.wish).expiresAt;
  const provider = await context.providers.open(connection);
  try {
    await provider.writes.updateKey(key.externalId, {
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    });
  } catch (error) {
    if (!isPassing(error)) return giveUp(context, change, failureOf(error));
    // Surely not sent: the one repetition is still to come.
    await context.db.update(changes).set({ failure }).where(eq(changes.id, row.id));
    return { kind: 'open', isReached: false, why: 'The provider does not take calls right now.' };
  }
  const words = settlementWords.repeated;
  await recordSettlement(context, change, {
    state: 'settled_applied',
    words,
    after: { expiresAt },
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ expiresAt: expiresAt === null ? null : new Date(expiresAt), writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      return key.id;
    },
  });
  return { kind: 'applied', keyId: key.id, words };
}

function isPassing(error: unknown): boolean {
  return error instanceof ProviderError && (error.kind === 'unavailable' || error.kind === 'rate_limited');
}

async function giveUp(
  context: ServerContext,
  change: LoadedChange,
  failure: Readonly<Record<string, unknown>> | null = null,
): Promise<Verdict> {
  const facts = factsOf(change);
  const words = settlementWords.notTold;
  await recordSettlement(context, change, {
    state: 'abandoned',
    words,
    incident: {
      kind: 'outcome_not_told',
      title: `It cannot be told whether ${nameChange(facts.kind, facts.keyName)} took effect. Set it again.`,
      facts: { why: words, wish: change.row.wish, failure },
    },
  });
  return { kind: 'abandoned', words };
}
