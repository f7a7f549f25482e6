import { describe, expect, it } from 'vitest';
import type { HttpClient } from '../http/http-client';
import { ProviderError } from '../provider-error';
import { createRateLimiter } from '../rate-limiter';
import { readWorkspaceKeys } from './key-pages';

const row = (hash: string) => ({ hash, name: hash, disabled: false, limit: null });
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(`key-${index}`));

const options = () => ({ gate: createRateLimiter({ callsPerMinute: null, maxInFlight: 8 }) });

/** A client over a list that may change between two calls. */
function clientOf(list: () => unknown[], beforeCall: (call: number) => void = () => undefined) {
  const offsets: number[] = [];
  const client: HttpClient = {
    async read(request) {
      const offset = Number(request.query?.offset);
      offsets.push(offset);
      beforeCall(offsets.length);
      return request.schema.parse({ data: list().slice(offset, offset + 100) });
    },
    write: () => Promise.reject(new Error('a read writes nothing')),
    writeFor: () => Promise.reject(new Error('a read writes nothing')),
  };
  return { client, offsets };
}

describe('readWorkspaceKeys', () => {
  it.each([0, 1, 99, 100, 101, 198, 199, 200, 298, 1234])('reads all of %i keys, once', async (count) => {
    const { client } = clientOf(() => rows(count));
    const { keys, isWhole, failure } = await readWorkspaceKeys(client, undefined, options());
    expect(keys.size).toBe(count);
    expect({ isWhole, failure }).toEqual({ isWhole: true, failure: null });
  });

  it('asks once where one page is all', async () => {
    const { client, offsets } = clientOf(() => rows(40));
    await readWorkspaceKeys(client, undefined, options());
    expect(offsets).toEqual([0]);
  });

  it.each([0, 40, 350, 700, 1234])(
    'reads all of %i keys after a read of 350, with no call beyond the end of that one unless there are more',
    async (count) => {
      let list = rows(350);
      const { client, offsets } = clientOf(() => list);
      const kept = { ...options(), pageCounts: new Map<string, number>() };
      await readWorkspaceKeys(client, undefined, kept);
      list = rows(count);
      offsets.length = 0;
      const { keys, isWhole } = await readWorkspaceKeys(client, undefined, kept);
      expect([keys.size, isWhole]).toEqual([count, true]);
      if (count <= 350) expect(offsets.toSorted((a, b) => a - b)).toEqual([0, 99, 198, 297]);
    },
  );

  it('misses no key when another one is deleted between two pages', async () => {
    const list = rows(350);
    const { client } = clientOf(
      () => list,
      (call) => call === 2 && list.splice(10, 3),
    );
    const { keys, isWhole } = await readWorkspaceKeys(client, undefined, options());
    expect([...keys.keys()].sort()).toEqual(list.map((each) => each.hash).sort());
    expect(isWhole).toBe(true);
  });

  it('misses no key and counts none twice when keys are made meanwhile', async () => {
    const list = rows(350);
    const { client } = clientOf(
      () => list,
      (call) => call === 2 && list.unshift(row('new-1'), row('new-2')),
    );
    const { keys, isWhole } = await readWorkspaceKeys(client, undefined, options());
    expect(rows(350).every((each) => keys.has(each.hash))).toBe(true);
    expect(isWhole).toBe(true);
  });

  it('says that it is not whole when keys never come to rest', async () => {
    const list = rows(2000);
    const { client } = clientOf(
      () => list,
      () => list.shift(),
    );
    expect(await readWorkspaceKeys(client, undefined, options())).toMatchObject({
      isWhole: false,
      failure: null,
    });
  });

  it('keeps what it has, and says that it is not whole, when a page cannot be read', async () => {
    const { client } = clientOf(
      () => rows(350),
      (call) => {
        if (call === 3) throw new ProviderError('unavailable', 'list keys', { status: 503 });
      },
    );
    const { keys, isWhole, failure } = await readWorkspaceKeys(client, undefined, options());
    expect(keys.size).toBeGreaterThanOrEqual(100);
    expect(isWhole).toBe(false);
    expect(failure?.status).toBe(503);
  });

  it('says that it is not whole when a row cannot be understood', async () => {
    const list: unknown[] = [...rows(3), { hash: 'odd', name: 'odd', disabled: false }];
    const { client } = clientOf(() => list);
    const { keys, isWhole } = await readWorkspaceKeys(client, undefined, options());
    expect([keys.size, isWhole]).toEqual([3, false]);
  });
});
