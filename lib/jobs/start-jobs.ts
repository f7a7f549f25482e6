import 'server-only';
import { getPool } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { createServerContext } from '@/lib/server/runtime';
import { log } from '@/lib/utils/log';
import { type AnchorTimer, startAnchorTimer } from './anchor-timer';
import { type Chores, createChores, startChores } from './chores';
import { createScheduler, type Scheduler } from './scheduler';

const RETRY_MS = 5_000;

// One scheduler a process, though `next dev` may load this module again.
const shared = globalThis as typeof globalThis & {
  keywardScheduler?: Scheduler;
  keywardChores?: Chores;
  keywardAnchors?: AnchorTimer;
};

/**
 * Starts the scheduled work of this process, unless its settings say off, and stops it on SIGTERM and SIGINT.
 * While the database is away it tries again; a page never waits for it.
 */
export function startJobs(): void {
  const env = getEnv();
  if (!env.jobsEnabled || shared.keywardScheduler) return;
  const createContext = () => createServerContext({ kind: 'system', name: 'Keyward' });
  const scheduler = createScheduler({
    pool: getPool(),
    createContext,
    intervalSeconds: env.readIntervalSeconds,
  });
  shared.keywardScheduler = scheduler;
  void startWhenPossible(scheduler);
  shared.keywardChores = startChores(
    createContext,
    createChores({ isOnlyProcess: env.databaseKind === 'embedded' }),
  );
  shared.keywardAnchors = startAnchorTimer({ ...env.auditAnchors, createContext });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stopJobs());
}

async function startWhenPossible(scheduler: Scheduler): Promise<void> {
  while (shared.keywardScheduler === scheduler) {
    try {
      await scheduler.start();
      return;
    } catch (error) {
      log.warn({ err: error }, 'The scheduled work could not be started yet; it is tried again');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Ends the scheduled work; a read that runs is closed as stopped. */
async function stopJobs(): Promise<void> {
  const scheduler = shared.keywardScheduler;
  const chores = shared.keywardChores;
  const anchors = shared.keywardAnchors;
  delete shared.keywardScheduler;
  delete shared.keywardChores;
  delete shared.keywardAnchors;
  try {
    await chores?.stop();
    await scheduler?.stop();
    await anchors?.stop();
  } catch (error) {
    log.warn({ err: error }, 'The scheduled work did not stop cleanly');
  }
}
