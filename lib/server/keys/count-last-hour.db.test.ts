import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect } from 'vitest';
import { connections, keys } from '@/lib/db/schema';
import {
  as,
  connectVendor,
  injectFault,
  startVendor,
  type TestEmulator,
  type TestVendor,
} from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertTeam } from '@/lib/testing/factories';
import { clearFaults, keyWish } from '@/lib/testing/settling';
import { countLastHour } from './count-last-hour';
import { createKey } from './create-key';

const emulators = new Map<TestVendor, TestEmulator>();
const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];
beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

function emulatorOf(vendor: TestVendor): TestEmulator {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  return emulator;
}

async function use(emulator: TestEmulator, key: string, requests: number): Promise<void> {
  const answer = await fetch(`${emulator.controlUrl}/spend`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key, usd: 0.01, requests }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

it.for(vendors)(
  'requests of the last hour at %s are counted where it tells hours',
  async (vendor, { db }) => {
    const emulator = emulatorOf(vendor);
    const { context, connectionId } = await connectVendor(db, vendor, emulator);
    const { keyId } = await createKey(context, keyWish(connectionId, `hourly-${vendor}`));
    const [key] = await db.select().from(keys).where(eq(keys.id, keyId));
    await use(emulator, key?.externalId ?? '', 3);
    const counted = await countLastHour(context, { keyId });
    if (vendor === 'requesty-classic') return expect(counted).toBeNull();
    expect(counted).toMatchObject({ requests: 3, isExact: vendor === 'openrouter' });
  },
);

it('is not known while the provider is down or the connection is paused, and not told to others', async ({
  db,
}) => {
  const emulator = emulatorOf('requesty');
  const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
  const { keyId } = await createKey(context, keyWish(connectionId, 'hourly-down'));
  await injectFault(emulator, { route: 'GET /**/usage', times: 50, status: 400 });
  expect(await countLastHour(context, { keyId })).toBeNull();
  await clearFaults(emulator);
  expect(await countLastHour(context, { keyId })).toMatchObject({ requests: 0 });
  const team = await insertTeam(db);
  const other = as(context, testActor('lead', [team.id]));
  await expect(countLastHour(other, { keyId })).rejects.toMatchObject({ code: 'not_found' });
  await db.update(connections).set({ state: 'paused' }).where(eq(connections.id, connectionId));
  expect(await countLastHour(context, { keyId })).toBeNull();
});
