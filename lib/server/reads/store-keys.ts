import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { arrayLiteral } from '@/lib/db/array-literal';
import type { Transaction } from '@/lib/db/client';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { usd } from '@/lib/domain/money/usd';
import { limitPeriodSchema } from '@/lib/domain/periods/limit-period-schema';
import type { KeyDifference } from '../drift/note-differences';
import { limitOf } from '../keys/load-key';
import { groupByWhatIsTold, type Told, toldColumns } from './group-keys';
import type { KeyColumn } from './key-columns';
import { isStageWhole, type StagedKeys } from './key-stage';
import { isSinceBegin, type ReadSpan } from './since-begin';

const KEYS_A_STATEMENT = 2_000;

export type KeysToStore = ReadSpan & {
  readonly connectionId: number;
  readonly keys: readonly ProviderKey[];
  /** False when part of the account could not be read: then nothing is called gone. */
  readonly isComplete: boolean;
  /** What of them was put aside while they were read. */
  readonly staged?: StagedKeys | undefined;
};

function withContainer(told: SQL, connectionId: number): SQL {
  return sql`
    select told.*, c.id as container_id from (${told}) told
    left join containers c on c.connection_id = ${connectionId} and c.external_id = told.container_external_id`;
}

function nextValue(column: KeyColumn, input: KeysToStore): SQL {
  const told = sql.raw(`i.${column.name}`);
  if (!column.isOurs) return told;
  return sql`case when ${isSinceBegin('k.written_at', input)} then ${sql.raw(`k.${column.name}`)} else ${told} end`;
}

/** An unknown container (its list could not be read) leaves the known one in place. */
const NEXT_CONTAINER = sql.raw(
  'case when i.container_external_id is null then null else coalesce(i.container_id, k.container_id) end',
);

const differenceSchema = z.object({
  id: z.number(),
  was: toldSchema(),
  found: toldSchema(),
});

function toldSchema() {
  return z
    .object({
      name: z.string(),
      isDisabled: z.boolean(),
      limitKind: z.enum(['unlimited', 'blocked', 'capped']),
      limitAmount: z.string().nullable(),
      limitPeriod: limitPeriodSchema.nullable(),
    })
    .transform(({ name, isDisabled, limitAmount, ...limit }) => ({
      name,
      isDisabled,
      limit: limitOf({ ...limit, limitAmount: limitAmount === null ? null : usd(limitAmount) }),
    }));
}

const watched = (row: 'k' | 'i') =>
  sql.raw(
    `row(${row}.name, ${row}.is_disabled, ${row}.limit_kind, ${row}.limit_amount, ${row}.limit_period)`,
  );
const toldJson = (row: 'k' | 'i') =>
  sql.raw(`json_build_object('name', ${row}.name, 'isDisabled', ${row}.is_disabled,
    'limitKind', ${row}.limit_kind, 'limitAmount', ${row}.limit_amount::text, 'limitPeriod', ${row}.limit_period)`);

/**
 * Updates what is known and inserts only what is really new: an upsert would use up an id for each known key at
 * each read. Answers the known keys of which the read told something else than the mirror held, but for those that
 * Keyward wrote after it began.
 */
