import 'server-only';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { connections, handOvers, keys, users } from '@/lib/db/schema';
import type { ListHandOversInput } from '@/lib/domain/hand-over/hand-over-input';
import { handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import type { HandOverView } from '@/lib/domain/hand-over/hand-over-view';
import { type ServerContext, teamsWithinReach } from '../context';

const MOST_ROWS = 100;

const senders = alias(users, 'sender');
const recipients = alias(users, 'recipient');
const collectors = alias(users, 'collector');

/** Hand-overs of one key, or of all within the actor's reach, newest first, a hundred at the most. */
export async function listHandOvers(
  context: ServerContext,
  input: ListHandOversInput = {},
): Promise<readonly HandOverView[]> {
  const teamIds = teamsWithinReach(context, 'keys.read');
  if (teamIds !== null && teamIds.length === 0) return [];
  const rows = await context.db
    .select({
      handOver: handOvers,
      keyName: keys.name,
      connectionName: connections.name,
      senderName: senders.name,
      recipientName: recipients.name,
      collectedByName: collectors.name,
    })
    .from(handOvers)
    .innerJoin(keys, eq(keys.id, handOvers.keyId))
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(senders, eq(senders.id, handOvers.senderId))
    .leftJoin(recipients, eq(recipients.id, handOvers.recipientId))
    .leftJoin(collectors, eq(collectors.id, handOvers.collectedBy))
    .where(
      and(
        input.keyId === undefined ? undefined : eq(handOvers.keyId, input.keyId),
        teamIds === null ? undefined : inArray(keys.teamId, [...teamIds]),
      ),
    )
    .orderBy(desc(handOvers.createdAt), desc(handOvers.id))
    .limit(MOST_ROWS);
  const now = context.now();
  return rows.map(({ handOver, senderName, ...names }) => {
    const state = handOverStateOf(handOver, now);
    return {
      ...names,
      id: handOver.id,
      keyId: handOver.keyId,
      state,
      senderName: senderName ?? 'Keyward',
      isSignInNeeded: handOver.isSignInNeeded,
      createdAt: handOver.createdAt.toISOString(),
      expiresAt: handOver.expiresAt.toISOString(),
      collectedAt: handOver.collectedAt?.toISOString() ?? null,
      revokedAt: handOver.revokedAt?.toISOString() ?? null,
      isKeyStillOpen: (state === 'revoked' || state === 'expired') && handOver.expiredAt === null,
    };
  });
}
