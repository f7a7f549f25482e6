import { asc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { changes, incidents } from '@/lib/db/schema';
import { changeOutside } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { DAY_MS } from '@/lib/testing/rotation';
import {
  emulatorsOf,
  quietRotation,
  type StoppingVendor,
  stopped,
  stoppingVendors,
  stopRoute,
  troubledRotation,
} from '@/lib/testing/rotation-vendors';
import { resolveIncident } from '../incidents/resolve-incident';
import { goBack, retireNow } from './steer-rotation';

const emulatorOf = emulatorsOf(stoppingVendors);
const REST_MS = 6 * 60_000;

async function setUp(db: Database, vendor: StoppingVendor) {
  const world = await troubledRotation(db, vendor, emulatorOf(vendor));
  const asked = () => db.select().from(incidents).orderBy(asc(incidents.openedAt));
  const open = async () => (await asked()).filter(({ resolvedAt }) => resolvedAt === null);
  /** The next so many tries, each when the last one has rested. */
  const tries = async (count: number) => {
    for (let round = 0; round < count; round += 1) {
      await world.later(REST_MS);
      await world.advance();
    }
  };
  const refuse = (times: number) => world.fault(stopRoute[vendor], { status: 403, times });
  return { ...world, asked, open, tries, refuse };
}

describe.each(stoppingVendors)('a step that %s keeps refusing', (vendor) => {
  it('asks a person after the third time, once, and is answered when it comes through', async ({ db }) => {
    const world = await setUp(db, vendor);
    await quietRotation(world);
    await world.refuse(4);
    await world.advance();
    await world.tries(1);
    expect(await world.open()).toEqual([]);
    await world.tries(2);
    const open = await world.open();
    expect(open).toMatchObject([{ kind: 'rotation_refused', keyId: world.keyId, facts: { tries: 3 } }]);
    expect(open[0]?.title).toContain(`“${world.name}” cannot stop the old key`);
    expect(JSON.stringify(open[0]?.facts)).toContain('the old secret still works');
    await world.tries(1);
    expect(await world.open()).toEqual([]);
    expect(await world.asked()).toMatchObject([{ resolution: 'It came through.' }]);
    expect((await world.live(world.name))[0]).toMatchObject(stopped(vendor));
  });

  it('counts no outage, and no pause that was asked for', async ({ db }) => {
    const world = await setUp(db, vendor);
    await quietRotation(world);
    await world.fault(stopRoute[vendor], { status: 429, retryAfter: 0.1, times: 5 });
    await world.advance();
    await world.tries(4);
    const refused = (await db.select().from(changes)).filter(({ state }) => state === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(await world.open()).toEqual([]);
  });

  it('is answered by going back, and by retiring by hand', async ({ db }) => {
    const world = await setUp(db, vendor);
    const rotationId = await quietRotation(world);
    await world.refuse(4);
    await world.advance();
    await world.tries(2);
    expect(await world.open()).toHaveLength(1);
    // By hand, and refused once more: the person is told at once, and asked anew only after more refusals.
    await world.later(REST_MS);
    await retireNow(world.admin, { rotationId, reason: '' });
    expect(await world.open()).toEqual([]);
    expect(await world.asked()).toMatchObject([{ resolution: 'The old key is to be retired.' }]);
    await world.refuse(3);
    await world.tries(3);
    expect(await world.open()).toHaveLength(1);
    await goBack(world.admin, { rotationId, reason: 'not now' });
    expect(await world.open()).toEqual([]);
    await world.tries(1);
    expect(await world.rotation()).toMatchObject({ state: 'cancelled', failure: null });
  });

  it('can be answered by a person, and asks again only after as many refusals', async ({ db }) => {
    const world = await setUp(db, vendor);
    await quietRotation(world);
    await world.refuse(6);
    await world.advance();
    await world.tries(2);
    const [incident] = await world.open();
    await resolveIncident(world.admin, { incidentId: incident?.id ?? '', resolution: 'Asked them.' });
    await world.tries(2);
    expect(await world.open()).toEqual([]);
    await world.tries(1);
    expect(await world.open()).toHaveLength(1);
    const [old] = await world.live(world.name);
    await changeOutside(world.emulator, { op: 'delete', key: old?.externalId });
    await world.read();
    await world.advance();
    expect(await world.rotation()).toMatchObject({ state: 'done' });
    expect(await world.open()).toEqual([]);
  });
});

describe('a step of going back that is refused', () => {
  it('tells that the new key still works', async ({ db }) => {
    const world = await setUp(db, 'openrouter');
    const { rotationId, keyId } = await world.start({ quietHours: 24 });
    await world.refuse(3);
    await goBack(world.admin, { rotationId, reason: '' });
    await world.tries(2);
    expect(await world.open()).toMatchObject([{ kind: 'rotation_refused', keyId }]);
    await world.tries(1);
    expect(await world.open()).toEqual([]);
    await world.later(8 * DAY_MS);
    await world.deletions();
    expect(await world.live(world.newName)).toEqual([]);
  });
});
