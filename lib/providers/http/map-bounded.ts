/** `work` over every item, at most `limit` at a time, results in the items' order. The first rejection stops the rest. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let isStopped = false;
  async function runLane(): Promise<void> {
    for (let index = next++; index < items.length && !isStopped; index = next++) {
      try {
        results[index] = await work(items[index] as Item);
      } catch (error) {
        isStopped = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runLane));
  return results;
}
