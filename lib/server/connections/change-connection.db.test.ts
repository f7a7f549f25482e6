import { describe, expect } from 'vitest';
import { connections, reads } from '@/lib/db/schema';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { getConnection } from './get-connection';
import { listConnectionReads } from './list-connection-reads';
import { setConnectionPaused } from './set-connection-paused';
import { updateConnection } from './update-connection';

describe('renaming a connection', () => {
  test('changes the name and nothing else, and is audited with both', async ({ db }) => {
    const admin = await insertUser(db);
    const before = await insertConnection(db, { name: 'Research' });
    const context = createTestContext(db, { actor: actorOf(admin) });
    await updateConnection(context, { connectionId: before.id, name: 'Science' });
    expect(await getConnection(db, before.id)).toEqual({ ...before, name: 'Science' });
    expect(await lastAudit(db)).toMatchObject({
      actorId: admin.id,
      action: 'connection.rename',
      subjectName: 'Science',
      before: { name: 'Research' },
      after: { name: 'Science' },
    });
  });

  test('to the name it has is no change, and to its own in other letters is one', async ({ db }) => {
    const { id } = await insertConnection(db, { name: 'Research' });
    const context = createTestContext(db);
    await updateConnection(context, { connectionId: id, name: 'Research' });
    expect(await countAudit(db)).toBe(0);
    await updateConnection(context, { connectionId: id, name: 'RESEARCH' });
    expect(await getConnection(db, id)).toMatchObject({ name: 'RESEARCH' });
  });

  test('to the name of another is refused', async ({ db }) => {
    await insertConnection(db, { name: 'Taken' });
    const { id } = await insertConnection(db, { name: 'Research' });
    await expect(
      updateConnection(createTestContext(db), { connectionId: id, name: 'taken' }),
    ).rejects.toMatchObject({ code: 'invalid', fieldErrors: { name: [expect.any(String)] } });
  });
});

describe('pausing a connection', () => {
  test('stops its reads, is audited once, and is undone by resuming', async ({ db }) => {
    const { id } = await insertConnection(db);
    const at = new Date('2026-11-20T10:00:00Z');
    await db
      .insert(reads)
      .values({ connectionId: id, kind: 'usage', state: 'running', startedAt: at, aliveAt: at });
    const context = createTestContext(db);
    await setConnectionPaused(context, { connectionId: id, isPaused: true });
    await setConnectionPaused(context, { connectionId: id, isPaused: true });
    expect(await getConnection(db, id)).toMatchObject({ state: 'paused' });
    expect(await db.select({ asked: reads.isCancelAsked }).from(reads)).toEqual([{ asked: true }]);
    expect(await countAudit(db)).toBe(1);
    expect(await lastAudit(db)).toMatchObject({
      action: 'connection.pause',
      before: { state: 'active' },
      after: { state: 'paused' },
    });
    await setConnectionPaused(context, { connectionId: id, isPaused: false });
    expect(await getConnection(db, id)).toMatchObject({ state: 'active' });
    expect(await lastAudit(db)).toMatchObject({ action: 'connection.resume' });
  });
});

describe('those who may not', () => {
  test.for(['finance', 'lead'] as const)('%s neither renames nor pauses', async (role, { db }) => {
    const before = await insertConnection(db);
    const context = createTestContext(db, { actor: testActor(role, [1]) });
    const forbidden = { code: 'forbidden' };
    await expect(updateConnection(context, { connectionId: before.id, name: 'Mine' })).rejects.toMatchObject(
      forbidden,
    );
    await expect(
      setConnectionPaused(context, { connectionId: before.id, isPaused: true }),
    ).rejects.toMatchObject(forbidden);
    expect(await db.select().from(connections)).toEqual([before]);
    expect(await countAudit(db)).toBe(0);
  });
});

describe('a connection that is not there', () => {
  test('is not found, and one that was removed is not either', async ({ db }) => {
    const removed = await insertConnection(db, { state: 'removed' });
    const context = createTestContext(db);
    for (const connectionId of [removed.id, removed.id + 1000]) {
      const notFound = { code: 'not_found' };
      await expect(updateConnection(context, { connectionId, name: 'x' })).rejects.toMatchObject(notFound);
      await expect(setConnectionPaused(context, { connectionId, isPaused: true })).rejects.toMatchObject(
        notFound,
      );
      await expect(listConnectionReads(context, connectionId)).rejects.toMatchObject(notFound);
    }
  });
});

describe('the history of reads', () => {
  test('is that of one connection, newest first, with who asked', async ({ db }) => {
    const user = await insertUser(db, { name: 'Ana Ruiz' });
    const mine = await insertConnection(db);
    const other = await insertConnection(db);
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
    const row = (connectionId: number, hour: number) => ({
      connectionId,
      kind: 'keys' as const,
      state: 'complete' as const,
      startedAt: at(hour),
      aliveAt: at(hour),
      finishedAt: at(hour),
      done: hour,
    });
    await db.insert(reads).values([
      row(mine.id, 1),
      {
        ...row(mine.id, 3),
        state: 'failed',
        failure: 'OpenRouter could not be reached.',
        requestedBy: user.id,
      },
      row(mine.id, 2),
      row(other.id, 4),
    ]);
    const history = await listConnectionReads(
      createTestContext(db, { actor: testActor('finance') }),
      mine.id,
    );
    expect(
      history.map(({ done, state, failure, requestedBy }) => ({ done, state, failure, requestedBy })),
    ).toEqual([
      { done: 3, state: 'failed', failure: 'OpenRouter could not be reached.', requestedBy: 'Ana Ruiz' },
      { done: 2, state: 'complete', failure: null, requestedBy: null },
      { done: 1, state: 'complete', failure: null, requestedBy: null },
    ]);
    const lead = createTestContext(db, { actor: testActor('lead', [1]) });
    await expect(listConnectionReads(lead, mine.id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
