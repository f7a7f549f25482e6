import 'server-only';
import type { ServerContext } from '@/lib/server/context';
import { expireHandOvers } from '@/lib/server/hand-over/expire-hand-overs';
import { log } from '@/lib/utils/log';

/** Work that finds for itself, in the database, what is to be done: a lost round loses nothing. */
export type Chore = {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (context: ServerContext) => Promise<unknown>;
};

export type Chores = {
  /** Ends the rounds and waits for those that run. */
  stop(): Promise<void>;
};

const CHORES: readonly Chore[] = [{ name: 'expired hand-overs', everyMs: 15_000, run: expireHandOvers }];

/** Runs each chore now and at its interval, one round of it at a time. */
export function startChores(createContext: () => ServerContext, chores: readonly Chore[] = CHORES): Chores {
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
      await chore.run(createContext());
    } catch (error) {
      log.warn({ err: error, chore: chore.name }, 'A chore failed; it is tried again');
    }
  };
  const runAgain = async () => {
    await runOnce();
    if (isStopped) return;
    timer = setTimeout(() => {
      round = runAgain();
    }, chore.everyMs);
    timer.unref();
  };
  let round = runAgain();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await round;
  };
}
