import 'server-only';
import type { Provider } from '@/lib/providers/port';
import { getConnection } from '../connections/get-connection';
import type { ConnectionRow, ProviderGateway } from '../connections/provider-gateway';
import { requirePermission, type ServerContext } from '../context';
import { AppError } from '../errors';

type Opened = { readonly stamp: string; readonly provider: Provider };

const opened = new WeakMap<ProviderGateway, Map<number, Opened>>();

/** The connection to be read; throws `forbidden`, `not_found`, or `conflict` when it is paused. */
export async function requireReadable(context: ServerContext, connectionId: number): Promise<ConnectionRow> {
  requirePermission(context, 'reads.start');
  const connection = await getConnection(context.db, connectionId);
  if (connection.state === 'paused') {
    throw new AppError('conflict', `${connection.name} is paused. Resume it to read from it.`);
  }
  return connection;
}

/**
 * The connection's provider, the same one for reads that follow each other: a reader of usage needs to know the
 * names that the reader of keys has learnt. A replaced key or address opens it anew.
 */
export async function openForReading(context: ServerContext, connection: ConnectionRow): Promise<Provider> {
  const stamp = [connection.keySetAt.toISOString(), connection.baseUrl, connection.generation].join(' ');
  const known = opened.get(context.providers) ?? new Map<number, Opened>();
  opened.set(context.providers, known);
  const found = known.get(connection.id);
  if (found?.stamp === stamp) return found.provider;
  const provider = await context.providers.open(connection);
  known.set(connection.id, { stamp, provider });
  return provider;
}
