import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { HttpClient } from '../http/http-client';
import type { CallOptions, RateLimiter } from '../port';
import { ProviderError } from '../provider-error';
import { hashOf, toKey } from './mapper';
import { listSchema } from './wire';

const PAGE_SIZE = 100;
/** Pages overlap by one row, so that a key deleted while they are read cannot fall between two of them. */
const PAGE_STEP = PAGE_SIZE - 1;
const LANES = 8;
const MAX_PAGES = 5_000;
const MAX_PASSES = 3;

type Page = { readonly hashes: readonly (string | null)[]; readonly keys: readonly ProviderKey[] };

/** The keys of one workspace. `isWhole` is false when a page or a row could not be read, or rows kept moving. */
export type WorkspaceKeys = {
  readonly keys: ReadonlyMap<string, ProviderKey>;
  readonly isWhole: boolean;
  readonly failure: ProviderError | null;
};

export type PageOptions = CallOptions & {
  /** Bounds the pages in flight over all workspaces together. */
  readonly gate: RateLimiter;
  readonly onKeys?: ((keys: readonly ProviderKey[]) => void) | undefined;
  /** How many pages each workspace had, from one read to the next; '' stands for the default one. */
  readonly pageCounts?: Map<string, number> | undefined;
};

/**
 * Offset pages of 100, newest first, without a total: as many as the last read found are asked for at once. Where
 * that is not known, or more were found, several are asked for ahead, up to the first short one. A pass in which
 * rows moved up is read again.
 */
export async function readWorkspaceKeys(
  client: HttpClient,
  workspaceId: string | undefined,
  options: PageOptions,
): Promise<WorkspaceKeys> {
  const seen = new Map<string, ProviderKey>();
  for (let pass = 1; ; pass += 1) {
    const { pages, failure } = await readPass(client, workspaceId, options);
    const keys = new Map(pages.flatMap((page) => page?.keys ?? []).map((key) => [key.externalId, key]));
    for (const [id, key] of keys) seen.set(id, key);
    if (failure) return { keys: seen, isWhole: false, failure };
    if (isContiguous(pages)) return { keys, isWhole: isEveryRowRead(pages), failure: null };
    if (pass === MAX_PASSES) return { keys: seen, isWhole: false, failure: null };
  }
}

type Pass = { readonly pages: readonly (Page | undefined)[]; readonly failure: ProviderError | null };

async function readPass(
  client: HttpClient,
  workspaceId: string | undefined,
  options: PageOptions,
): Promise<Pass> {
  const pages: (Page | undefined)[] = [];
  const expected = options.pageCounts?.get(workspaceId ?? '') ?? 1;
  let failure: ProviderError | null = null;
  let end = MAX_PAGES;
  let next = 0;
  async function readNext(): Promise<void> {
    const index = next++;
    try {
      const page = await readPage(client, workspaceId, index, options);
      pages[index] = page;
      options.onKeys?.(page.keys);
      if (page.hashes.length < PAGE_SIZE) end = Math.min(end, index + 1);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      failure ??= error;
      end = Math.min(end, index);
    }
  }
  const runLanes = (until: () => number) =>
    Promise.all(
      Array.from({ length: LANES }, async () => {
        while (next < until()) await readNext();
      }),
    );
  await runLanes(() => Math.min(expected, end));
  await runLanes(() => end);
  if (failure === null) options.pageCounts?.set(workspaceId ?? '', end);
  // Pages beyond the first short one were asked for ahead and do not count.
  return { pages: pages.slice(0, failure ? undefined : end), failure };
}

async function readPage(
  client: HttpClient,
  workspaceId: string | undefined,
  index: number,
  { gate, signal }: PageOptions,
): Promise<Page> {
  const query = {
    offset: index * PAGE_STEP,
    include_disabled: true,
    include_expired: true,
    workspace_id: workspaceId,
  };
  const release = await gate.acquire('read', signal);
  const request = { operation: 'list keys', path: '/keys', query, schema: listSchema };
  const { data } = await client.read(request, { signal }).finally(release);
  const keys = data.map((row) => toKey(row, workspaceId)).filter((key) => key !== null);
  return { hashes: data.map(hashOf), keys };
}

/** Whether each page begins with a row of the page before it. */
function isContiguous(pages: Pass['pages']): boolean {
  return pages.every((page, index) => {
    if (index === 0) return page !== undefined;
    const first = page?.hashes[0];
    return first !== undefined && (pages[index - 1]?.hashes.includes(first) ?? false);
  });
}

function isEveryRowRead(pages: Pass['pages']): boolean {
  return pages.every((page) => page?.keys.length === page?.hashes.length);
}
