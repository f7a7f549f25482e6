import 'server-only';
import { eq, inArray, lt, sql } from 'drizzle-orm';
import { signInThrottles } from '@/lib/db/schema';
import { emailKey } from '@/lib/domain/people/email';
import {
  accountRule,
  addressRule,
  countTry,
  type ThrottleRule,
  waitMs,
} from '@/lib/domain/people/sign-in-throttle';
import { type ServerContext, withTransaction } from '../context';

const DAY_MS = 24 * 60 * 60_000;

export type TrySubject = { readonly subject: string; readonly rule: ThrottleRule };

/** What a try is counted against: the account, known or not, and the network address where it is known. */
export function signInSubjects(email: string, address: string | null): readonly TrySubject[] {
  const account = { subject: `account:${emailKey(email)}`, rule: accountRule };
  return address === null ? [account] : [account, { subject: `address:${address}`, rule: addressRule }];
}

/**
 * Counts one try before it is looked at, so that tries made at once all count. Answers the milliseconds to wait:
 * when they are not 0 the try must not be looked at, and was not counted.
 */
export async function countTries(context: ServerContext, subjects: readonly TrySubject[]): Promise<number> {
  const now = context.now();
  const names = subjects.map((one) => one.subject).sort();
  return withTransaction(context, async (tx) => {
    const fresh = names.map((subject) => ({ subject, failures: 0, windowStartedAt: now }));
    await tx.insert(signInThrottles).values(fresh).onConflictDoNothing();
    const rows = await tx
      .select()
      .from(signInThrottles)
      .where(inArray(signInThrottles.subject, names))
      .orderBy(signInThrottles.subject)
      .for('update');
    const wait = Math.max(...rows.map((row) => waitMs(row, now)));
    if (wait > 0) return wait;
    for (const row of rows) {
      const rule = subjects.find((one) => one.subject === row.subject)?.rule ?? accountRule;
      await tx
        .update(signInThrottles)
        .set(countTry(row, rule, now))
        .where(eq(signInThrottles.subject, row.subject));
    }
    return 0;
  });
}

/** Takes back a try that was right: the account starts anew, a shared address loses just this one. */
export async function forgiveTries(context: ServerContext, subjects: readonly TrySubject[]): Promise<void> {
  const [account, ...shared] = subjects.map((one) => one.subject);
  const outdated = new Date(context.now().getTime() - DAY_MS);
  if (account) await context.db.delete(signInThrottles).where(eq(signInThrottles.subject, account));
  for (const subject of shared) {
    await context.db
      .update(signInThrottles)
      .set({ failures: sql`greatest(${signInThrottles.failures} - 1, 0)`, blockedUntil: null })
      .where(eq(signInThrottles.subject, subject));
  }
  await context.db.delete(signInThrottles).where(lt(signInThrottles.windowStartedAt, outdated));
}
