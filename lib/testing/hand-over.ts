import { z } from 'zod';
import type { Database } from '@/lib/db/client';
import type { HandOverNewKeyInput } from '@/lib/domain/hand-over/hand-over-input';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { ServerContext } from '@/lib/server/context';
import { as, connectVendor, type TestEmulator, type TestVendor } from './connected';
import { actorOf, createTestClock } from './context';
import { insertUser } from './factories';

/** When the test clock of `handOverWorld` stands; emulators keep their own time. */
export const HAND_OVER_START = '2026-11-20T10:00:00.000Z';

export function handOverWish(
  connectionId: number,
  handOver: Partial<HandOverNewKeyInput['handOver']> = {},
  values: Partial<HandOverNewKeyInput> = {},
): HandOverNewKeyInput {
  return {
    connectionId,
    name: 'release-notes',
    limit: capped(usd(25), 'monthly'),
    containerId: null,
    expiresAt: null,
    permissions: null,
    labels: {},
    teamId: null,
    ownerId: null,
    reason: '',
    ...values,
    handOver: { recipientId: null, lifetimeHours: 24, isSignInNeeded: false, ...handOver },
  };
}

/** A connection at an emulator, an admin who sends, a person who receives, and a clock to be moved. */
export async function handOverWorld(db: Database, vendor: TestVendor, emulator: TestEmulator) {
  const { context, connectionId } = await connectVendor(db, vendor, emulator);
  const clock = createTestClock(HAND_OVER_START);
  const sender = actorOf(await insertUser(db, { name: 'Ada Sender' }));
  const recipient = actorOf(await insertUser(db, { name: 'Rui Recipient', role: 'lead' }));
  const system: ServerContext = { ...context, now: clock.now, actor: { kind: 'system', name: 'Keyward' } };
  return { connectionId, clock, sender, recipient, system, admin: as(system, sender) };
}

const stateSchema = z.object({
  keys: z.array(z.object({ name: z.string(), secret: z.string() })),
});

/** The secrets of the keys that were made at an emulator, the newest last. */
export async function secretsAt(emulator: TestEmulator, name: string): Promise<readonly string[]> {
  const response = await fetch(`${emulator.controlUrl}/state?new=true`);
  const { keys } = stateSchema.parse(await response.json());
  return keys.filter((key) => key.name === name).map(({ secret }) => secret);
}
