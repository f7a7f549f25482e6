import 'server-only';
import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable, Transaction } from '@/lib/db/client';
import { connections, keys, requestEvents, requests, teams, users } from '@/lib/db/schema';
import type { UserActor } from '@/lib/domain/people/actor';
import type { RequestEventKind } from '@/lib/domain/requests/request';
import { newKeyBasis, type RequestBasis, requestBasisSchema } from '@/lib/domain/requests/request-basis';
import {
  type Grant,
  grantSchema,
  type RequestWish,
  requestWishSchema,
} from '@/lib/domain/requests/request-wish';
import { SealedSecret } from '@/lib/utils/secret-box';
import { requestTitle } from '@/lib/words/request-words';
import { type AuditEntry, appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { notFound } from '../errors';

/** What was approved and, for a new key, where its secret waits: the link's key is sealed under the master key. */
const grantedSchema = z.object({
  grant: grantSchema,
  handOver: z.object({ id: z.uuid(), linkKey: SealedSecret }).optional(),
});
export type Granted = z.infer<typeof grantedSchema>;

export type RequestRow = Omit<typeof requests.$inferSelect, 'wish' | 'basis' | 'granted'> & {
  readonly wish: RequestWish;
  readonly basis: RequestBasis;
  readonly granted: Granted | null;
};

export type LoadedRequest = {
  readonly request: RequestRow;
  readonly requesterName: string;
  readonly connectionName: string;
  readonly teamName: string | null;
  /** The key's name, or the wished-for one of a key that is not there yet. */
  readonly keyName: string;
};

export type EventRow = typeof requestEvents.$inferSelect & { readonly actorName: string | null };

/** A wish for a new key from before it could name more than a limit is shown as the plain key that it means. */
function readBasis(stored: unknown, wish: RequestWish): RequestBasis {
  const basis = requestBasisSchema.parse(stored);
  return wish.kind === 'new_key' && basis.newKey === null
    ? { ...basis, newKey: newKeyBasis(wish, null) }
    : basis;
}

function toRow(row: typeof requests.$inferSelect): RequestRow {
  const wish = requestWishSchema.parse(row.wish);
  return {
    ...row,
    wish,
    basis: readBasis(row.basis, wish),
    granted: row.granted === null ? null : grantedSchema.parse(row.granted),
  };
}

/** Requests with their names, for pages and for words. */
export function selectRequests(db: Queryable) {
  return db
    .select({
      row: requests,
      requesterName: users.name,
      connectionName: connections.name,
      teamName: teams.name,
      keyName: keys.name,
    })
    .from(requests)
    .innerJoin(users, eq(users.id, requests.requesterId))
    .innerJoin(connections, eq(connections.id, requests.connectionId))
    .leftJoin(teams, eq(teams.id, requests.teamId))
    .leftJoin(keys, eq(keys.id, requests.keyId));
}

export function toLoaded(found: Awaited<ReturnType<typeof selectRequests>>[number]): LoadedRequest {
  const request = toRow(found.row);
  const wishedName = request.wish.kind === 'new_key' ? request.wish.name : '';
  const { requesterName, connectionName, teamName } = found;
  return { request, requesterName, connectionName, teamName, keyName: found.keyName ?? wishedName };
}

export async function loadRequest(db: Queryable, requestId: string): Promise<LoadedRequest> {
  const [found] = await selectRequests(db).where(eq(requests.id, requestId));
  if (!found) throw notFound('request');
  return toLoaded(found);
}

/** The request, held until the transaction ends: of two who decide at once the second sees what the first did. */
export async function lockRequest(tx: Transaction, requestId: string): Promise<LoadedRequest> {
  await tx.select({ id: requests.id }).from(requests).where(eq(requests.id, requestId)).for('update');
  return loadRequest(tx, requestId);
}

/** Whether this person may see the request: all, their teams' and their own. */
export function isWithinReach(
  { teamId, requesterId }: Pick<RequestRow, 'teamId' | 'requesterId'>,
  actor: UserActor,
  teamIds: readonly number[] | null,
): boolean {
  if (teamIds === null || requesterId === actor.id) return true;
  return teamId !== null && teamIds.includes(teamId);
}

export async function listEvents(db: Queryable, requestId: string): Promise<readonly EventRow[]> {
  const rows = await db
    .select({ event: requestEvents, actorName: users.name })
    .from(requestEvents)
    .leftJoin(users, eq(users.id, requestEvents.actorId))
    .where(eq(requestEvents.requestId, requestId))
    .orderBy(asc(requestEvents.id));
  return rows.map(({ event, actorName }) => ({ ...event, actorName }));
}

type NewEvent = {
  readonly kind: RequestEventKind;
  readonly words?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>>;
};

export async function addEvent(
  tx: Transaction,
  context: ServerContext,
  request: Pick<RequestRow, 'id' | 'basisNumber'>,
  { kind, words = '', facts = {} }: NewEvent,
): Promise<number> {
  const { actor } = context;
  const [row] = await tx
    .insert(requestEvents)
    .values({
      requestId: request.id,
      kind,
      at: context.now(),
      actorId: actor.kind === 'user' ? actor.id : null,
      basisNumber: request.basisNumber,
      words,
      facts,
    })
    .returning({ id: requestEvents.id });
  if (!row) throw new Error('the step was not stored');
  return row.id;
}

/** What is on the table: what was approved so far, or the whole wish. */
export function proposalOf({ granted, basis }: Pick<RequestRow, 'granted' | 'basis'>): Grant | null {
  return granted?.grant ?? basis.grant;
}

export function titleOf({ request, keyName }: LoadedRequest): string {
  return requestTitle(proposalOf(request), request.kind, keyName);
}

export async function auditRequest(
  tx: Transaction,
  context: ServerContext,
  loaded: LoadedRequest,
  entry: Pick<AuditEntry, 'action' | 'before' | 'after' | 'reason'> & { outcome?: AuditEntry['outcome'] },
): Promise<void> {
  const { request } = loaded;
  await appendAudit(tx, context, {
    outcome: 'done',
    ...entry,
    subjectKind: 'request',
    subjectId: request.id,
    subjectName: titleOf(loaded),
    connectionId: request.connectionId,
    keyId: request.keyId,
    changeId: request.changeId,
  });
}

/** Moves the request on; answers it as it is then. */
export async function updateRequest(
  tx: Transaction,
  requestId: string,
  values: Partial<typeof requests.$inferInsert>,
): Promise<void> {
  await tx
    .update(requests)
    .set(values)
    .where(and(eq(requests.id, requestId)));
}
