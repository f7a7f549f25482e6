import 'server-only';
import { and, eq, ne } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { connections } from '@/lib/db/schema';
import { notFound } from '../errors';
import type { ConnectionRow } from './provider-gateway';

/** A connection that was not removed; throws `not_found`. */
export async function getConnection(db: Queryable, connectionId: number): Promise<ConnectionRow> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.id, connectionId), ne(connections.state, 'removed')));
  if (!row) throw notFound('connection');
  return row;
}
