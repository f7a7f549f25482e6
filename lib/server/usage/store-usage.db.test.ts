import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { keys, usageDays, usageFacts } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertAssignment,
  insertConnection,
  insertKey,
  insertTeam,
  usageFact,
  utcDay,
} from '@/lib/testing/factories';
import { expectRollUpsToEqualFacts } from '@/lib/testing/usage-totals';
import { storeUsage } from './store-usage';

const monday = utcDay('2026-08-31');
const tuesday = utcDay('2026-09-01');
const later = new Date('2026-09-03T08:00:00Z');

type Stored = {
  facts: readonly UsageFact[];
  days?: readonly UtcDay[];
  covered?: readonly UtcDay[];
  asked?: readonly number[];
  readAt?: Date;
  gap?: string;
};

async function setUp(db: Database) {
  const connection = await insertConnection(db);
  const key = await insertKey(db, { connectionId: connection.id, externalId: 'one' });
  const other = await insertKey(db, { connectionId: connection.id, externalId: 'two' });
  const context = createTestContext(db, { now: later });
  const store = ({ facts, days = [tuesday], covered = days, asked, readAt = later, gap }: Stored) => {
    const [from, to] = [days[0], days.at(-1)];
    if (!from || !to) throw new Error('a window has days');
    return storeUsage(context, {
      connectionId: connection.id,
      window: { from, to },
      batch: { facts, coveredDays: covered, source: 'analytics', gap: gap ?? null, missingKeys: [] },
      askedKeyIds: asked ?? [key.id, other.id],
      readAt,
    });
  };
  const factsOf = () =>
    db.select().from(usageFacts).orderBy(usageFacts.day, usageFacts.keyId, usageFacts.modelId);
  const dayOf = async (day: UtcDay) => (await db.select().from(usageDays).where(eq(usageDays.day, day)))[0];
  return { connection, key, other, store, factsOf, dayOf };
}

describe('storing usage', () => {
  test('replaces what the answer tells of a day and removes what it no longer tells', async ({ db }) => {
    const { store, factsOf, key } = await setUp(db);
    await store({
      facts: [
        usageFact({ keyExternalId: 'one', day: tuesday, spend: usd('0.1') }),
        usageFact({ keyExternalId: 'two', day: tuesday }),
      ],
    });
    await store({ facts: [usageFact({ keyExternalId: 'one', day: tuesday, spend: usd('0.30') })] });
    expect(await factsOf()).toMatchObject([{ keyId: key.id, spend: '0.3' }]);
    await expectRollUpsToEqualFacts(db);
  });

  test('keeps the facts of a key that the answer does not speak for', async ({ db }) => {
    const { store, factsOf, key, other } = await setUp(db);
    await store({ facts: [usageFact({ keyExternalId: 'two', day: tuesday, spend: usd('5') })] });
    await store({ facts: [usageFact({ keyExternalId: 'one', day: tuesday })], asked: [key.id] });
    expect((await factsOf()).map((fact) => fact.keyId)).toEqual([key.id, other.id]);
    await expectRollUpsToEqualFacts(db);
  });

  test('leaves unchanged rows unwritten', async ({ db }) => {
    const { store, factsOf } = await setUp(db);
    const facts = [usageFact({ keyExternalId: 'one', day: tuesday, spend: usd('0.10') })];
    await store({ facts, readAt: new Date('2026-09-02T10:00:00Z') });
    await store({ facts: [{ ...facts[0], spend: usd('0.1') } as UsageFact] });
    expect((await factsOf())[0]?.fetchedAt).toEqual(new Date('2026-09-02T10:00:00Z'));
  });

  test('adds up facts of the same key, day and model, exactly', async ({ db }) => {
    const { store, factsOf } = await setUp(db);
    await store({
      facts: [
        usageFact({ keyExternalId: 'one', day: tuesday, spend: usd('0.1') }),
        usageFact({ keyExternalId: 'one', day: tuesday, spend: usd('0.2') }),
      ],
    });
    expect(await factsOf()).toMatchObject([{ requests: 2, spend: '0.3' }]);
  });

  test('books a fact without a model under model 0, and none for a fact without use', async ({ db }) => {
    const { store, factsOf } = await setUp(db);
    await store({
      facts: [
        usageFact({ keyExternalId: 'one', day: tuesday, model: null }),
        usageFact({
          keyExternalId: 'two',
          day: tuesday,
          requests: 0,
          promptTokens: 0,
          completionTokens: 0,
          spend: usd('0.00'),
        }),
      ],
    });
    expect(await factsOf()).toMatchObject([{ modelId: 0 }]);
  });

  test('keeps the spend of a key that only usage still knows, as a gone key', async ({ db }) => {
    const { store, factsOf, connection } = await setUp(db);
    const facts = [
      usageFact({ keyExternalId: 'deleted-long-ago-0123456789', day: tuesday, spend: usd('7') }),
    ];
    await store({ facts });
    await store({ facts });
    const [gone] = await db.select().from(keys).where(eq(keys.externalId, 'deleted-long-ago-0123456789'));
    expect(gone).toMatchObject({ connectionId: connection.id, name: 'deleted-long…', goneAt: later });
    expect(await factsOf()).toMatchObject([{ keyId: gone?.id, spend: '7' }]);
  });

  test('books spend under the team that owned the key on that day', async ({ db }) => {
    const { store, factsOf, key } = await setUp(db);
    const [first, second] = [await insertTeam(db), await insertTeam(db)];
    await insertAssignment(db, {
      keyId: key.id,
      teamId: first.id,
      fromDay: utcDay('2026-08-30'),
      toDay: monday,
    });
    await insertAssignment(db, { keyId: key.id, teamId: second.id, fromDay: tuesday });
    const days = eachDay(utcDay('2026-08-29'), utcDay('2026-09-02'));
    await store({ days, facts: days.map((day) => usageFact({ keyExternalId: 'one', day })) });
    expect((await factsOf()).map((fact) => fact.teamId)).toEqual([
      first.id,
      first.id,
      first.id,
      second.id,
      second.id,
    ]);
    await expectRollUpsToEqualFacts(db);
  });

  test('books spend of a key without history under its present team, or none', async ({ db }) => {
    const { store, factsOf, key } = await setUp(db);
    const team = await insertTeam(db);
    await db.update(keys).set({ teamId: team.id }).where(eq(keys.id, key.id));
    await store({
      facts: ['one', 'two'].map((keyExternalId) => usageFact({ keyExternalId, day: tuesday })),
    });
    expect((await factsOf()).map((fact) => fact.teamId)).toEqual([team.id, 0]);
  });
});

