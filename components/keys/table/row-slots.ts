/** Which drawn row shows which key: by the key's id, in the order drawn. */
export type RowSlots = ReadonlyMap<number, number>;

/**
 * Gives every key in sight a drawn row. A key that stays keeps its row; one that comes takes over the row of one that
 * went, whose text and widths change where it stands: that costs half of a row drawn anew. The row of `keptId`, where
 * the focus may be, is never taken over, so that no key press reaches another key than the one it was meant for.
 */
export function assignSlots(before: RowSlots, wanted: readonly number[], keptId: number | null): RowSlots {
  const staying = new Set(wanted);
  const free: number[] = [];
  let unused = 0;
  for (const [id, slot] of before) {
    if (!staying.has(id) && id !== keptId) free.push(slot);
    unused = Math.max(unused, slot + 1);
  }
  free.reverse();
  const after = new Map<number, number>();
  for (const id of wanted) {
    const kept = before.get(id) ?? free.pop();
    after.set(id, kept ?? unused);
    if (kept === undefined) unused += 1;
  }
  return after;
}
