import { expect, it } from 'vitest';
import { mapBounded } from './map-bounded';

it('keeps at most so many in flight and the order of the items', async () => {
  let inFlight = 0;
  let most = 0;
  const results = await mapBounded([5, 1, 4, 2, 3, 0], 3, async (ms) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise((resolve) => setTimeout(resolve, ms));
    inFlight -= 1;
    return ms * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(3);
});

it('starts no more items after a failure', async () => {
  const started: number[] = [];
  const work = mapBounded([1, 2, 3, 4, 5, 6], 2, async (item) => {
    started.push(item);
    if (item === 2) throw new Error('broken');
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await expect(work).rejects.toThrow('broken');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started).toEqual([1, 2]);
});

it('does nothing with nothing', async () => {
  expect(await mapBounded([], 8, async () => 1)).toEqual([]);
});