async function storeGroup(
  tx: Transaction,
  group: Told,
  told: SQL,
  input: KeysToStore,
): Promise<readonly KeyDifference[]> {
  const next = group.columns.map((column) => ({
    name: column.name,
    value: nextValue(column, input),
  }));
  if (group.hasContainer) next.push({ name: 'container_id', value: NEXT_CONTAINER });
  const names = sql.raw(next.map(({ name }) => name).join(', '));
  const current = sql.raw(next.map(({ name }) => `k.${name}`).join(', '));
  const added = sql.raw(next.map(({ name }) => `i.${name}`).join(', '));
  const values = sql.join(
    next.map(({ value }) => value),
    sql`, `,
  );
  // A partial read tells whom it saw: each key's own time then says how fresh it is.
  const isAlwaysWritten = sql.raw(input.isComplete ? 'false' : 'true');
  // Each told key looks its row up by index (`offset 0` keeps it so): statistics of a new connection say that it has
  // one key, and a join planned for one compares every key with every other. What follows reads no row of `keys`
  // where nothing is to be done with it.
  const { rows } = await tx.execute(sql`
    with i as materialized (
      select i.*, known.* from (${withContainer(told, input.connectionId)}) i left join lateral (
        select k.id as known_id,
          k.deleted_at is null and not ${isSinceBegin('k.written_at', input)}
            and ${watched('k')} is distinct from ${watched('i')} as is_other,
          k.deleted_at is null
            and (${isAlwaysWritten} or k.gone_at is not null or row(${current}) is distinct from row(${values})) as is_news
        from keys k where k.connection_id = ${input.connectionId} and k.external_id = i.external_id
        offset 0
      ) known on true
    ),
    differing as (
      select k.id, ${toldJson('k')} as was, ${toldJson('i')} as found
      from i join keys k on k.id = i.known_id where i.is_other
    ),
    changed as (
      update keys k set (${names}) = row(${values}), last_seen_at = ${input.storedAt}, gone_at = null
      from i where i.is_news and k.id = i.known_id and k.deleted_at is null
    ),
    added as (
      insert into keys (connection_id, external_id, first_seen_at, last_seen_at, ${names})
      select ${input.connectionId}::int, i.external_id, ${input.storedAt}::timestamptz, ${input.storedAt}::timestamptz,
        ${added}
      from i where i.known_id is null
      on conflict (connection_id, external_id) do nothing
    )
    select id, was, found from differing`);
  return z
    .array(differenceSchema)
    .parse(rows)
    .map(({ id, was, found }) => ({ keyId: id, was, found }));
}

/** Keys known before the read began that a complete read did not find are kept, as gone. */
async function markGone(tx: Transaction, input: KeysToStore): Promise<void> {
  await tx.execute(sql`
    update keys k set gone_at = ${input.storedAt}
    where k.connection_id = ${input.connectionId} and k.gone_at is null and k.deleted_at is null
      and not ${isSinceBegin('k.first_seen_at', input)}
      and k.external_id <> all(${arrayLiteral(input.keys.map((key) => key.externalId))}::text[])`);
}

type Part = { readonly group: Told; readonly told: SQL };

/** The keys as they stand in the stage, but for those of which the read told something else in the end. */
function stagedParts(staged: StagedKeys, keys: ReadonlyMap<string, ProviderKey>): Part[] {
  const others = [...staged.keys.values()].filter((key) => keys.get(key.externalId) !== key);
  const otherIds = arrayLiteral(others.map((key) => key.externalId));
  return staged.groups.map((group, number) => {
    const names = ['external_id', 'container_external_id', ...group.columns.map(({ name }) => name)];
    const told = sql`
      select ${sql.raw(names.join(', '))} from key_stage
      where read_id = ${staged.readId} and group_number = ${number} and external_id <> all(${otherIds}::text[])`;
    return { group, told };
  });
}

function* unstagedParts(keys: readonly ProviderKey[]): Generator<Part> {
  for (const group of groupByWhatIsTold(keys)) {
    for (let from = 0; from < group.keys.length; from += KEYS_A_STATEMENT) {
      const part = group.keys.slice(from, from + KEYS_A_STATEMENT);
      yield { group, told: sql`select ${toldColumns(group, part)}` };
    }
  }
}

/**
 * Brings the mirror of a connection's keys to what a read told; unchanged rows stay unwritten. Answers the known
 * keys that are not as the mirror held them.
 */
export async function storeKeys(tx: Transaction, input: KeysToStore): Promise<readonly KeyDifference[]> {
  const keys = new Map(input.keys.map((key) => [key.externalId, key]));
  const staged = input.staged && (await isStageWhole(tx, input.staged)) ? input.staged : null;
  const unstaged = [...keys.values()].filter((key) => staged?.keys.get(key.externalId) !== key);
  const parts = [...(staged ? stagedParts(staged, keys) : []), ...unstagedParts(unstaged)];
  const differences: KeyDifference[] = [];
  for (const { group, told } of parts) differences.push(...(await storeGroup(tx, group, told, input)));
  if (input.isComplete) await markGone(tx, input);
  return differences;
}
