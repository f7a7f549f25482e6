import 'server-only';
import type { HandOverNewKeyInput } from '@/lib/domain/hand-over/hand-over-input';
import { requirePermission, type ServerContext } from '../context';
import { createKey } from '../keys/create-key';
import { prepareHandOver } from './prepare-hand-over';

export type NewHandOver = {
  readonly keyId: number;
  readonly name: string;
  readonly handOverId: string;
  /** For the link's fragment; in this answer alone. */
  readonly linkKey: string;
  readonly expiresAt: Date;
  readonly shortfalls: readonly string[];
};

/**
 * Creates a key whose secret goes to someone else: it is sealed in the transaction that records the key, and
 * never in the answer.
 */
export async function handOverNewKey(
  context: ServerContext,
  input: HandOverNewKeyInput,
): Promise<NewHandOver> {
  requirePermission(context, 'keys.create');
  const { handOver, ...wish } = input;
  const { handOverId, linkKey, expiresAt, store } = await prepareHandOver(context, handOver);
  const { name, connectionId } = wish;
  const { keyId, shortfalls } = await createKey(context, wish, (tx, created) =>
    store(tx, { ...created, name, connectionId }),
  );
  return { keyId, name, handOverId, linkKey, expiresAt, shortfalls };
}
