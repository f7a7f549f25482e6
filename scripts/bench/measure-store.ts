import { randomUUID } from 'node:crypto';
import { closeDatabase, getPool } from '@/lib/db/client';
import { createServerContext } from '@/lib/server/runtime';
import { measureBulk } from './measure-bulk';
import { measureChanges } from './measure-changes';
import { measureDayOfUsage } from './measure-day-of-usage';
import { measureFullRead } from './measure-full-read';
import { measureQueries } from './measure-queries';
import { requireEqualRollUps } from './require-equal-roll-ups';
import type { Measured } from './samples';

// Run with `node --conditions=react-server --import tsx scripts/bench/measure-store.ts EMULATOR SLOW LIMITED KEY
// CALLS_A_MINUTE` on a generated database: what the store, the reads and the changes at providers cost. Prints one
// JSON object a line.

function say(message: Measured | { readonly step: string }): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const apiOf = (url: string): string => `${url}/api/v1`;

async function measure([
  emulatorUrl = '',
  slowUrl = '',
  limitedUrl = '',
  managementKey = '',
  callsPerMinute = '',
]: readonly string[]): Promise<void> {
  const context = createServerContext({ kind: 'system', name: 'Measurement' }, randomUUID());
  say({ step: 'chart queries' });
  for (const measured of await measureQueries(context)) say(measured);
  say({ step: 'full reads of keys' });
  const read = await measureFullRead(context, { baseUrl: apiOf(slowUrl), managementKey });
  for (const measured of read.figures) say(measured);
  say({ step: 'a day of usage' });
  for (const measured of await measureDayOfUsage(context, read.connectionId)) say(measured);
  await requireEqualRollUps(getPool());
  say({ step: 'changes' });
  for (const measured of await measureChanges(context, { baseUrl: apiOf(emulatorUrl), managementKey }))
    say(measured);
  say({ step: 'bulk changes' });
  const limited = {
    baseUrl: apiOf(limitedUrl),
    managementKey,
    emulatorUrl: limitedUrl,
    callsPerMinute: Number(callsPerMinute),
  };
  for (const measured of await measureBulk(context, limited)) say(measured);
}

try {
  await measure(process.argv.slice(2));
} finally {
  await closeDatabase();
}
