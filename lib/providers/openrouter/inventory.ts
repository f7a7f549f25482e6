import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { HttpClient } from '../http/http-client';
import { mapBounded } from '../http/map-bounded';
import type { CallOptions, KeyInventory, ProviderContainer, ReadOptions } from '../port';
import { ProviderError } from '../provider-error';
import { readWorkspaceKeys, type WorkspaceKeys } from './key-pages';
import { toContainer } from './mapper';
import { readList } from './read-list';

const WORKSPACES_AT_ONCE = 8;

type Workspaces = { readonly containers: readonly ProviderContainer[]; readonly failure: string | null };

/**
 * Every key of every workspace, disabled and expired ones too, each once. Throws when no workspace at all could be
 * read; a part that could not be read leaves `isComplete` false with the reason.
 */
export async function readInventory(client: HttpClient, options: ReadOptions = {}): Promise<KeyInventory> {
  const { signal, onProgress } = options;
  const workspaces = await readWorkspaces(client, { signal });
  const seen = new Set<string>();
  const onKeys = (keys: readonly ProviderKey[]) => {
    for (const key of keys) seen.add(key.externalId);
    onProgress?.(seen.size, null);
  };
  const targets = workspaces.containers.length === 0 ? [null] : workspaces.containers;
  const parts = await mapBounded(targets, WORKSPACES_AT_ONCE, (container) =>
    readWorkspaceKeys(client, container?.externalId, { signal, onKeys }),
  );
  throwIfNothingWasRead(parts);
  const failures = [workspaces.failure, ...parts.map((part, index) => wordsOf(part, targets[index] ?? null))];
  const failure = failures.filter((words) => words !== null).join(' ');
  const keys = new Map(parts.flatMap((part) => [...part.keys]));
  return {
    keys: [...keys.values()],
    containers: workspaces.containers,
    isComplete: failure === '',
    failure: failure === '' ? null : failure,
  };
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

function wordsOf(part: WorkspaceKeys, container: ProviderContainer | null): string | null {
  if (part.isWhole) return null;
  const where = container === null ? 'the default workspace' : `the workspace “${container.name}”`;
  if (part.failure)
    return `Not all keys of ${where} could be read (${part.failure.kind.replaceAll('_', ' ')}).`;
  return `Some keys of ${where} could not be understood or moved while they were read.`;
}
