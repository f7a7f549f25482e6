import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { HttpClient } from '../http/http-client';
import { mapBounded } from '../http/map-bounded';
import type { CallOptions, KeyInventory, ListKeysOptions, ProviderContainer } from '../port';
import { ProviderError } from '../provider-error';
import { createRateLimiter } from '../rate-limiter';
import { type PageOptions, readWorkspaceKeys, type WorkspaceKeys } from './key-pages';
import { toContainer } from './mapper';
import { readList } from './read-list';

const PAGES_AT_ONCE = 8;

type Workspaces = { readonly containers: readonly ProviderContainer[]; readonly failure: string | null };

/**
 * Every key of every workspace, disabled and expired ones too, each once. Throws when no workspace at all could be
 * read; a part that could not be read leaves `isComplete` false with the reason. `pageCounts`, kept from read to
 * read, saves calls beyond the end of each list.
 */
export async function readInventory(
  client: HttpClient,
  options: ListKeysOptions = {},
  pageCounts: PageOptions['pageCounts'] = undefined,
): Promise<KeyInventory> {
  const { signal, onProgress } = options;
  const gate = createRateLimiter({ callsPerMinute: null, maxInFlight: PAGES_AT_ONCE });
  const seen = new Set<string>();
  const onKeys = (keys: readonly ProviderKey[]) => {
    for (const key of keys) seen.add(key.externalId);
    onProgress?.(seen.size, null);
    options.onKeys?.(keys);
  };
  const pages = { signal, onKeys, gate, pageCounts };
  // Without a workspace the list is the default one's: it is read while the others are still being found.
  const [standard, { workspaces, others, parts }] = await Promise.all([
    readWorkspaceKeys(client, undefined, pages),
    readOtherWorkspaces(client, pages),
  ]);
  throwIfNothingWasRead([standard, ...parts]);
  const standardOne = workspaces.containers.find((container) => container.isDefault);
  const failures = [
    workspaces.failure,
    wordsOf(standard, standardOne),
    ...parts.map((part, index) => wordsOf(part, others[index])),
  ];
  const failure = failures.filter((words) => words !== null).join(' ');
  const keys = new Map([standard, ...parts].flatMap((part) => [...part.keys]));
  return {
    keys: [...keys.values()].map((key) => inContainer(key, standardOne)),
    containers: workspaces.containers,
    isComplete: failure === '',
    failure: failure === '' ? null : failure,
  };
}

type OtherWorkspaces = {
  readonly workspaces: Workspaces;
  readonly others: readonly ProviderContainer[];
  readonly parts: readonly WorkspaceKeys[];
};

/** All workspaces, and the keys of each but the default one; of every one where none is marked as default. */
async function readOtherWorkspaces(client: HttpClient, pages: PageOptions): Promise<OtherWorkspaces> {
  const workspaces = await readWorkspaces(client, pages);
  const others = workspaces.containers.filter((container) => !container.isDefault);
  const parts = await mapBounded(others, PAGES_AT_ONCE, ({ externalId }) =>
    readWorkspaceKeys(client, externalId, pages),
  );
  return { workspaces, others, parts };
}

function inContainer(key: ProviderKey, container: ProviderContainer | undefined): ProviderKey {
  return key.containerExternalId !== undefined || container === undefined
    ? key
    : { ...key, containerExternalId: container.externalId };
}

async function readWorkspaces(client: HttpClient, options: CallOptions): Promise<Workspaces> {
  try {
    const rows = await readList(client, { operation: 'list workspaces', path: '/workspaces' }, options);
    const containers = rows.map(toContainer).filter((container) => container !== null);
    const isWhole = containers.length === rows.length;
    return { containers, failure: isWhole ? null : 'A workspace in OpenRouter’s list could not be read.' };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'rate_limited') throw error;
    // Accounts from before workspaces have none: their keys are all in the plain list.
    if (error.kind === 'not_found') return { containers: [], failure: null };
    return {
      containers: [],
      failure: 'The workspaces could not be listed, so only keys of the default workspace were read.',
    };
  }
}

function throwIfNothingWasRead(parts: readonly WorkspaceKeys[]): void {
  const refusal = parts.find((part) => part.failure?.kind === 'unauthorized')?.failure;
  if (refusal) throw refusal;
  const first = parts[0]?.failure;
  if (first && parts.every((part) => part.failure !== null && part.keys.size === 0)) throw first;
}

function wordsOf(part: WorkspaceKeys, container: ProviderContainer | undefined): string | null {
  if (part.isWhole) return null;
  const where = container === undefined ? 'the default workspace' : `the workspace “${container.name}”`;
  if (part.failure)
    return `Not all keys of ${where} could be read (${part.failure.kind.replaceAll('_', ' ')}).`;
  return `Some keys of ${where} could not be understood or moved while they were read.`;
}
