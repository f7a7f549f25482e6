import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { actorOf, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { createView } from './create-view';
import { deleteView } from './delete-view';
import { listViews } from './list-views';
import { updateView } from './update-view';

const page = 'keys' as const;

async function personIn(db: Database) {
  return createTestContext(db, { actor: actorOf(await insertUser(db, { role: 'lead' })) });
}

describe('saved views', () => {
  test('are kept by name, for the person alone', async ({ db }) => {
    const mine = await personIn(db);
    const theirs = await personIn(db);
    await createView(mine, { page, name: 'Unowned', query: 'owner=none' });
    await createView(mine, { page, name: 'Idle', query: 'idle=30' });
    await createView(theirs, { page, name: 'Idle', query: 'idle=7' });
    expect((await listViews(mine, { page })).map(({ name, query }) => [name, query])).toEqual([
      ['Idle', 'idle=30'],
      ['Unowned', 'owner=none'],
    ]);
  });

  test('need names of their own', async ({ db }) => {
    const mine = await personIn(db);
    await createView(mine, { page, name: 'Idle', query: 'idle=30' });
    await expect(createView(mine, { page, name: 'Idle', query: '' })).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { name: ['You have a view with this name already.'] },
    });
    const other = await createView(mine, { page, name: 'Other', query: '' });
    await expect(updateView(mine, { viewId: other.id, name: 'Idle' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('are renamed or given other filters, one without the other', async ({ db }) => {
    const mine = await personIn(db);
    const view = await createView(mine, { page, name: 'Idle', query: 'idle=30' });
    await updateView(mine, { viewId: view.id, name: 'Asleep' });
    await updateView(mine, { viewId: view.id, query: 'idle=7' });
    expect(await listViews(mine, { page })).toEqual([{ id: view.id, name: 'Asleep', query: 'idle=7' }]);
    await deleteView(mine, { viewId: view.id });
    expect(await listViews(mine, { page })).toEqual([]);
  });

  test("of someone else can't be found, changed or deleted", async ({ db }) => {
    const theirs = await personIn(db);
    const mine = await personIn(db);
    const view = await createView(theirs, { page, name: 'Idle', query: 'idle=30' });
    for (const viewId of [view.id, randomUUID()]) {
      await expect(updateView(mine, { viewId, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
      await expect(deleteView(mine, { viewId })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await listViews(theirs, { page })).toHaveLength(1);
  });

  test('are refused to a job, which has no page to look at', async ({ db }) => {
    await expect(listViews(createTestContext(db), { page })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('are at most 50 a page', async ({ db }) => {
    const mine = await personIn(db);
    for (let at = 0; at < 50; at += 1) await createView(mine, { page, name: `View ${at}`, query: '' });
    await expect(createView(mine, { page, name: 'One more', query: '' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
