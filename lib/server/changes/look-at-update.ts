import 'server-only';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import type { ChangeKind } from '@/lib/domain/changes/change';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { type Finding, judgeFinding, type RecordedChange } from '@/lib/domain/changes/judge-finding';
import { isQuiet, nextRecheckAt, recheckAt } from '@/lib/domain/changes/settle-timing';
import { NO_COUNTERS, type ProviderKey } from '@/lib/domain/keys/provider-key';
import type { Provider } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ServerContext } from '../context';
import { limitOf } from '../keys/load-key';
import { type LoadedChange, loadChange } from './change-row';
import { mirrorFound } from './mirror-found';
import { recordSettlement } from './record-settlement';
import { repeatExpiry } from './repeat-expiry';
import type { LookOptions } from './settle-in-call';
import type { Verdict } from './verdict';

type KeyedChange = LoadedChange & { readonly key: NonNullable<LoadedChange['key']> };

function unreached(why: string): Extract<Verdict, { kind: 'open' }> {
  return { kind: 'open', isReached: false, why };
}

/** Why a provider could not be looked at; anything else than a provider's or a time-out's error is rethrown. */
export function sayUnreached(error: unknown, signal: AbortSignal): Extract<Verdict, { kind: 'open' }> {
  if (error instanceof ProviderError)
    return unreached(`It could not be read (${error.kind.replaceAll('_', ' ')}).`);
  if (signal.aborted) return unreached('It did not answer in time.');
  throw error;
}

/** The key as the provider holds it now; null when it knows it no more. */
async function readBack(
  provider: Provider,
  { row, key }: KeyedChange,
  signal: AbortSignal,
): Promise<ProviderKey | null> {
  try {
    // Labels stand in the listing only.
    if (row.kind !== 'set_labels') return await provider.reads.getKey(key.externalId, { signal });
    const { keys: listed, isComplete } = await provider.reads.listKeys({ signal });
    const found = listed.find(({ externalId }) => externalId === key.externalId);
    if (!found && !isComplete) throw new ProviderError('unavailable', 'list keys');
    return found ?? null;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return null;
    throw error;
  }
}

function recordedOf({ row }: LoadedChange): RecordedChange {
  if (row.kind === 'create_key') throw new Error('a create is settled by its listing');
  return { kind: row.kind, wish: row.wish, before: row.before };
}

/** One look at the key that a change was about. Records and answers what was found; `open` is not recorded. */
export async function lookAtUpdate(
  context: ServerContext,
  change: LoadedChange,
  options: LookOptions,
): Promise<Verdict> {
  const { key, connection, row } = change;
  if (key === null) throw new Error('a change without its key');
  const keyed: KeyedChange = { ...change, key };
  if (
    row.kind === 'set_expiry' &&
    !capabilitiesOf(connection.provider, connection.generation).expiryReadable.can
  ) {
    return repeatExpiry(context, keyed);
  }
  const provider = await context.providers.open(connection);
  let found: ProviderKey | null;
  try {
    found = await readBack(provider, keyed, options.signal);
  } catch (error) {
    return sayUnreached(error, options.signal);
  }
  const finding = judgeFinding(recordedOf(change), found);
  if (finding.kind === 'wish') return settleApplied(context, keyed, found);
  if (row.state === 'settled_not_applied') return endRecheck(context, keyed);
  if (!isQuiet(row, context.now(), options.quietMs)) {
    return { kind: 'open', isReached: true, why: 'It may still be under way.' };
  }
  return settleNotApplied(context, keyed, finding);
}

/** Nothing landed late so far: whether another recheck follows depends on the age alone. */
async function endRecheck(context: ServerContext, { row }: KeyedChange): Promise<Verdict> {
  const lookAt = nextRecheckAt(row, context.now());
  await context.db
    .update(changes)
    .set({ lookAt, checkedAt: context.now() })
    .where(and(eq(changes.id, row.id), eq(changes.state, 'settled_not_applied')));
  return { kind: 'not_applied', words: row.settlement ?? settlementWords.notApplied };
}

