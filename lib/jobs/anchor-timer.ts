import 'server-only';
import { type AnchorTarget, anchorAudit } from '@/lib/server/audit/anchor-audit';
import type { ServerContext } from '@/lib/server/context';
import { log } from '@/lib/utils/log';

export type AnchorTimerOptions = AnchorTarget & {
  readonly intervalSeconds: number;
  /** A context of the system, new for each anchor. */
  readonly createContext: () => ServerContext;
};

export type AnchorTimer = {
  /** Writes the file once more, so that what was just recorded is in it, and ends. */
  stop(): Promise<void>;
};

/**
 * Anchors the audit chain now and at an interval. Every instance does so for its own file; nothing waits for it.
 */
export function startAnchorTimer(options: AnchorTimerOptions): AnchorTimer {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const anchor = async (url: string | null) => {
    try {
      await anchorAudit(options.createContext(), { file: options.file, url });
    } catch (error) {
      log.warn({ err: error }, 'The audit chain could not be anchored; it is tried again');
    }
  };
  const anchorAgain = async () => {
    await anchor(options.url);
    if (isStopped) return;
    timer = setTimeout(() => {
      running = anchorAgain();
    }, options.intervalSeconds * 1_000);
    timer.unref();
  };
  let running = anchorAgain();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      await anchor(null);
    },
  };
}
