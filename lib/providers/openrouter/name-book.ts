import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import type { HttpClient } from '../http/http-client';
import type { CallOptions } from '../port';
import { readInventory } from './inventory';
import type { KeyNames } from './label-chunks';

/** So few keys are asked for one by one, which needs no names. */
const FEW_KEYS = 3;

export type NameBook = {
  learn(keys: readonly ProviderKey[]): void;
  /** What is known of these keys; the account's keys are read when too many are strangers. */
  of(ids: readonly string[], options: CallOptions): Promise<KeyNames[]>;
};

/** Remembers by which names analytics may speak of a key. */
export function createNameBook(client: HttpClient): NameBook {
  const known = new Map<string, KeyNames>();
  function learn(keys: readonly ProviderKey[]): void {
    for (const { externalId, name, maskedLabel = null } of keys) {
      known.set(externalId, { externalId, name, maskedLabel });
    }
  }
  return {
    learn,
    async of(ids, { signal }) {
      if (ids.filter((id) => !known.has(id)).length > FEW_KEYS) {
        learn((await readInventory(client, { signal })).keys);
      }
      return [...new Set(ids)].map(
        (externalId) => known.get(externalId) ?? { externalId, name: null, maskedLabel: null },
      );
    },
  };
}
