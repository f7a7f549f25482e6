import 'server-only';
import { eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable, Transaction } from '@/lib/db/client';
import { connections, handOvers, keys, users } from '@/lib/db/schema';

const senders = alias(users, 'sender');
const recipients = alias(users, 'recipient');

function selectHandOver(db: Queryable) {
  return db
    .select({
      handOver: handOvers,
      key: { id: keys.id, name: keys.name, connectionId: keys.connectionId },
      connection: { name: connections.name, provider: connections.provider },
      senderName: senders.name,
      recipientName: recipients.name,
    })
    .from(handOvers)
    .innerJoin(keys, eq(keys.id, handOvers.keyId))
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(senders, eq(senders.id, handOvers.senderId))
    .leftJoin(recipients, eq(recipients.id, handOvers.recipientId));
}

export type LoadedHandOver = Awaited<ReturnType<typeof selectHandOver>>[number];

export async function findHandOver(db: Queryable, handOverId: string): Promise<LoadedHandOver | null> {
  const [row] = await selectHandOver(db).where(eq(handOvers.id, handOverId));
  return row ?? null;
}

/** The hand-over, held until the transaction ends: of several who want it at once each waits for the one before. */
export async function lockHandOver(tx: Transaction, handOverId: string): Promise<LoadedHandOver | null> {
  await tx.select({ id: handOvers.id }).from(handOvers).where(eq(handOvers.id, handOverId)).for('update');
  return findHandOver(tx, handOverId);
}

/** What every audit row of a hand-over says of its key. */
export function auditSubjectOf({ key }: LoadedHandOver) {
  return {
    subjectKind: 'key' as const,
    subjectId: key.id,
    subjectName: key.name,
    connectionId: key.connectionId,
    keyId: key.id,
  };
}
