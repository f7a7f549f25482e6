/** A key with everything by which an analytics row may name it. */
export type KeyNames = {
  readonly externalId: string;
  readonly name: string | null;
  readonly maskedLabel: string | null;
};

/** Keys that one query may ask for together: no two of them share a name or a masked label. */
export type LabelChunk = {
  readonly ids: readonly string[];
  /** The one key that a label means within the chunk; undefined when it means none for certain. */
  readonly find: (label: unknown) => string | undefined;
};

type OpenChunk = { readonly ids: string[]; readonly owners: Map<string, string> };

/**
 * Analytics rows carry a key's resolved name, not its id, and names need not be unique. A query that filters for the
 * keys of one chunk leaves deleted and other keys out, so each label in its answer means exactly one key. A key of
 * which no name is known is asked for alone.
 */
export function chunkByLabel(keys: readonly KeyNames[], maxSize: number): LabelChunk[] {
  const chunks: OpenChunk[] = [];
  const alone: LabelChunk[] = [];
  const firstFree = new Map<string, number>();
  let firstOpen = 0;
  for (const key of keys) {
    const labels = labelsOf(key);
    if (labels.length === 1) {
      alone.push(chunkOf([key.externalId], new Map()));
      continue;
    }
    let index = Math.max(firstOpen, ...labels.map((label) => firstFree.get(label) ?? 0));
    while (!hasRoom(chunks[index], labels, maxSize)) index += 1;
    const chunk = chunks[index] ?? { ids: [], owners: new Map<string, string>() };
    chunks[index] = chunk;
    chunk.ids.push(key.externalId);
    for (const label of labels) {
      chunk.owners.set(label, key.externalId);
      firstFree.set(label, index + 1);
    }
    while ((chunks[firstOpen]?.ids.length ?? 0) >= maxSize) firstOpen += 1;
  }
  return [...chunks.map(({ ids, owners }) => chunkOf(ids, owners)), ...alone];
}

function labelsOf({ externalId, name, maskedLabel }: KeyNames): string[] {
  const labels = [externalId];
  for (const label of [name, maskedLabel]) if (label) labels.push(label);
  return [...new Set(labels)];
}

function hasRoom(chunk: OpenChunk | undefined, labels: readonly string[], maxSize: number): boolean {
  if (chunk === undefined) return true;
  return chunk.ids.length < maxSize && !labels.some((label) => chunk.owners.has(label));
}

function chunkOf(ids: readonly string[], owners: ReadonlyMap<string, string>): LabelChunk {
  const [only] = ids;
  // A query for one key alone can speak of no other, whatever it calls it.
  if (ids.length === 1) return { ids, find: () => only };
  return { ids, find: (label) => (typeof label === 'string' ? owners.get(label) : undefined) };
}

/** Two halves of a chunk, for an answer that was cut off or named a key unknown. */
export function halve({ ids, find }: LabelChunk): LabelChunk[] {
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)].map((half) => {
    const [only] = half;
    return { ids: half, find: half.length === 1 ? () => only : find };
  });
}
