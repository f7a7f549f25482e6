import type { Generation } from '@/lib/domain/connections/provider-kind';
import type { HttpClient } from '../http/http-client';
import type { CallOptions, KeyInventory, ProviderContainer, ReadOptions } from '../port';
import { ProviderError } from '../provider-error';
import { listSourceOf, toContainer, toKey } from './mapper';
import { groupListSchema, keyListSchema } from './wire';

/** All keys: Requesty documents no pages, one answer is the whole list. */
export async function readInventory(
  client: HttpClient,
  generation: Generation,
  options: ReadOptions = {},
): Promise<KeyInventory> {
  const { signal, onProgress } = options;
  const [rows, groups] = await Promise.all([
    readKeyRows(client, { signal }),
    generation === 'current' ? readGroups(client, { signal }) : NO_GROUPS,
  ]);
  const source = listSourceOf(generation);
  const read = rows.map((row) => toKey(row, source)).filter((key) => key !== null);
  const keys = [...new Map(read.map((key) => [key.externalId, key])).values()];
  onProgress?.(keys.length, keys.length);
  const unread = rows.length - read.length;
  const failures = [
    unread === 0 ? null : `${unread} of ${rows.length} keys could not be understood.`,
    groups.failure,
  ].filter((words) => words !== null);
  return {
    keys,
    containers: groups.containers,
    isComplete: failures.length === 0,
    failure: failures.length === 0 ? null : failures.join(' '),
  };
}

export async function readKeyRows(client: HttpClient, options: CallOptions): Promise<unknown[]> {
  const { keys } = await client.read(
    { operation: 'list keys', path: '/v1/manage/apikey', schema: keyListSchema },
    options,
  );
  return keys;
}

type Groups = { readonly containers: readonly ProviderContainer[]; readonly failure: string | null };

const NO_GROUPS: Groups = { containers: [], failure: null };

async function readGroups(client: HttpClient, options: CallOptions): Promise<Groups> {
  try {
    const { groups } = await client.read(
      { operation: 'list groups', path: '/v1/manage/group', schema: groupListSchema },
      options,
    );
    const containers = groups.map(toContainer).filter((container) => container !== null);
    const isWhole = containers.length === groups.length;
    return { containers, failure: isWhole ? null : 'A group in the list could not be understood.' };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // An account without the feature: there are no groups to miss.
    if (error.kind === 'not_found' || error.kind === 'unsupported') return NO_GROUPS;
    return { containers: [], failure: 'The groups could not be listed.' };
  }
}
