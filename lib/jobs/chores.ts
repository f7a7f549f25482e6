import 'server-only';
import { advanceBulkRuns, endDeadBulkLeases } from '@/lib/server/bulk/advance-bulk-runs';
import { endDeadLeases } from '@/lib/server/changes/lease';
import { settleOpenChanges } from '@/lib/server/changes/settle-open-changes';
import type { ServerContext } from '@/lib/server/context';
import { deliverDue } from '@/lib/server/deliveries/deliver-due';
import { pruneMessages } from '@/lib/server/deliveries/prune-messages';
import { expireHandOvers } from '@/lib/server/hand-over/expire-hand-overs';
import { carryOutDeletions } from '@/lib/server/keys/carry-out-deletions';
import { advanceRaises, endDeadRaiseLeases } from '@/lib/server/raises/advance-raises';
import { carryOutRequests, refreshRequests } from '@/lib/server/requests/advance-requests';
import { endDeadRequestLeases } from '@/lib/server/requests/carry-lease';
import { advanceRotations } from '@/lib/server/rotation/advance-rotations';
import { log } from '@/lib/utils/log';

/** Work that finds for itself, in the database, what is to be done: a lost round loses nothing. */
export type Chore = {
  readonly name: string;
  readonly everyMs: number;
  /** Answers `more` when there is more to do: the next round then follows at once. */
  readonly run: (context: ServerContext) => Promise<unknown>;
};

export type Chores = {
  /** Ends the rounds and waits for those that run. */
  stop(): Promise<void>;
};

/** A round of bulk changes begins nothing new after so long, so that a process can stop. */
const BULK_ROUND_MS = 5_000;
const DELETION_ROUND_MS = 5_000;

/** `isOnlyProcess`: nobody else works on this database, so what a dead process left is taken up at once. */
export function createChores({ isOnlyProcess }: { readonly isOnlyProcess: boolean }): readonly Chore[] {
  let hasDeadLeases = isOnlyProcess;
  return [
    { name: 'expired hand-overs', everyMs: 15_000, run: expireHandOvers },
    { name: 'emails and webhooks', everyMs: 2_000, run: deliverDue },
    { name: 'old notifications', everyMs: 3_600_000, run: pruneMessages },
    {
      name: 'due deletions',
      everyMs: 20_000,
      run: (context) => carryOutDeletions(context, { budgetMs: DELETION_ROUND_MS }),
    },
    { name: 'rotations', everyMs: 5_000, run: advanceRotations },
    {
      name: 'open changes',
      everyMs: 2_000,
      run: async (context) => {
        if (hasDeadLeases) {
          await endDeadLeases(context);
          await endDeadBulkLeases(context);
          await endDeadRequestLeases(context);
          await endDeadRaiseLeases(context);
          hasDeadLeases = false;
        }
        await settleOpenChanges(context);
      },
    },
    { name: 'raises', everyMs: 2_000, run: advanceRaises },
    { name: 'requests that wait', everyMs: 10_000, run: refreshRequests },
    { name: 'approved requests', everyMs: 2_000, run: carryOutRequests },
    {
      name: 'bulk changes',
      everyMs: 1_000,
      run: async (context) => {
        const { takenUp } = await advanceBulkRuns(context, { budgetMs: BULK_ROUND_MS });
        return takenUp > 0 ? 'more' : 'rest';
      },
    },
  ];
}

/** Runs each chore now and at its interval, one round of it at a time. */
export function startChores(createContext: () => ServerContext, chores: readonly Chore[]): Chores {
  const running = chores.map((chore) => startChore(chore, createContext));
  return {
    async stop() {
      await Promise.all(running.map((stop) => stop()));
    },
  };
}

function startChore(chore: Chore, createContext: () => ServerContext): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const runOnce = async () => {
    try {
      return await chore.run(createContext());
    } catch (error) {
      log.warn({ err: error, chore: chore.name }, 'A chore failed; it is tried again');
      return 'rest';
    }
  };
  const runAgain = async () => {
    const told = await runOnce();
    if (isStopped) return;
    const pauseMs = told === 'more' ? 0 : chore.everyMs;
    timer = setTimeout(() => {
      round = runAgain();
    }, pauseMs);
    timer.unref();
  };
  let round = runAgain();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await round;
  };
}
