import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { arrayLiteral } from '@/lib/db/array-literal';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { type KeyColumn, keyColumns } from './key-columns';

/** What answers say of a key: one statement without the unsaid columns fits all keys that say the same. */
export type Told = { readonly columns: readonly KeyColumn[]; readonly hasContainer: boolean };
export type ToldKeys = Told & { readonly signature: string; readonly keys: ProviderKey[] };

export function groupByWhatIsTold(keys: readonly ProviderKey[]): ToldKeys[] {
  const groups = new Map<string, ToldKeys>();
  for (const key of keys) {
    const hasContainer = key.containerExternalId !== undefined;
    let signature = hasContainer ? 'c' : '-';
    for (const column of keyColumns) signature += column.read(key) === undefined ? '0' : '1';
    const group = groups.get(signature);
    if (group) group.keys.push(key);
    else {
      const columns = keyColumns.filter((column) => column.read(key) !== undefined);
      groups.set(signature, { columns, hasContainer, signature, keys: [key] });
    }
  }
  return [...groups.values()];
}

/**
 * The values of keys as columns for a `select`. Unnested side by side there, not in `from`, which keeps each column
 * apart first.
 */
export function toldColumns({ columns }: Told, keys: readonly ProviderKey[]): SQL {
  const column = (name: string, type: string, read: KeyColumn['read']) =>
    sql`unnest(${arrayLiteral(keys.map(read))}::${sql.raw(type)}[]) as ${sql.raw(name)}`;
  return sql.join(
    [
      column('external_id', 'text', (key) => key.externalId),
      column('container_external_id', 'text', (key) => key.containerExternalId),
      ...columns.map(({ name, type, read }) => column(name, type, read)),
    ],
    sql`, `,
  );
}