/** Changes that write the same thing at the provider. */
export function familyOf(kind: ChangeKind): ChangeKind[] {
  return kind === 'disable_key' || kind === 'enable_key' ? ['disable_key', 'enable_key'] : [kind];
}

const sameThing = ({ row, key }: KeyedChange) =>
  and(eq(changes.keyId, key.id), ne(changes.id, row.id), inArray(changes.kind, familyOf(row.kind)));

/** Whether Keyward itself is writing the same thing this moment: what is seen may be that. */
async function isBeingWritten(context: ServerContext, change: KeyedChange): Promise<boolean> {
  const isOpen = inArray(changes.state, ['planned', 'sent', 'unknown']);
  return (await context.db.$count(changes, and(sameThing(change), isOpen))) > 0;
}

/**
 * Whether Keyward itself wrote the same thing again after this change had been settled as not applied. The order of
 * the audit log tells, since clocks may be set in between.
 */
async function wasWrittenSince(context: ServerContext, change: KeyedChange): Promise<boolean> {
  const { row, key } = change;
  const isLater = sql`exists (
    select 1 from audit_events b where b.key_id = ${key.id} and b.change_id = ${changes.id} and b.outcome = 'applied'
      and b.seq > (select max(a.seq) from audit_events a where a.key_id = ${key.id} and a.change_id = ${row.id}))`;
  return (await context.db.$count(changes, and(sameThing(change), isLater))) > 0;
}

async function settleApplied(
  context: ServerContext,
  looked: KeyedChange,
  found: ProviderKey | null,
): Promise<Verdict> {
  const { row } = looked;
  const isLate = row.state === 'settled_not_applied';
  if (isLate && (await isBeingWritten(context, looked))) {
    return { kind: 'open', isReached: true, why: 'Another change of the same is under way.' };
  }
  // The key as it is since the look: another change may have ended meanwhile.
  const key = (await loadChange(context.db, row.id)).key ?? looked.key;
  const change: KeyedChange = { ...looked, key };
  const isOverNewer = isLate && (await wasWrittenSince(context, change));
  // The same value may have been set anew since: then nothing came late.
  if (isOverNewer && (key.deletedAt !== null || isMirrored(change))) return endRecheck(context, change);
  const words = isLate ? settlementWords.appliedLate : settlementWords.applied;
  const mirror = mirrorFound(context, change, found);
  await recordSettlement(context, change, {
    state: 'settled_applied',
    words,
    after: mirror.after,
    mirror: mirror.write,
    incident: isOverNewer
      ? {
          kind: 'late_effect',
          title: `An earlier change of “${key.name}” took effect late, over a newer one.`,
          facts: { why: words, wish: row.wish, before: row.before },
        }
      : undefined,
  });
  return { kind: 'applied', keyId: key.id, words };
}

/** Whether the mirror already says what was wished for. */
function isMirrored(change: KeyedChange): boolean {
  const { key } = change;
  const finding = judgeFinding(recordedOf(change), {
    externalId: key.externalId,
    name: key.name,
    isDisabled: key.isDisabled,
    limit: limitOf(key),
    includeByokInLimit: key.includeByokInLimit ?? undefined,
    labels: key.labels,
    expiresAt: key.expiresAt,
    spend: NO_COUNTERS,
    byokSpend: NO_COUNTERS,
  });
  return finding.kind === 'wish';
}

async function settleNotApplied(
  context: ServerContext,
  change: KeyedChange,
  finding: Exclude<Finding, { kind: 'wish' }>,
): Promise<Verdict> {
  if (finding.kind === 'unreadable') return unreached('The provider did not tell this value.');
  const words = {
    before: settlementWords.notApplied,
    other: settlementWords.other,
    gone: settlementWords.gone,
  }[finding.kind];
  const now = context.now();
  await recordSettlement(context, change, {
    state: 'settled_not_applied',
    words,
    after: finding.kind === 'other' ? { found: finding.current } : null,
    lookAt: finding.kind === 'gone' ? null : recheckAt(now, now),
  });
  if (finding.kind !== 'other') return { kind: 'not_applied', words };
  return { kind: 'other', words, seen: change.row.before, current: finding.current };
}
