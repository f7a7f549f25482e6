import { eq } from 'drizzle-orm';
import { keys } from '@/lib/db/schema';
import { createConnection } from '@/lib/server/connections/create-connection';
import type { ServerContext } from '@/lib/server/context';
import { readKeys } from '@/lib/server/reads/read-keys';
import { asMedian, type Measured, timeEach } from './samples';
import { median } from './statistics.mjs';

const CALL_MS = 50;
const KEYS_A_PAGE = 100;
const CALLS_AT_ONCE = 8;

export type Account = { readonly baseUrl: string; readonly managementKey: string };

/** The first page alone, then eight at a time: without storing, it cannot be done in less. */
function boundMs(count: number): number {
  const pages = Math.ceil(count / KEYS_A_PAGE);
  return (1 + Math.ceil((pages - 1) / CALLS_AT_ONCE)) * CALL_MS;
}

/** Every key of a connection into the mirror; fails unless the read is complete. */
export async function readWhole(context: ServerContext, connectionId: number): Promise<void> {
  const { state, failure } = await readKeys(context, { connectionId });
  if (state !== 'complete') throw new Error(`the keys could not be read: ${failure}`);
}

/** Every key of an account that answers each call after 50 ms, read and stored into an empty mirror. */
export async function measureFullRead(
  context: ServerContext,
  account: Account,
): Promise<{ readonly connectionId: number; readonly figures: readonly Measured[] }> {
  const { connectionId } = await createConnection(context, {
    provider: 'openrouter',
    name: 'Slow account',
    ...account,
  });
  await readWhole(context, connectionId);
  const ofConnection = eq(keys.connectionId, connectionId);
  const count = await context.db.$count(keys, ofConnection);
  const samples: number[] = [];
  for (let run = 0; run < 7; run += 1) {
    await context.db.delete(keys).where(ofConnection);
    samples.push(...(await timeEach(() => readWhole(context, connectionId), { runs: 1, warmUps: 0 })));
  }
  const again = await timeEach(() => readWhole(context, connectionId), { runs: 5, warmUps: 0 });
  const bound = boundMs(count);
  const share = {
    id: 'read-share',
    value: bound / median(samples),
    detail: `bound ${bound} ms for ${count} keys; best run ${(bound / Math.min(...samples)).toFixed(2)}`,
  };
  return { connectionId, figures: [share, asMedian('read-ms', samples), asMedian('read-again-ms', again)] };
}
