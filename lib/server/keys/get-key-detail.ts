import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { changes } from '@/lib/db/schema';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import type { KeyDetail } from '@/lib/domain/keys/key-detail';
import type { ServerContext } from '../context';
import { findLastKeysReadAt } from '../reads/find-last-keys-read-at';
import { limitSettingOf, loadKey } from './load-key';

const MOST_CHANGES = 100;
const failureSchema = z.object({ kind: z.string(), message: z.string().nullish() });

function failureText(failure: unknown): string | null {
  const parsed = failureSchema.safeParse(failure);
  return parsed.success ? (parsed.data.message ?? parsed.data.kind.replaceAll('_', ' ')) : null;
}

/** A key's facts and its latest changes; throws `not_found` beyond the actor's reach. */
export async function getKeyDetail(context: ServerContext, input: { keyId: number }): Promise<KeyDetail> {
  const { key, connection, capabilities } = await loadKey(context, 'keys.read', input.keyId);
  const rows = await context.db
    .select()
    .from(changes)
    .where(eq(changes.keyId, key.id))
    .orderBy(desc(changes.plannedAt))
    .limit(MOST_CHANGES);
  const { name: providerName, initial } = providerWords[connection.provider];
  return {
    id: key.id,
    name: key.name,
    externalId: key.externalId,
    connection: {
      id: connection.id,
      name: connection.name,
      provider: connection.provider,
      providerName,
      initial,
      state: connection.state,
      readAt: (await findLastKeysReadAt(context.db, connection.id))?.toISOString() ?? null,
      capabilities,
    },
    setting: limitSettingOf(key),
    labels: key.labels,
    permissions: key.permissions,
    firstSeenAt: key.firstSeenAt.toISOString(),
    lastSeenAt: key.lastSeenAt.toISOString(),
    goneAt: key.goneAt?.toISOString() ?? null,
    deletedAt: key.deletedAt?.toISOString() ?? null,
    changes: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      actorName: row.actorName,
      at: row.plannedAt.toISOString(),
      before: row.before,
      after: row.after,
      reason: row.reason,
      failure: failureText(row.failure),
    })),
  };
}
