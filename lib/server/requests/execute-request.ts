import 'server-only';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { requestEvents, users } from '@/lib/db/schema';
import type { Actor } from '@/lib/domain/people/actor';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { sealSecret } from '@/lib/utils/secret-box';
import type { ChangeOptions } from '../changes/planned-change';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { prepareHandOver } from '../hand-over/prepare-hand-over';
import { createKey } from '../keys/create-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { updateKeyLimit } from '../keys/update-key-limit';
import { listOpenRaises } from '../raises/raise-row';
import { startApprovedRaise } from '../raises/start-raise';
import { updateBaseLimit } from '../raises/update-base-limit';
import { assignKeys } from '../teams/assign-keys';
import { type LoadedRequest, lockRequest, updateRequest } from './request-row';
import { newKeyInput } from './resolve-wish';
import { type DoneRequest, finishRequest } from './settle-request';

/** A new key's secret waits so long for the requester. */
const SECRET_HOURS = 7 * 24;

/** In whose name it is carried out: who approved it last or tried again, with the rights of now; else Keyward. */
export async function loadExecutor(context: ServerContext, requestId: string): Promise<Actor> {
  const [last] = await context.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isDisabled: users.isDisabled,
    })
    .from(requestEvents)
    .leftJoin(users, eq(users.id, requestEvents.actorId))
    .where(
      and(
        eq(requestEvents.requestId, requestId),
        inArray(requestEvents.kind, ['approved', 'approved_by_rule', 'retried']),
      ),
    )
    .orderBy(desc(requestEvents.id))
    .limit(1);
  const { id, name, email, role, isDisabled } = last ?? {};
  if (!id || !name || !email || !role) return { kind: 'system', name: 'Keyward' };
  if (isDisabled || role !== 'admin') {
    throw new AppError('forbidden', `${name}, who approved this, may no longer do it. Nothing was changed.`);
  }
  return { kind: 'user', id, name, email, role, teamIds: [] };
}

/** What the ledger keeps as the reason: the requester's own, with who asked. */
export function reasonOf({ request, requesterName }: LoadedRequest): string {
  return `${request.reason} (asked for by ${requesterName})`;
}

type RequireStill = NonNullable<ChangeOptions['requireStill']>;
type Granted<Kind extends Grant['kind']> = Extract<Grant, { kind: Kind }>;

async function executeLimit(
  context: ServerContext,
  loaded: LoadedRequest,
  { limit, until }: Granted<'limit'>,
  requireStill: RequireStill,
): Promise<DoneRequest | null> {
  const { request } = loaded;
  const { key } = request.basis;
  if (!key) throw new Error('a limit is asked for of a key');
  const seen = { limit: key.limit, includeByokInLimit: key.includeByokInLimit };
  const wish = { keyId: key.id, limit, seen, reason: reasonOf(loaded) };
  if (until === null) {
    const isRaised = (await listOpenRaises(context.db, key.id)).length > 0;
    if (isRaised) {
      const follow = (tx: Transaction) =>
        finishRequest(tx, context, request.id, { changeId: null, keyId: key.id });
      const options = { parentId: request.id, requireStill, follow };
      const { changeId } = await updateBaseLimit(context, { ...wish, seen: key.limit }, options);
      if (changeId !== null)
        await withTransaction(context, (tx) => updateRequest(tx, request.id, { changeId }));
      return null;
    }
    const { changeId } = await updateKeyLimit(context, wish, { parentId: request.id, requireStill });
    return { changeId, keyId: key.id };
  }
  const endsAt = new Date(until);
  const { changeId } = await startApprovedRaise(context, {
    ...wish,
    endsAt,
    requestId: request.id,
    requireStill,
  });
  return { changeId, keyId: key.id };
}

/**
 * The secret is sealed for the requester in the transaction that records the key. The link's key, which nobody
 * must see on the way, is kept sealed under the master key until the requester collects.
 */
async function executeNewKey(
  context: ServerContext,
  loaded: LoadedRequest,
  grant: Granted<'new_key'>,
  requireStill: RequireStill,
): Promise<DoneRequest> {
  const { request } = loaded;
  const { wish } = request;
  if (wish.kind !== 'new_key') throw new Error('a new key is granted to whoever asked for one');
  const { handOverId, linkKey, store } = await prepareHandOver(context, {
    recipientId: request.requesterId,
    lifetimeHours: SECRET_HOURS,
    isSignInNeeded: true,
  });
  const sealedKey = sealSecret(context.providers.masterKey, linkKey, `request:${request.id}`);
  const { name, connectionId } = wish;
  const { keyId, changeId, shortfalls } = await createKey(
    context,
    {
      ...newKeyInput(wish),
      limit: grant.limit,
      ownerId: request.requesterId,
      reason: reasonOf(loaded),
    },
    async (tx, created) => {
      await store(tx, { ...created, name, connectionId });
      const granted = { grant, handOver: { id: handOverId, linkKey: sealedKey } };
      await updateRequest(tx, request.id, { granted, keyId: created.keyId });
    },
    { parentId: request.id, requireStill },
  );
  return { changeId, keyId, shortfalls };
}

/** No provider is asked: the key's team and owner and the request's end are one transaction. */
async function executeTakeOver(context: ServerContext, loaded: LoadedRequest): Promise<void> {
  const { wish, id } = loaded.request;
  if (wish.kind !== 'take_over') throw new Error('a key is taken over by whoever asked for it');
  await withTransaction(context, async (tx) => {
    const { request } = await lockRequest(tx, id);
    if (request.state !== 'approved') return;
    const { keyId, teamId, ownerId } = wish;
    await assignKeys({ ...context, db: tx }, { keyIds: [keyId], teamId, ownerId, reason: reasonOf(loaded) });
    await finishRequest(tx, context, id, { changeId: null, keyId });
  });
}

/**
 * Does what was approved, through the ordinary verbs and the change ledger. Answers what came of it; null when the
 * request was finished along with it. Throws like those verbs.
 */
export async function executeRequest(
  context: ServerContext,
  loaded: LoadedRequest,
  requireStill: RequireStill,
): Promise<DoneRequest | null> {
  const { request } = loaded;
  const actor = await loadExecutor(context, request.id);
  const acting: ServerContext = { ...context, actor };
  const grant = request.granted?.grant;
  switch (grant?.kind) {
    case 'limit':
      return executeLimit(acting, loaded, grant, requireStill);
    case 'new_key':
      return executeNewKey(acting, loaded, grant, requireStill);
    case 'enable_key': {
      if (request.keyId === null) throw new Error('a key is enabled by its id');
      const input = { keyId: request.keyId, isDisabled: false, reason: reasonOf(loaded) };
      const { changeId } = await setKeyDisabled(acting, input, { parentId: request.id, requireStill });
      return { changeId, keyId: request.keyId };
    }
    case 'take_over':
      await executeTakeOver(acting, loaded);
      return null;
    default:
      throw new Error('an approved request has nothing granted');
  }
}
