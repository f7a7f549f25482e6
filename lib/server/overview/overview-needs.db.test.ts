import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { changes, incidents } from '@/lib/db/schema';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam } from '@/lib/testing/factories';
import { getOverview } from './get-overview';

type Db = Parameters<typeof insertConnection>[0];

async function insertLostChange(db: Db, connectionId: number, keyId: number) {
  const id = randomUUID();
  const plannedAt = new Date();
  await db.insert(changes).values({
    id,
    kind: 'set_limit',
    state: 'unknown',
    connectionId,
    keyId,
    actorName: 'Ada',
    wish: {},
    reason: '',
    requestId: 'test',
    plannedAt,
  });
  return id;
}

async function setUp(db: Db) {
  const connection = await insertConnection(db);
  const team = await insertTeam(db);
  const asked = await insertKey(db, { connectionId: connection.id, teamId: team.id });
  const checked = await insertKey(db, { connectionId: connection.id, teamId: team.id });
  const askedChange = await insertLostChange(db, connection.id, asked.id);
  const checkedChange = await insertLostChange(db, connection.id, checked.id);
  const about = { kind: 'outcome_unknown', connectionId: connection.id, openedAt: new Date() };
  await db.insert(incidents).values([
    { ...about, changeId: askedChange, keyId: asked.id, title: 'Cannot be told' },
    { ...about, title: 'Closed long ago', resolvedAt: new Date(), resolution: 'seen' },
  ]);
  return { team, askedChange, checkedChange };
}

const ofChanges = ['incident', 'unknown_change'];

describe('what needs a person', () => {
  it('asks once about a change: by its open incident, else as one that is being checked', async ({ db }) => {
    const { checkedChange } = await setUp(db);
    for (const role of ['admin', 'finance'] as const) {
      const { needs } = await getOverview(createTestContext(db, { actor: testActor(role) }));
      expect(needs.filter(({ kind }) => ofChanges.includes(kind))).toMatchObject([
        { kind: 'incident', title: 'Cannot be told' },
        { kind: 'unknown_change', changeId: checkedChange },
      ]);
    }
  });

  it('shows a lead the changes of their keys, and no incident that they cannot open', async ({ db }) => {
    const { team, askedChange, checkedChange } = await setUp(db);
    const { needs } = await getOverview(createTestContext(db, { actor: testActor('lead', [team.id]) }));
    expect(needs.map((need) => (need.kind === 'unknown_change' ? need.changeId : need.kind)).sort()).toEqual(
      [askedChange, checkedChange].sort(),
    );
  });
});
