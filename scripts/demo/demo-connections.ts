import { and, eq, ne } from 'drizzle-orm';
import { connections } from '@/lib/db/schema';
import { createConnection } from '@/lib/server/connections/create-connection';
import type { ServerContext } from '@/lib/server/context';
import { AppError } from '@/lib/server/errors';
import { listReads } from '@/lib/server/reads/list-reads';
import { readKeys } from '@/lib/server/reads/read-keys';
import type { ReadResult } from '@/lib/server/reads/track-read';
import { readUsage } from '@/lib/server/usage/read-usage';
import type { DemoProvider } from './demo-env';

const LOOK_EVERY_MS = 500;

/** The stored connection to an emulator; one that moved to another port is followed there. */
export async function ensureConnection(context: ServerContext, provider: DemoProvider): Promise<number> {
  const [known] = await context.db
    .select({ id: connections.id, baseUrl: connections.baseUrl })
    .from(connections)
    .where(
      and(
        eq(connections.provider, provider.provider),
        eq(connections.name, provider.name),
        ne(connections.state, 'removed'),
      ),
    );
  if (!known) return (await createConnection(context, provider)).connectionId;
  if (known.baseUrl !== provider.baseUrl) {
    await context.db
      .update(connections)
      .set({ baseUrl: provider.baseUrl })
      .where(eq(connections.id, known.id));
  }
  return known.id;
}

/** Reads all connections at once and tells the progress of them together. A failed read throws its sentence. */
export async function readAll(
  context: ServerContext,
  connectionIds: readonly number[],
  kind: 'keys' | 'usage',
  onProgress: (done: number, total: number | null) => void,
): Promise<void> {
  const tell = async () => {
    const reads = await listReads(context);
    const views = connectionIds.flatMap((id) => reads.get(id)?.[kind] ?? []);
    const sum = (read: (view: (typeof views)[number]) => number) =>
      views.reduce((total, view) => total + read(view), 0);
    const isTotalKnown = views.length > 0 && views.every((view) => view.total !== null);
    onProgress(
      sum((view) => view.done),
      isTotalKnown ? sum((view) => view.total ?? 0) : null,
    );
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(tell).catch(() => undefined);
  }, LOOK_EVERY_MS);
  try {
    const results = await Promise.all(connectionIds.map((id) => readOne(context, id, kind)));
    const failed = results.find((result) => result?.state === 'failed');
    if (failed) throw new Error(failed.failure ?? 'A read failed.');
  } finally {
    clearInterval(timer);
    await looking;
  }
  await tell();
}

/** Null when the console, already running, reads it at the moment. */
async function readOne(
  context: ServerContext,
  connectionId: number,
  kind: 'keys' | 'usage',
): Promise<ReadResult | null> {
  try {
    if (kind === 'keys') return await readKeys(context, { connectionId });
    return await readUsage(context, { connectionId, maxMs: null });
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return null;
    throw error;
  }
}
