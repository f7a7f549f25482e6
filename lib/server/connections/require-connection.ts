import 'server-only';
import { connectionIdTextSchema } from '@/lib/domain/connections/connection-input';
import { requirePermission, type ServerContext } from '../context';
import { notFound } from '../errors';
import { getConnection } from './get-connection';

/** Throws `not_found` unless the address part names a connection that was not removed. */
export async function requireConnection(context: ServerContext, connectionId: string): Promise<void> {
  requirePermission(context, 'connections.read');
  const id = connectionIdTextSchema.safeParse(connectionId);
  if (!id.success) throw notFound('connection');
  await getConnection(context.db, id.data);
}
