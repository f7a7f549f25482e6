import 'server-only';
import PgBoss from 'pg-boss';
import type { getPool } from '@/lib/db/client';
import type { ServerContext } from '@/lib/server/context';
import { AppError } from '@/lib/server/errors';
import { closeDeadReads, pruneReads } from '@/lib/server/reads/close-dead-reads';
import { stopLiveReads } from '@/lib/server/reads/live-reads';
import { readKeys } from '@/lib/server/reads/read-keys';
import { readUsage } from '@/lib/server/usage/read-usage';
import { log } from '@/lib/utils/log';
import { type DueRead, listDueReads } from './due-reads';

type Pool = ReturnType<typeof getPool>;

export type SchedulerOptions = {
  readonly pool: Pool;
  /** A context of the system, new for each job. */
  readonly createContext: () => ServerContext;
  readonly intervalSeconds: number;
};

export type Scheduler = {
  start(): Promise<void>;
  /** Stops the running reads, closes their rows and ends the queue. */
  stop(): Promise<void>;
};

const QUEUES = { keys: 'read-keys', usage: 'read-usage' } as const;
/** So many connections are read at once, for each kind. */
const WORKERS_A_QUEUE = 3;
const PRUNE_EVERY_MS = 3_600_000;
const HOUR = 3_600;
const STOP_MS = 10_000;

/**
 * Reads each active connection on its interval. A look at what is due puts jobs into pg-boss, at most one waiting
 * for each connection and kind, however many instances look; a worker runs it. Nothing is lost with a job: the next
 * look finds the same read due. Polling only, since the embedded database carries no notifications.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const boss = createBoss(options.pool);
  const lookMs = Math.min(5_000, Math.max(500, (options.intervalSeconds * 1_000) / 4));
  let timer: NodeJS.Timeout | undefined;
  let look: Promise<void> = Promise.resolve();
  let prunedAt = Number.NEGATIVE_INFINITY;
  const lookOnce = async () => {
    try {
      const context = options.createContext();
      await closeDeadReads(context.db, context.now());
      if (performance.now() - prunedAt >= PRUNE_EVERY_MS) {
        await pruneReads(context.db, context.now());
        prunedAt = performance.now();
      }
      for (const due of await listDueReads(context, options.intervalSeconds)) await send(boss, due);
    } catch (error) {
      log.warn({ err: error }, 'The schedule of reads could not be looked at; it is tried again');
    }
  };
  const lookAgain = () => {
    timer = setTimeout(() => {
      look = lookOnce().finally(() => {
        if (timer !== undefined) lookAgain();
      });
    }, lookMs);
    timer.unref();
  };
  return {
    async start() {
      await boss.start();
      const pollingIntervalSeconds = Math.min(2, Math.max(0.5, options.intervalSeconds / 10));
      for (const kind of ['keys', 'usage'] as const) {
        await prepareQueue(boss, QUEUES[kind]);
        for (let worker = 0; worker < WORKERS_A_QUEUE; worker += 1) {
          await boss.work<DueRead>(QUEUES[kind], { pollingIntervalSeconds }, (jobs) =>
            runJobs(options, jobs),
          );
        }
      }
      await lookOnce();
      lookAgain();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      const { db, now } = options.createContext();
      await stopLiveReads(db, now());
      await look;
      await boss.offWork(QUEUES.keys);
      await boss.offWork(QUEUES.usage);
      await stopLiveReads(db, now());
      await boss.stop({ graceful: true, wait: true, timeout: STOP_MS });
    },
  };
}

function createBoss(pool: Pool): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[]) => pool.query(text, values) },
    archiveCompletedAfterSeconds: HOUR,
    deleteAfterHours: 24,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'The job queue had an error; it goes on'));
  return boss;
}

/** A failed or lost job is not repeated: what it should have read is due again anyway. */
async function prepareQueue(boss: PgBoss, name: string): Promise<void> {
  const queue = { name, policy: 'short', retryLimit: 0, expireInHours: 1 } as const;
  if (await boss.getQueue(name)) await boss.updateQueue(name, queue);
  else await boss.createQueue(name, queue);
}

async function send(boss: PgBoss, due: DueRead): Promise<void> {
  await boss.send(QUEUES[due.kind], due, { singletonKey: String(due.connectionId) });
}

async function runJobs(options: SchedulerOptions, jobs: readonly PgBoss.Job<DueRead>[]): Promise<void> {
  for (const { data } of jobs) {
    const context = options.createContext();
    const { connectionId, kind } = data;
    try {
      await (kind === 'keys' ? readKeys(context, { connectionId }) : readUsage(context, { connectionId }));
    } catch (error) {
      // Paused, removed or being read by someone else since the look: nothing is to be done.
      if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not_found')) continue;
      log.error({ err: error, connectionId, kind, requestId: context.requestId }, 'A scheduled read failed');
    }
  }
}
