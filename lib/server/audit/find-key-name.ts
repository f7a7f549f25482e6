import 'server-only';
import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import { requirePermission, type ServerContext } from '../context';

/** The name of a key that the log is filtered by; null when there is no such key. */
export async function findKeyName(context: ServerContext, keyId: number): Promise<string | null> {
  requirePermission(context, 'audit.read');
  const [row] = await context.db.select({ name: keys.name }).from(keys).where(eq(keys.id, keyId));
  return row?.name ?? null;
}
