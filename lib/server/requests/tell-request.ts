import 'server-only';
import { and, eq, ne } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { requestEvents, users } from '@/lib/db/schema';
import type { BasisChange } from '@/lib/domain/requests/request-basis';
import { basisChangeWords } from '@/lib/words/request-words';
import type { ServerContext } from '../context';
import { notify } from '../notifications/notify';
import { type LoadedRequest, titleOf } from './request-row';

/** Everyone who may approve what this person asked for. */
export async function listApprovers(db: Queryable, requesterId: string): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.isDisabled, false), ne(users.id, requesterId)));
  return rows.map(({ id }) => id);
}

/** Whoever took part so far, beside the requester. */
async function listInvolved(db: Queryable, requestId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: requestEvents.actorId })
    .from(requestEvents)
    .where(eq(requestEvents.requestId, requestId));
  return rows.flatMap(({ id }) => id ?? []);
}

type Step =
  | 'asked'
  | 'asked_back'
  | 'answered'
  | 'commented'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'applied'
  | 'failed'
  | 'lapsed';

type Told = {
  readonly step: Step;
  /** After the name of who did it. */
  readonly title: string;
  readonly body?: string;
  /** Tells steps of one kind apart, so that each is told once. */
  readonly mark?: string | number;
};

function hrefOf(requestId: string): string {
  return `/requests/${requestId}`;
}

/** Tells everyone concerned of a step, but not the one who took it. */
export async function tellRequest(
  tx: Transaction,
  context: ServerContext,
  loaded: LoadedRequest,
  { step, title, body = '', mark = '' }: Told,
): Promise<void> {
  const { request } = loaded;
  const { actor } = context;
  const isForApprovers = step === 'asked' || step === 'answered' || step === 'withdrawn' || step === 'failed';
  const concerned = [
    request.requesterId,
    ...(await listInvolved(tx, request.id)),
    ...(isForApprovers ? await listApprovers(tx, request.requesterId) : []),
  ];
  await notify(tx, context, {
    topic: `request.${step}`,
    to: [...new Set(concerned)].filter((id) => actor.kind !== 'user' || id !== actor.id),
    title,
    body: [titleOf(loaded), body].filter((part) => part !== '').join('. '),
    href: hrefOf(request.id),
    dedupeKey: `request:${request.id}:${step}:${mark}`,
  });
}

/** Tells approvers that what they approved is void. */
export async function tellAskedAgain(
  tx: Transaction,
  context: ServerContext,
  loaded: LoadedRequest,
  { basisNumber, changed }: { readonly basisNumber: number; readonly changed: readonly BasisChange[] },
): Promise<void> {
  const { request, requesterName } = loaded;
  const what = changed.map((change) => basisChangeWords[change]).join(' and ');
  await notify(tx, context, {
    topic: 'request.asked',
    to: await listApprovers(tx, request.requesterId),
    title: `${requesterName}’s request asks again: ${what} changed since it was approved`,
    body: titleOf(loaded),
    href: hrefOf(request.id),
    dedupeKey: `request:${request.id}:asked-again:${basisNumber}`,
  });
}
