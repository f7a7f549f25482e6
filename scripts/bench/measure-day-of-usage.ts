import { eq } from 'drizzle-orm';
import { keys, models } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { addDays, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import type { ServerContext } from '@/lib/server/context';
import { storeUsage } from '@/lib/server/usage/store-usage';
import { asMedian, type Measured, timeEach } from './samples';

const RUNS = 9;

type Key = { readonly id: number; readonly externalId: string };

function factsOf(all: readonly Key[], names: readonly string[], day: UtcDay, lift: number): UsageFact[] {
  return all.map(({ externalId }, at) => ({
    keyExternalId: externalId,
    day,
    model: names[at % names.length] ?? null,
    requests: 1 + ((at + lift) % 90),
    promptTokens: 900 + at,
    completionTokens: 120 + at,
    reasoningTokens: 0,
    spend: usd(((at + lift) / 1000).toFixed(4)),
    byokSpend: usd('0'),
  }));
}

/** One day of every key of a connection: stored for the first time, restated, and told again unchanged. */
export async function measureDayOfUsage(context: ServerContext, connectionId: number): Promise<Measured[]> {
  const all = await context.db
    .select({ id: keys.id, externalId: keys.externalId })
    .from(keys)
    .where(eq(keys.connectionId, connectionId));
  const names = (await context.db.select({ name: models.name }).from(models)).map(({ name }) => name);
  const askedKeyIds = all.map(({ id }) => id);
  const today = utcDayOf(context.now());
  const dayOf = (run: number) => addDays(today, -20 - run);
  const store = async (run: number, lift: number) => {
    const day = dayOf(run);
    const batch = {
      facts: factsOf(all, names, day, lift),
      coveredDays: [day],
      source: 'analytics' as const,
      gap: null,
      missingKeys: [],
    };
    await storeUsage(context, {
      connectionId,
      window: { from: day, to: day },
      batch,
      askedKeyIds,
      readAt: context.now(),
    });
  };
  const timed = (lift: number) => timeEach((run) => store(run, lift), { runs: RUNS, warmUps: 1 });
  return [
    asMedian('day-new', await timed(0)),
    asMedian('day-changed', await timed(1)),
    asMedian('day-same', await timed(1)),
  ];
}
