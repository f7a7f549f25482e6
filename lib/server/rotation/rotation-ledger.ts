import 'server-only';
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { capped, isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import type { StepRecord } from '@/lib/domain/rotation/next-step';

export type LedgerRow = typeof changes.$inferSelect;

/** After a try that did not come through the next one waits so long. */
const REST_MS = 5 * 60_000;
/** Settings of the new key that were refused so often are given up. */
const MOST_TRIES = 3;

/** Every write that a rotation made, oldest first. */
export async function listRotationChanges(db: Queryable, rotationId: string): Promise<readonly LedgerRow[]> {
  return db.select().from(changes).where(eq(changes.parentId, rotationId)).orderBy(asc(changes.plannedAt));
}

export function isOpenChange({ state }: LedgerRow): boolean {
  return state === 'planned' || state === 'sent' || state === 'unknown';
}

export function wasApplied({ state }: LedgerRow): boolean {
  return state === 'applied' || state === 'settled_applied';
}

/** How writes of one purpose stand: one under way, one that took effect, or one that failed a moment ago. */
export function recordOf(rows: readonly LedgerRow[], now: Date): StepRecord {
  const last = rows.at(-1);
  if (!last) return 'none';
  if (rows.some(isOpenChange)) return 'open';
  if (wasApplied(last)) return 'done';
  return now.getTime() - last.plannedAt.getTime() < REST_MS ? 'resting' : 'none';
}

/** Whether a write that was found not to have happened is still looked at: a slow call may land late. */
export function mayStillLand(rows: readonly LedgerRow[]): boolean {
  return rows.some(({ state, lookAt }) => state === 'settled_not_applied' && lookAt !== null);
}

/** Whether a setting that the new key still lacks is to be tried (again). */
export function isCopyDue(rows: readonly LedgerRow[], now: Date): boolean {
  return recordOf(rows, now) === 'none' && rows.length < MOST_TRIES;
}

const wishSchema = z.object({ limit: limitSchema }).loose();

/** The cap that stands for a stop where the provider cannot disable. */
export function lowestCapOf({ lowestCap, limitPeriods }: Capabilities): Limit {
  return capped(lowestCap, limitPeriods[0]);
}

/** The limit that a change recorded before or wished for; null where it recorded none. */
export function limitIn(value: unknown): Limit | null {
  const parsed = wishSchema.safeParse(value);
  return parsed.success ? parsed.data.limit : null;
}

/** What a rotation wrote on one key, by purpose. */
export function splitByPurpose(rows: readonly LedgerRow[], keyId: number, capabilities: Capabilities) {
  const own = rows.filter((row) => row.keyId === keyId);
  const lowest = lowestCapOf(capabilities);
  const isCap = (row: LedgerRow) => {
    const wished = limitIn(row.wish);
    return row.kind === 'set_limit' && wished !== null && isSameLimit(wished, lowest);
  };
  return {
    stop: own.filter((row) => row.kind === 'disable_key' || isCap(row)),
    restore: own.filter((row) => row.kind === 'enable_key' || (row.kind === 'set_limit' && !isCap(row))),
    remove: own.filter((row) => row.kind === 'delete_key'),
    labels: own.filter((row) => row.kind === 'set_labels'),
    expiry: own.filter((row) => row.kind === 'set_expiry'),
  };
}
