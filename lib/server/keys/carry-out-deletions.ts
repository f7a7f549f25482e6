import 'server-only';
import { and, asc, desc, eq, gte, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { changes, connections, keys, users } from '@/lib/db/schema';
import { judgeDeletion } from '@/lib/domain/keys/judge-deletion';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { parseUtcDay } from '@/lib/domain/periods/utc-day';
import { ProviderError } from '@/lib/providers/provider-error';
import { capabilitiesOf } from '@/lib/providers/registry';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { askOnce, openIncident } from '../incidents/open-incident';
import { requireSystem } from '../people/people-context';
import { deleteForGood } from './delete-for-good';
import type { LoadedKey } from './load-key';
import { findPlannedDeletion, markDeletion, NO_DELETION } from './planned-deletion';

const BUDGET_MS = 20_000;
/** After a try that the provider did not take. */
const RETRY_MS = 5 * 60_000;
/** After a refusal: what it refuses once it refuses until someone changed something. */
const REFUSED_RETRY_MS = 60 * 60_000;

type Waiting = LoadedKey & { readonly askedByName: string | null };

/** What is due, and what someone seems to have taken back outside of Keyward before its day came. */
async function listWaiting(context: ServerContext): Promise<readonly Waiting[]> {
  const rows = await context.db
    .select({ key: keys, connection: connections, askedByName: users.name })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(users, eq(users.id, keys.deleteAskedBy))
    .where(
      and(
        isNotNull(keys.deleteAfter),
        isNull(keys.deletedAt),
        or(
          eq(connections.state, 'removed'),
          and(
            eq(connections.state, 'active'),
            or(lte(keys.deleteAfter, context.now()), eq(keys.isDisabled, false), isNotNull(keys.goneAt)),
          ),
        ),
      ),
    )
    .orderBy(asc(keys.deleteAfter), asc(keys.id));
  return rows.map((row) => ({
    ...row,
    capabilities: capabilitiesOf(row.connection.provider, row.connection.generation),
  }));
}

/** Whether the last try is so recent that another is too early, or is not settled yet. */
async function isTooEarly(context: ServerContext, { key }: Waiting): Promise<boolean> {
  const now = context.now().getTime();
  const [last] = await context.db
    .select({ state: changes.state, plannedAt: changes.plannedAt })
    .from(changes)
    .where(
      and(
        eq(changes.keyId, key.id),
        eq(changes.kind, 'delete_key'),
        gte(changes.plannedAt, new Date(now - REFUSED_RETRY_MS)),
      ),
    )
    .orderBy(desc(changes.plannedAt))
    .limit(1);
  if (!last) return false;
  const pause = last.state === 'refused' ? REFUSED_RETRY_MS : RETRY_MS;
  return now - last.plannedAt.getTime() < pause;
}

/** Undefined when the provider could not be asked. */
async function readNow(
  context: ServerContext,
  { key, connection }: Waiting,
): Promise<ProviderKey | null | undefined> {
  try {
    const provider = await context.providers.open(connection);
    return await provider.reads.getKey(key.externalId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.kind === 'not_found' ? null : undefined;
  }
}

async function findLastUsedDay(context: ServerContext, keyId: number) {
  const { rows } = await context.db.execute<{ day: string | null }>(
    sql`select max(day)::text as day from usage_facts where key_id = ${keyId} and requests > 0`,
  );
  const day = rows[0]?.day ?? null;
  return day === null ? null : parseUtcDay(day);
}

/** Takes the day away and asks a person; the key stays as it is. */
async function stop(context: ServerContext, waiting: Waiting, why: string): Promise<void> {
  const { key, connection, askedByName } = waiting;
  await markDeletion(context, {
    key,
    mark: NO_DELETION,
    reason: `It was not deleted: ${why}.`,
    also: (tx) =>
      openIncident(tx, context, {
        kind: 'deletion_stopped',
        title: `“${key.name}” was to be deleted at ${connection.name}, but ${why}. It was not deleted.`,
        connectionId: connection.id,
        keyId: key.id,
        facts: {
          why: 'Delete it again, or keep it.',
          deleteAfter: key.deleteAfter?.toISOString() ?? null,
          askedBy: askedByName,
        },
      }),
  });
}

/** A refusal is told once, and tried again. */
async function remove(context: ServerContext, waiting: Waiting): Promise<boolean> {
  const { key, connection, askedByName } = waiting;
  const reason = `Its grace period is over. ${askedByName ?? 'Keyward'} asked for the deletion.`;
  try {
    await deleteForGood(context, waiting, { reason });
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error;
    if (error.code !== 'provider_refused') return false;
    await askOnce(context, {
      kind: 'deletion_refused',
      title: `${connection.name} refuses to delete “${key.name}”, which stays disabled.`,
      connectionId: connection.id,
      keyId: key.id,
      facts: { why: error.message, next: 'It is tried again every hour.' },
    });
    return false;
  }
}

/** `unreached`: the provider could not be asked, so the rest of its keys waits too. */
async function takeUp(context: ServerContext, waiting: Waiting): Promise<'deleted' | 'left' | 'unreached'> {
  const { key, connection } = waiting;
  if (connection.state === 'removed') {
    await stop(context, waiting, 'the connection was removed before');
    return 'left';
  }
  if (await isTooEarly(context, waiting)) return 'left';
  const found = await readNow(context, waiting);
  if (found === undefined) return 'unreached';
  const planned = await findPlannedDeletion(context.db, key);
  const verdict = judgeDeletion(
    {
      deleteAfter: key.deleteAfter ?? context.now(),
      askedAt: planned?.askedAt ?? null,
      lastUsedDay: await findLastUsedDay(context, key.id),
    },
    found,
    context.now(),
  );
  switch (verdict.kind) {
    case 'delete':
      return (await remove(context, waiting)) ? 'deleted' : 'left';
    case 'stop':
      await stop(context, waiting, verdict.why);
      return 'left';
    case 'gone':
      await markDeletion(context, {
        key,
        mark: NO_DELETION,
        reason: `${connection.name} does not know it any more.`,
      });
      return 'left';
    case 'wait':
      return 'left';
  }
}

/**
 * Deletes what was disabled to be deleted and whose grace period is over, each as a change of its own. To be called
 * again and again: what a provider did not take is tried again, what a stopped process left is found again. Nothing
 * is deleted early, and nothing that was used or enabled since: then an incident asks. Begins nothing new after
 * `budgetMs`. Answers how many went.
 */
export async function carryOutDeletions(
  context: ServerContext,
  { budgetMs = BUDGET_MS }: { readonly budgetMs?: number } = {},
): Promise<{ readonly deleted: number }> {
  requireSystem(context);
  const endsAt = performance.now() + budgetMs;
  const unreached = new Set<number>();
  let deleted = 0;
  for (const waiting of await listWaiting(context)) {
    if (performance.now() >= endsAt) break;
    if (unreached.has(waiting.connection.id)) continue;
    try {
      const end = await takeUp(context, waiting);
      if (end === 'deleted') deleted += 1;
      if (end === 'unreached') unreached.add(waiting.connection.id);
    } catch (error) {
      // Someone changes the key this moment: the next round looks again.
      if (error instanceof AppError && (error.code === 'conflict' || error.code === 'stale')) continue;
      log.error(
        { err: error, keyId: waiting.key.id },
        'A deletion could not be carried out; it is tried again',
      );
      unreached.add(waiting.connection.id);
    }
  }
  return { deleted };
}
