import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { handOvers, users } from '@/lib/db/schema';
import type { HandOverWish } from '@/lib/domain/hand-over/hand-over-input';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { invalidField } from '../errors';
import { createLinkKey, linkTokenHash, sealHandOver } from './hand-over-box';

const HOUR_MS = 3_600_000;

export type HandedKey = {
  readonly keyId: number;
  readonly name: string;
  readonly connectionId: number;
  readonly secret: string;
};

export type PreparedHandOver = {
  readonly handOverId: string;
  /** Base64url of 32 bytes, for the link's fragment. It is kept nowhere. */
  readonly linkKey: string;
  readonly expiresAt: Date;
  /** Seals the secret, in the transaction that records its key. */
  readonly store: (tx: Transaction, key: HandedKey) => Promise<void>;
};

/**
 * Makes ready to seal a secret for someone else, before the key exists. Throws `invalid` when the recipient is
 * not among the people here.
 */
export async function prepareHandOver(context: ServerContext, wish: HandOverWish): Promise<PreparedHandOver> {
  const recipient = await findRecipient(context, wish.recipientId);
  const handOverId = randomUUID();
  const linkKey = createLinkKey();
  const createdAt = context.now();
  const expiresAt = new Date(createdAt.getTime() + wish.lifetimeHours * HOUR_MS);
  const { recipientId } = wish;
  const isSignInNeeded = wish.isSignInNeeded || recipientId !== null;
  const { actor } = context;
  return {
    handOverId,
    linkKey: linkKey.toString('base64url'),
    expiresAt,
    store: async (tx, { keyId, name, connectionId, secret }) => {
      await tx.insert(handOvers).values({
        id: handOverId,
        keyId,
        sealed: sealHandOver(context.providers.masterKey, linkKey, handOverId, secret),
        tokenHash: linkTokenHash(linkKey, handOverId),
        senderId: actor.kind === 'user' ? actor.id : null,
        recipientId,
        isSignInNeeded,
        createdAt,
        expiresAt,
      });
      await appendAudit(tx, context, {
        action: 'hand_over.create',
        subjectKind: 'key',
        subjectId: keyId,
        subjectName: name,
        connectionId,
        keyId,
        after: {
          handOverId,
          recipientId,
          recipient,
          isSignInNeeded,
          expiresAt: expiresAt.toISOString(),
        },
        outcome: 'done',
      });
    },
  };
}

async function findRecipient(context: ServerContext, recipientId: string | null): Promise<string | null> {
  if (recipientId === null) return null;
  const [person] = await context.db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.id, recipientId), eq(users.isDisabled, false)));
  if (!person) throw invalidField('handOver.recipientId', 'This person is no longer here.');
  return person.name;
}
