import 'server-only';
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { containers, keys, reads, requestEvents } from '@/lib/db/schema';
import type { Limit } from '@/lib/domain/limits/limit';
import { decideNeeds, type Needs } from '@/lib/domain/requests/decide-needs';
import {
  type BasisChange,
  basisChanges,
  isSameBasis,
  type KeyBasis,
  type NewKeyBasis,
  newKeyBasis,
  type RequestBasis,
} from '@/lib/domain/requests/request-basis';
import {
  type Grant,
  grantOfWish,
  type NewKeyWish,
  type RequestWish,
} from '@/lib/domain/requests/request-wish';
import type { ServerContext } from '../context';
import { limitOf } from '../keys/load-key';
import { listOpenRaises } from '../raises/raise-row';
import { loadStanding, standingFacts, type TeamStanding } from './load-rules';
import { addEvent, auditRequest, type LoadedRequest, updateRequest } from './request-row';
import { tellAskedAgain } from './tell-request';

export type FreshBasis = { readonly basis: RequestBasis; readonly standing: TeamStanding };

/** Whether a read that began after `at` has brought the key's own figures. */
async function wasReadSince(db: Queryable, connectionId: number, at: Date): Promise<boolean> {
  const [read] = await db
    .select({ id: reads.id })
    .from(reads)
    .where(
      and(
        eq(reads.connectionId, connectionId),
        eq(reads.kind, 'keys'),
        inArray(reads.state, ['complete', 'partial']),
        isNotNull(reads.finishedAt),
        sql`${reads.startedAt} > ${at}`,
      ),
    )
    .limit(1);
  return read !== undefined;
}

type ToldLimit = (NonNullable<RequestBasis['told']> & { readonly isJustNow?: boolean }) | null;

async function isOutdated(db: Queryable, key: typeof keys.$inferSelect, at: Date): Promise<boolean> {
  if (key.writtenAt !== null && key.writtenAt > at) return true;
  return wasReadSince(db, key.connectionId, at);
}

/** What a limit for good is about while a raise holds: the limit that the key goes back to. */
async function findBaseLimit(db: Queryable, wish: RequestWish): Promise<Limit | null> {
  if (wish.kind !== 'limit' || wish.until !== null) return null;
  const [raise] = await listOpenRaises(db, wish.keyId);
  return raise?.baseLimit ?? null;
}

async function loadKeyBasis(
  db: Queryable,
  wish: Exclude<RequestWish, { kind: 'new_key' }>,
  told: ToldLimit,
): Promise<{ readonly key: KeyBasis; readonly told: RequestBasis['told'] }> {
  const [row] = await db.select().from(keys).where(eq(keys.id, wish.keyId));
  if (!row) throw new Error('a request names a key that is not there');
  const toldAt = told && new Date(told.at);
  const isOver = toldAt === null || (!told?.isJustNow && (await isOutdated(db, row, toldAt)));
  return {
    told: told && !isOver ? { limit: told.limit, at: told.at } : null,
    key: {
      id: row.id,
      name: row.name,
      limit: (await findBaseLimit(db, wish)) ?? (told && !isOver ? told.limit : limitOf(row)),
      includeByokInLimit: row.includeByokInLimit ?? false,
      isDisabled: row.isDisabled,
      isThere: row.goneAt === null && row.deletedAt === null,
      teamId: row.teamId,
      ownerId: row.ownerId,
    },
  };
}

/** The new key as it would be made now: a workspace or group that is gone has no name. */
async function loadNewKeyBasis(db: Queryable, wish: NewKeyWish): Promise<NewKeyBasis> {
  if (wish.containerId === null) return newKeyBasis(wish, null);
  const [found] = await db
    .select({ name: containers.name })
    .from(containers)
    .where(
      and(
        eq(containers.id, wish.containerId),
        eq(containers.connectionId, wish.connectionId),
        isNull(containers.goneAt),
      ),
    );
  return newKeyBasis(wish, found?.name ?? null);
}

/** The team whose rules hold: the key's own, or the one that is to have it. */
function ruledBy(wish: RequestWish, key: KeyBasis | null): number | null {
  return wish.kind === 'new_key' || wish.kind === 'take_over' ? wish.teamId : (key?.teamId ?? null);
}

/**
 * What an approver would see and approve this moment. A limit that its provider told before gives way to what was
 * written or read since; one that it told just now holds, whatever the clocks of others say.
 */
export async function loadBasis(
  context: Pick<ServerContext, 'now'>,
  db: Queryable,
  wish: RequestWish,
  told: ToldLimit = null,
): Promise<FreshBasis> {
  const found = wish.kind === 'new_key' ? null : await loadKeyBasis(db, wish, told);
  const newKey = wish.kind === 'new_key' ? await loadNewKeyBasis(db, wish) : null;
  const key = found?.key ?? null;
  const standing = await loadStanding(context, db, ruledBy(wish, key));
  const { lapseDays: _, ...rules } = standing.rules;
  const isThere = (key?.isThere ?? true) && newKey?.container?.name !== null;
  const grant = isThere ? grantOfWish(wish, key?.limit ?? null) : null;
  return { basis: { key, newKey, rules, grant, told: found?.told ?? null }, standing };
}

/** How many must agree to `grant` on this basis. */
export function needsOf({ basis, standing }: FreshBasis, grant: Grant): Needs {
  return decideNeeds({ grant, current: basis.key?.limit ?? null, ...standingFacts(standing) });
}

/**
 * Brings an undecided request to what is there now. When anything that was shown differs, what was approved so far
 * is void and it asks again. Answers what changed; nothing when all is as it was.
 */
export async function refreshBasis(
  tx: Transaction,
  context: ServerContext,
  loaded: LoadedRequest,
  fresh: FreshBasis,
): Promise<readonly BasisChange[]> {
  const { request } = loaded;
  if (isSameBasis(request.basis, fresh.basis)) return [];
  const changed = basisChanges(request.basis, fresh.basis);
  const basisNumber = request.basisNumber + 1;
  const { grant } = fresh.basis;
  const approvalsNeeded = Math.max(1, grant ? needsOf(fresh, grant).approvals : 1);
  const asKeyward: ServerContext = { ...context, actor: { kind: 'system', name: 'Keyward' } };
  await updateRequest(tx, request.id, { basis: fresh.basis, basisNumber, approvalsNeeded, granted: null });
  await addEvent(
    tx,
    asKeyward,
    { id: request.id, basisNumber },
    { kind: 'basis_changed', facts: { changed } },
  );
  await auditRequest(tx, asKeyward, loaded, {
    action: 'request.ask_again',
    before: { basis: request.basisNumber },
    after: { basis: basisNumber, changed: changed.join(', ') },
  });
  const [approved] = await tx
    .select({ id: requestEvents.id })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, request.id),
        eq(requestEvents.kind, 'approved'),
        eq(requestEvents.basisNumber, request.basisNumber),
      ),
    )
    .limit(1);
  if (approved) await tellAskedAgain(tx, context, loaded, { basisNumber, changed });
  return changed;
}
