import 'server-only';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { liveReads } from './live-reads';
import { requireReadable } from './open-for-reading';
import { readConnection } from './read-connection';

/**
 * Starts a read of keys and usage at once and does not wait for it. It runs in this process, so it also works
 * where no jobs run; when the process ends, its row is closed and the schedule reads again.
 * Answers false when a read is under way already. Throws as `readKeys` does.
 */
export async function requestRead(
  context: ServerContext,
  input: { readonly connectionId: number },
): Promise<{ isStarted: boolean }> {
  const { connectionId } = input;
  await requireReadable(context, connectionId);
  if ([...liveReads().values()].some((read) => read.connectionId === connectionId && read.kind === 'keys')) {
    return { isStarted: false };
  }
  readConnection(context, { connectionId }).catch((error: unknown) => {
    // Another read of it began in the same moment; that one brings the same news.
    if (error instanceof AppError && error.code === 'conflict') return;
    log.error({ err: error, connectionId, requestId: context.requestId }, 'A requested read failed');
  });
  return { isStarted: true };
}
