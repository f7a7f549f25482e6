import 'server-only';
import { asc, ne } from 'drizzle-orm';
import { connections } from '@/lib/db/schema';
import type { ConnectionFreshness, FreshnessView } from '@/lib/domain/usage/freshness-view';
import { readProgressText } from '@/lib/domain/usage/read-progress';
import type { ServerContext } from '../context';
import { listReads, NEVER_READ } from './list-reads';

/** How old what one sees is, and what is being read right now, over all connections. */
export async function getFreshness(context: ServerContext): Promise<FreshnessView> {
  const reads = await listReads(context);
  const rows = await context.db
    .select({ id: connections.id, name: connections.name, state: connections.state })
    .from(connections)
    .where(ne(connections.state, 'removed'))
    .orderBy(asc(connections.id));
  const views = rows.map(
    (row): ConnectionFreshness => ({
      id: row.id,
      name: row.name,
      state: row.state === 'paused' ? 'paused' : 'active',
      keysRead: reads.get(row.id)?.keys ?? NEVER_READ,
      usageRead: reads.get(row.id)?.usage ?? NEVER_READ,
    }),
  );
  const completedAt = views
    .filter((view) => view.state === 'active')
    .map((view) => view.keysRead.lastCompleteAt);
  const isWhole = completedAt.length > 0 && completedAt.every((at) => at !== null);
  return {
    connections: views,
    oldestCompleteAt: isWhole ? (completedAt.toSorted().at(0) ?? null) : null,
    isReading: views.some(({ keysRead, usageRead }) => [keysRead.state, usageRead.state].includes('running')),
    progressText: progressOf(views),
  };
}

/** Reads of several connections are told as one: keys are added up, days of usage too. */
function progressOf(views: readonly ConnectionFreshness[]): string | null {
  const texts = (['keys', 'usage'] as const).flatMap((kind) => {
    const running = views
      .map((view) => (kind === 'keys' ? view.keysRead : view.usageRead))
      .filter((read) => read.state === 'running');
    if (running.length === 0) return [];
    const done = running.reduce((sum, read) => sum + read.done, 0);
    const total = running.reduce((sum, read) => sum + (read.total ?? 0), 0);
    return [readProgressText({ kind, done, total })];
  });
  return texts.length === 0 ? null : texts.join(', ');
}