describe('what is known of a day', () => {
  test('is complete only when the read began after its end', async ({ db }) => {
    const { store, dayOf } = await setUp(db);
    await store({ facts: [], readAt: new Date('2026-09-01T23:59:59.999Z') });
    expect(await dayOf(tuesday)).toMatchObject({ state: 'open' });
    await store({ facts: [], readAt: new Date('2026-09-02T00:00:00Z') });
    expect(await dayOf(tuesday)).toMatchObject({ state: 'complete', source: 'analytics', reason: null });
  });

  test('an uncovered day is missing with its reason, and its partial facts are not kept', async ({ db }) => {
    const { store, dayOf, factsOf } = await setUp(db);
    await store({
      days: [monday, tuesday],
      covered: [tuesday],
      gap: 'The answer was cut off.',
      facts: [usageFact({ keyExternalId: 'one', day: monday })],
    });
    expect(await dayOf(monday)).toMatchObject({ state: 'missing', reason: 'The answer was cut off.' });
    expect(await factsOf()).toEqual([]);
  });

  test('never turns from complete to missing, and keeps its facts', async ({ db }) => {
    const { store, dayOf, factsOf } = await setUp(db);
    await store({ facts: [usageFact({ keyExternalId: 'one', day: tuesday })] });
    await store({ facts: [], covered: [], gap: 'Nothing came.' });
    expect(await dayOf(tuesday)).toMatchObject({ state: 'complete', reason: null });
    expect(await factsOf()).toHaveLength(1);
  });

  test('an open day that could not be read again keeps its figures and tells why', async ({ db }) => {
    const { store, dayOf, factsOf } = await setUp(db);
    const noon = new Date('2026-09-01T12:00:00Z');
    await store({ facts: [usageFact({ keyExternalId: 'one', day: tuesday })], readAt: noon });
    await store({ facts: [], covered: [], gap: 'Nothing came.' });
    expect(await dayOf(tuesday)).toMatchObject({ state: 'open', reason: 'Nothing came.', fetchedAt: noon });
    expect(await factsOf()).toHaveLength(1);
  });
});

describe('roll-ups', () => {
  test('equal the facts exactly after any sequence of answers', async ({ db }) => {
    const { store, key, other } = await setUp(db);
    const team = await insertTeam(db);
    const random = createRandom(20261015);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const days = eachDay(utcDay('2026-08-29'), utcDay('2026-09-03'));
    for (let round = 0; round < 25; round += 1) {
      if (round === 12) {
        await insertAssignment(db, { keyId: key.id, teamId: team.id, fromDay: tuesday });
      }
      const from = Math.floor(random() * days.length);
      const covered = days.slice(from, from + 1 + Math.floor(random() * 3));
      const facts = Array.from({ length: Math.floor(random() * 9) }, () =>
        usageFact({
          keyExternalId: pick(['one', 'two', 'unknown']),
          day: pick(covered),
          model: pick([null, 'a/one', 'b/two']),
          requests: Math.floor(random() * 3),
          promptTokens: Math.floor(random() * 1e9),
          spend: usd((random() * 0.001).toFixed(12)),
          byokSpend: usd(pick(['0', '0.000000000001', '12345678.9'])),
        }),
      );
      await store({ facts, days: covered, asked: pick([[key.id], [key.id, other.id], []]) });
      await expectRollUpsToEqualFacts(db);
    }
    const { rows } = await db.execute<{ facts: number }>(sql`select count(*) as facts from usage_facts`);
    expect(rows[0]?.facts).toBeGreaterThan(10);
  });
});

/** Mulberry32: the same numbers in each run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
