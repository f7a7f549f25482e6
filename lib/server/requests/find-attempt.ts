import 'server-only';
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { changes, raises, requestEvents } from '@/lib/db/schema';
import type { ChangeKind, ChangeState } from '@/lib/domain/changes/change';
import { isSameLimit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import type { RequestKind } from '@/lib/domain/requests/request';
import type { RequestRow } from './request-row';

const writes: Record<RequestKind, ChangeKind | null> = {
  limit: 'set_limit',
  new_key: 'create_key',
  enable_key: 'enable_key',
  take_over: null,
};

/** How far one try of an approved request came. */
export type Attempt = {
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  /** Null for a raise that needs no write, because a higher one holds. */
  readonly changeId: string | null;
  readonly keyId: number | null;
  readonly settlement: string | null;
};

type Tried = Pick<RequestRow, 'id' | 'kind' | 'changeId' | 'granted'>;

type Written = typeof changes.$inferSelect;

/** Whether it is done by this: a key that was found after a lost answer is removed again, nobody has its secret. */
export function isUsable({ kind, state }: Pick<Attempt, 'kind' | 'state'>): boolean {
  return state === 'applied' || (state === 'settled_applied' && kind !== 'create_key');
}

const isOpen = ({ state }: Pick<Attempt, 'state'>) => ['planned', 'sent', 'unknown'].includes(state);

const wishSchema = z.object({ limit: limitSchema });

/** Whether the write sets exactly what is granted now, and not what an earlier approval gave. */
function isOfGrant({ wish }: Written, { granted }: Tried): boolean {
  const grant = granted?.grant;
  if (grant?.kind !== 'limit') return true;
  const told = wishSchema.safeParse(wish);
  return told.success && isSameLimit(told.data.limit, grant.limit);
}

function toAttempt({ id, kind, state, keyId, settlement }: Written): Attempt {
  return { kind, state, changeId: id, keyId, settlement };
}

const isUntil = ({ granted }: Tried) => granted?.grant.kind === 'limit' && granted.grant.until !== null;

/** Writes planned for the request, the newest first. A raise's later end is none of its beginning. */
async function listWrites(db: Queryable, request: Tried): Promise<readonly Written[]> {
  const kind = writes[request.kind];
  if (kind === null) return [];
  const parts: (SQL | undefined)[] = [eq(changes.parentId, request.id)];
  if (request.changeId !== null) parts.push(eq(changes.id, request.changeId));
  return db
    .select()
    .from(changes)
    .where(and(or(...parts), eq(changes.kind, kind)))
    .orderBy(desc(changes.plannedAt), sql`${changes.settledAt} desc nulls first`);
}

/** The raises of the request as tries, the newest first: each is as far as its own beginning. */
async function listRaises(db: Queryable, request: Tried) {
  const rows = await db
    .select()
    .from(raises)
    .where(eq(raises.requestId, request.id))
    .orderBy(desc(raises.startsAt));
  const begun: (Attempt & { readonly id: string })[] = [];
  for (const { id, keyId, state, failure, raisedLimit } of rows) {
    const sent = (
      await db
        .select()
        .from(changes)
        .where(and(eq(changes.parentId, id), eq(changes.kind, 'set_limit')))
        .orderBy(desc(changes.plannedAt))
    ).find(({ wish }) => {
      const told = wishSchema.safeParse(wish);
      return told.success && isSameLimit(told.data.limit, limitSchema.parse(raisedLimit));
    });
    const base = { id, kind: 'set_limit' as const, changeId: sent?.id ?? null, keyId };
    const settlement = sent?.settlement ?? failure;
    if (state === 'planned') begun.push({ ...base, state: 'sent', settlement });
    else if (state !== 'cancelled') begun.push({ ...base, state: 'applied', settlement });
    else
      begun.push({ ...base, state: sent && isOver(sent) ? sent.state : 'settled_not_applied', settlement });
  }
  return begun;
}

const isOver = ({ state }: Written) => state === 'refused' || state === 'abandoned';

const earlierSchema = z.object({ earlier: z.array(z.string()) });

/** Writes and raises planned for the request so far: the next try keeps them, so that no clock tells tries apart. */
export async function listPlanned(db: Queryable, request: Tried): Promise<readonly string[]> {
  const tried = [...(await listWrites(db, request)), ...(await listRaises(db, request))];
  return tried.map(({ id }) => id);
}

/**
 * What was planned for the request, found in the ledger by what it is a step of: whatever try took effect, also
 * late, or else the present try; null when none was planned since the request was last sent, or when that one is
 * over and told.
 */
export async function findAttempt(db: Queryable, request: Tried): Promise<Attempt | null> {
  const tried = isUntil(request)
    ? await listRaises(db, request)
    : (await listWrites(db, request))
        .filter((write) => isOfGrant(write, request))
        .map((write) => ({ id: write.id, ...toAttempt(write) }));
  const done = tried.find(isUsable);
  if (done) return done;
  const [last] = await db
    .select({ kind: requestEvents.kind, facts: requestEvents.facts })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, request.id),
        inArray(requestEvents.kind, ['sent', 'refused', 'retried']),
      ),
    )
    .orderBy(desc(requestEvents.id))
    .limit(1);
  if (last?.kind !== 'sent') return null;
  const earlier = new Set(earlierSchema.safeParse(last.facts).data?.earlier ?? []);
  const present = tried.filter(({ id }) => !earlier.has(id));
  return present.find(isOpen) ?? present[0] ?? null;
}
