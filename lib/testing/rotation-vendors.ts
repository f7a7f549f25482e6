import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Database } from '@/lib/db/client';
import { settleOpenChanges } from '@/lib/server/changes/settle-open-changes';
import { getKeyRotation } from '@/lib/server/rotation/get-key-rotation';
import { injectFault, startVendor, type TestEmulator, type TestVendor } from './connected';
import { HOUR_MS, type RotationWorld, rotationWorld } from './rotation';
import { clearFaults, routesOf } from './settling';

/** One emulator of each vendor for a whole file, without faults after each test. */
export function emulatorsOf(vendors: readonly TestVendor[]): (vendor: TestVendor) => TestEmulator {
  const emulators = new Map<TestVendor, TestEmulator>();
  beforeAll(async () => {
    for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
  });
  afterEach(async () => {
    for (const emulator of emulators.values()) await clearFaults(emulator);
  });
  afterAll(async () => {
    for (const emulator of emulators.values()) await emulator.close();
  });
  return (vendor) => {
    const emulator = emulators.get(vendor);
    if (!emulator) throw new Error(`no emulator of ${vendor}`);
    return emulator;
  };
}

/** One that can disable a key, and one that caps it instead. */
export const stoppingVendors = ['openrouter', 'requesty'] as const;
export type StoppingVendor = (typeof stoppingVendors)[number];

export const stopRoute = {
  openrouter: 'PATCH /api/v1/keys/*',
  requesty: routesOf.requesty.limit,
} as const;
export const stopped = (vendor: StoppingVendor) =>
  vendor === 'openrouter' ? { disabled: true } : { amount: 0.01 };
export const working = (vendor: StoppingVendor) =>
  vendor === 'openrouter' ? { disabled: false } : { amount: 25 };

/** A rotation's world with faults to inject, and a look at what is live, held and settled. */
export async function troubledRotation(
  db: Database,
  vendor: TestVendor,
  emulator: TestEmulator,
  options: Parameters<typeof rotationWorld>[3] = {},
) {
  const world = await rotationWorld(db, vendor, emulator, options);
  const fault = (route: string, values: Record<string, unknown>) =>
    injectFault(emulator, { route, ...values });
  const live = async (name: string) =>
    (await world.atProvider(name)).filter(({ deletedAt }) => deletedAt === null);
  const hold = async () => (await getKeyRotation(world.admin, { keyId: world.keyId })).rotation?.hold;
  const settle = async () => {
    await world.later(HOUR_MS / 60);
    await settleOpenChanges(world.system);
  };
  return { ...world, fault, live, hold, settle };
}

/** Rotated and quiet: the next advance retires the old key. */
export async function quietRotation(world: RotationWorld): Promise<string> {
  const { rotationId } = await world.start({ quietHours: 1 });
  await world.later(2 * HOUR_MS);
  await world.read();
  return rotationId;
}
