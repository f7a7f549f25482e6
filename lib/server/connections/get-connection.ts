import 'server-only';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { connections } from '@/lib/db/schema';
import { invalidField, notFound } from '../errors';
import type { ConnectionRow } from './provider-gateway';

const isKept = (connectionId: number) =>
  and(eq(connections.id, connectionId), ne(connections.state, 'removed'));

/** A connection that was not removed; throws `not_found`. */
export async function getConnection(db: Queryable, connectionId: number): Promise<ConnectionRow> {
  const [row] = await db.select().from(connections).where(isKept(connectionId));
  if (!row) throw notFound('connection');
  return row;
}

/** The same, held until the transaction ends, so that a removal at the same time comes before or after it. */
export async function lockConnection(tx: Transaction, connectionId: number): Promise<ConnectionRow> {
  const [row] = await tx.select().from(connections).where(isKept(connectionId)).for('update');
  if (!row) throw notFound('connection');
  return row;
}

/** Throws `invalid` when another connection, not removed, carries the name: people tell them apart by it. */
export async function requireFreeName(db: Queryable, name: string, exceptId?: number): Promise<void> {
  const [taken] = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        sql`lower(${connections.name}) = lower(${name})`,
        ne(connections.state, 'removed'),
        exceptId === undefined ? undefined : ne(connections.id, exceptId),
      ),
    );
  if (taken) throw invalidField('name', 'Another connection has this name.');
}
