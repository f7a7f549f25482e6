import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import { inCallTiming } from '@/lib/domain/changes/settle-timing';
import type { ServerContext } from '../context';
import { type LoadedChange, loadChange } from './change-row';
import type { Verdict } from './verdict';

export type LookOptions = {
  readonly signal: AbortSignal;
  /** Quiet after the lost answer before "it did not happen" is believed. */
  readonly quietMs: number;
};

/** One look at the provider, whose verdict is recorded unless it is `open`. */
export type Look = (context: ServerContext, change: LoadedChange, options: LookOptions) => Promise<Verdict>;

/** Looks a few times while the person waits; what stays open is looked at later by the job. */
export async function settleInCall(context: ServerContext, changeId: string, look: Look): Promise<Verdict> {
  const { pausesMs, budgetMs, quietMs } = context.settling ?? inCallTiming;
  const signal = AbortSignal.timeout(budgetMs);
  let verdict: Verdict = { kind: 'open', isReached: false, why: 'It was not looked at yet.' };
  for (const pauseMs of pausesMs) {
    if (signal.aborted) break;
    await sleep(pauseMs);
    verdict = await look(context, await loadChange(context.db, changeId), { signal, quietMs });
    if (verdict.kind !== 'open') return verdict;
  }
  await context.db.update(changes).set({ lookAt: context.now() }).where(eq(changes.id, changeId));
  return verdict;
}
