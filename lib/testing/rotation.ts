import { asc, eq, like } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { auditEvents, keys, rotations } from '@/lib/db/schema';
import type { SettleTiming } from '@/lib/domain/changes/settle-timing';
import type { HandOverWish } from '@/lib/domain/hand-over/hand-over-input';
import type { CreateKeyInput } from '@/lib/domain/keys/key-input';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { carryOutDeletions } from '@/lib/server/keys/carry-out-deletions';
import { confirmSecret } from '@/lib/server/keys/confirm-secret';
import { createKey } from '@/lib/server/keys/create-key';
import { readConnection } from '@/lib/server/reads/read-connection';
import { advanceRotations } from '@/lib/server/rotation/advance-rotations';
import { startRotation } from '@/lib/server/rotation/start-rotation';
import { as, type TestEmulator, type TestVendor } from './connected';
import { actorOf } from './context';
import { insertUser } from './factories';
import { connectForSettling, FAST, keyWish, trueKeys } from './settling';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

async function control(emulator: TestEmulator, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${emulator.controlUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the emulator refused: ${await response.text()}`);
}

/** How far each emulator's clock was moved: tests that share one go on from there. */
const moved = new WeakMap<TestEmulator, number>();
let serial = 0;

type WorldOptions = {
  readonly timing?: SettleTiming;
  readonly timeoutMs?: number;
  readonly key?: Partial<CreateKeyInput>;
};

/** A key at an emulator, a person who rotates it, the job, and one clock for the product and its provider. */
export async function rotationWorld(
  db: Database,
  vendor: TestVendor,
  emulator: TestEmulator,
  { timing = FAST, timeoutMs = 2_000, key = {} }: WorldOptions = {},
) {
  // Its own bound on questions counts real minutes, while days pass here in seconds.
  if (vendor === 'openrouter') await control(emulator, 'switches', { analyticsPerMinute: null });
  const { context, connectionId } = await connectForSettling(db, vendor, emulator, { timing });
  const now = () => new Date(Date.now() + (moved.get(emulator) ?? 0));
  // The adapters go by the moved clock too: they ask for no day that lies ahead.
  const { masterKey } = context.providers;
  const providers = createProviderGateway({
    db,
    masterKey,
    isPrivateAllowed: true,
    callsPerMinute: null,
    now,
    timeoutMs,
  });
  const system: ServerContext = { ...context, now, providers, actor: { kind: 'system', name: 'Keyward' } };
  const admin = as(system, actorOf(await insertUser(db, { name: 'Ada Admin' })));
  serial += 1;
  const name = `rotated-${serial}`;
  const { keyId } = await createKey(system, keyWish(connectionId, name, key));
  const read = () => readConnection(system, { connectionId });
  const later = async (ms: number) => {
    moved.set(emulator, (moved.get(emulator) ?? 0) + ms);
    await control(emulator, 'clock', { advanceMs: ms });
  };
  await read();
  const world = { emulator, system, admin, connectionId, keyId, name, newName: `${name} (2)`, read, later };
  return { ...world, ...actsOf(world), ...looksOf(db, world) };
}

type Base = {
  readonly emulator: TestEmulator;
  readonly system: ServerContext;
  readonly admin: ServerContext;
  readonly keyId: number;
  readonly newName: string;
  readonly read: () => Promise<void>;
  readonly later: (ms: number) => Promise<void>;
};

function actsOf({ emulator, system, admin, keyId, newName, read, later }: Base) {
  return {
    /** Moves the clock, reads whole, and lets the jobs do what is due. */
    pass: async (ms: number) => {
      await later(ms);
      await read();
      await advanceRotations(system);
    },
    advance: () => advanceRotations(system),
    deletions: () => carryOutDeletions(system),
    use: async (ofName: string, usd = 0.01) => {
      const [found] = (await trueKeys(emulator, ofName)).filter(({ deletedAt }) => deletedAt === null);
      await control(emulator, 'spend', { key: found?.externalId ?? '', usd });
    },
    /** As a browser does it: what is shown is confirmed. */
    start: async (values: { quietHours?: number; handOver?: HandOverWish } = {}) => {
      const started = await startRotation(admin, {
        keyId,
        name: newName,
        quietHours: values.quietHours ?? 24,
        handOver: values.handOver ?? null,
        reason: 'yearly',
      });
      if (started.kind === 'secret') await confirmSecret(admin, { changeId: started.changeId });
      return started;
    },
  };
}

function looksOf(db: Database, { emulator, keyId }: Base) {
  return {
    atProvider: (ofName: string) => trueKeys(emulator, ofName),
    rotation: async () => {
      const [row] = await db
        .select()
        .from(rotations)
        .where(eq(rotations.oldKeyId, keyId))
        .orderBy(rotations.startedAt);
      if (!row) throw new Error('there is no rotation');
      return row;
    },
    row: async (id: number) => {
      const [row] = await db.select().from(keys).where(eq(keys.id, id));
      if (!row) throw new Error('there is no such key');
      return row;
    },
    acts: async () => {
      const rows = await db
        .select()
        .from(auditEvents)
        .where(like(auditEvents.action, 'rotation.%'))
        .orderBy(asc(auditEvents.seq));
      return rows.map(({ action }) => action.replace('rotation.', ''));
    },
  };
}
export type RotationWorld = Awaited<ReturnType<typeof rotationWorld>>;
