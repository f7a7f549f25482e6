import { afterAll, beforeAll, describe, expect } from 'vitest';
import { percentOf } from '@/lib/testing/bulk';
import { injectFault, startVendor, type TestEmulator, type TestVendor } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { disguisesOf, textOfEveryTable } from '@/lib/testing/every-table';
import { handOverWish, handOverWorld, secretsAt } from '@/lib/testing/hand-over';
import { type RotationWorld, rotationWorld } from '@/lib/testing/rotation';
import { keyWish, routesOf, trueKeys } from '@/lib/testing/settling';
import { advanceBulkRuns } from '../bulk/advance-bulk-runs';
import { retryBulkRun } from '../bulk/follow-bulk-run';
import { getBulkRun } from '../bulk/get-bulk-run';
import { previewBulk } from '../bulk/preview-bulk';
import { startBulkRun } from '../bulk/start-bulk-run';
import { createKey } from '../keys/create-key';
import { deleteKey } from '../keys/delete-key';
import { startRotation } from '../rotation/start-rotation';
import { collectHandOver } from './collect-hand-over';
import { expireHandOvers } from './expire-hand-overs';
import { handOverNewKey } from './hand-over-new-key';
import { revokeHandOver } from './revoke-hand-over';

const emulators = new Map<TestVendor, TestEmulator>();
const vendors: readonly TestVendor[] = ['openrouter', 'requesty', 'requesty-classic'];
beforeAll(async () => {
  for (const vendor of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

const nobody = { viewer: null, address: null };

function findLeaks(dump: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => disguisesOf(secret).some((disguise) => dump.includes(disguise)));
}

describe.each(vendors)('a dump of the database after every path of a secret at %s', (vendor) => {
  it('holds no secret, no link key and no management key', async ({ db }) => {
    const emulator = emulators.get(vendor);
    if (!emulator) throw new Error(`no emulator of ${vendor}`);
    const { admin, system, connectionId, clock } = await handOverWorld(db, vendor, emulator);
    const paths = ['shown', 'waiting', 'collected', 'revoked', 'expired'] as const;
    const dumps: string[] = [];
    const linkKeys: string[] = [];
    const hand = async (name: string, lifetimeHours = 24) => {
      const made = await handOverNewKey(admin, handOverWish(connectionId, { lifetimeHours }, { name }));
      linkKeys.push(made.linkKey);
      dumps.push(await textOfEveryTable(db));
      return made;
    };
    const { handOver: _, ...shown } = handOverWish(connectionId, {}, { name: 'path-shown' });
    await createKey(admin, shown);
    await hand('path-waiting', 168);
    const collected = await hand('path-collected');
    await collectHandOver(system, { ...collected, ...nobody });
    const revoked = await hand('path-revoked');
    await revokeHandOver(admin, revoked);
    await hand('path-expired', 1);
    clock.set('2026-11-20T12:00:00.000Z');
    await expireHandOvers(system);
    dumps.push(await textOfEveryTable(db));

    const secrets = (await Promise.all(paths.map((path) => secretsAt(emulator, `path-${path}`)))).flat();
    expect(secrets).toHaveLength(paths.length);
    expect(linkKeys).toHaveLength(4);
    for (const dump of dumps) {
      expect(dump).toContain('path-waiting');
      expect(findLeaks(dump, [...secrets, emulator.managementKey])).toEqual([]);
      for (const linkKey of linkKeys) {
        expect(dump).not.toContain(linkKey);
        expect(dump).not.toContain(Buffer.from(linkKey, 'base64url').toString('hex'));
        expect(dump).not.toContain(Buffer.from(linkKey, 'base64url').toString('base64'));
      }
    }
  });
});

describe.each(vendors)(
  'a dump of the database after rotations, lost answers and bulk changes at %s',
  (vendor) => {
    it('holds no secret of a key that took over, of one that nobody saw, or of one that was tried again', async ({
      db,
    }) => {
      const emulator = emulators.get(vendor);
      if (!emulator) throw new Error(`no emulator of ${vendor}`);
      const shown = await rotationWorld(db, vendor, emulator);
      const started = await shown.start();
      if (started.kind !== 'secret') throw new Error('the secret was to be shown');
      const handed = `path-rotated-${vendor}`;
      const old = await createKey(shown.admin, keyWish(shown.connectionId, handed));
      const link = await startRotation(shown.admin, {
        keyId: old.keyId,
        name: `${handed} (2)`,
        quietHours: 24,
        handOver: { recipientId: null, lifetimeHours: 24, isSignInNeeded: false },
        reason: '',
      });
      if (link.kind !== 'link') throw new Error('the secret was to be sealed');

      const lost = `path-lost-${vendor}`;
      await injectFault(emulator, { route: routesOf[vendor].create, times: 1, drop: 'after' });
      const fresh = await createKey(shown.admin, keyWish(shown.connectionId, lost));
      const refused = await createKey(shown.admin, keyWish(shown.connectionId, `path-bulk-${vendor}`));
      await injectFault(emulator, { route: routesOf[vendor].limit, times: 1, status: 403 });
      await retryInBulk(shown, refused.keyId);
      await deleteKey(shown.admin, { keyId: fresh.keyId, typedName: lost, reason: '' });

      const ofLost = await trueKeys(emulator, lost);
      expect(ofLost).toHaveLength(2);
      const known = [shown.newName, `${handed} (2)`, shown.name, handed, `path-bulk-${vendor}`];
      const others = (await Promise.all(known.map((name) => trueKeys(emulator, name)))).flat();
      const secrets = [...ofLost, ...others].flatMap(({ secret }) => secret ?? []);
      expect(secrets).toHaveLength(2 + known.length);
      expect(secrets).toEqual(expect.arrayContaining([started.secret, fresh.secret, refused.secret]));
      const dump = await textOfEveryTable(db);
      for (const name of [...known, lost]) expect(dump).toContain(name);
      expect(findLeaks(dump, [...secrets, emulator.managementKey, link.linkKey])).toEqual([]);
      expect(dump).not.toContain(Buffer.from(link.linkKey, 'base64url').toString('hex'));
    });
  },
);

/** A bulk limit that the provider refuses, then takes. */
async function retryInBulk({ admin, system }: RotationWorld, keyId: number): Promise<void> {
  const input = { keyIds: [keyId], action: percentOf(-20) };
  const { digest } = await previewBulk(admin, input);
  const { runId } = await startBulkRun(admin, { ...input, digest, confirmation: '', reason: '' });
  await advanceBulkRuns(system);
  const again = await retryBulkRun(admin, { runId });
  await advanceBulkRuns(system);
  const view = await getBulkRun(admin, { runId: again.runId, page: 1, state: null });
  expect(view.counts).toMatchObject({ applied: 1 });
}

describe('the search itself', () => {
  it.for(['plain', 'hex', 'base64'] as const)('finds a secret that is stored as %s', async (form, { db }) => {
    const secret = 'sk-or-v1-0123456789abcdef0123456789abcdef';
    const text =
      form === 'plain' ? secret : Buffer.from(`x${secret}`).toString(form === 'hex' ? 'hex' : 'base64');
    await db.execute(
      `insert into settings (topic, value, updated_at) values ('leak', '{"at":"${text}"}', now())`,
    );
    expect(findLeaks(await textOfEveryTable(db), [secret])).toEqual([secret]);
  });
});
