import 'server-only';
import { z } from 'zod';
import type { ServerContext } from '../context';
import { notFound } from '../errors';
import { loadKey } from './load-key';

const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** Throws `not_found` unless the address part names a key within the actor's reach. */
export async function requireKey(context: ServerContext, keyId: string): Promise<void> {
  const id = idSchema.safeParse(keyId);
  if (!id.success) throw notFound('key');
  await loadKey(context, 'keys.read', id.data);
}
