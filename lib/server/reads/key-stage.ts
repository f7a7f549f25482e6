import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { log } from '@/lib/utils/log';
import { groupByWhatIsTold, type Told, toldColumns } from './group-keys';

/** So many keys are worth a statement of their own while the next pages are on their way. */
const KEYS_A_FLUSH = 400;
/** Pages asked for together arrive together: the next ones are asked for before anything is put aside. */
const QUIET_MS = 4;

/** What stands in `key_stage` for a read. */
export type StagedKeys = {
  readonly readId: string;
  /** By external id, as the provider told them. */
  readonly keys: ReadonlyMap<string, ProviderKey>;
  /** What the keys of each group tell; a group's number is its place here. */
  readonly groups: readonly Told[];
};

export type KeyStage = {
  /** Takes keys of one page. What is told of a key later counts. */
  readonly offer: (keys: readonly ProviderKey[]) => void;
  /** Ends the staging; what was not put aside yet never is. Never rejects. */
  readonly settle: () => Promise<StagedKeys>;
};

/** Forgets what reads that run no more have put aside. */
export async function clearStage(db: Queryable): Promise<void> {
  await db.execute(sql`
    delete from key_stage s where not exists (select 1 from reads r where r.id = s.read_id and r.state = 'running')`);
}

type Group = Told & { readonly number: number };

async function stageGroup(
  db: Queryable,
  readId: string,
  group: Group,
  keys: readonly ProviderKey[],
): Promise<void> {
  const names = ['external_id', 'container_external_id', ...group.columns.map(({ name }) => name)];
  await db.execute(sql`
    insert into key_stage (read_id, group_number, ${sql.raw(names.join(', '))})
    select ${readId}::uuid, ${group.number}::int, ${toldColumns(group, keys)}`);
}

/**
 * Puts the keys of a read aside in the database while the provider still answers, so that their values are there
 * when the last page is. Nothing is known by it: the mirror is written by `storeKeys` alone. What could not be put
 * aside, or is told otherwise in the end, is stored from memory.
 */
export function createKeyStage(db: Queryable, readId: string): KeyStage {
  const keys = new Map<string, ProviderKey>();
  const groups = new Map<string, Group>();
  let waiting = new Map<string, ProviderKey>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | undefined;
  let isEnded = false;

  async function flush(): Promise<void> {
    if (groups.size === 0) await clearStage(db);
    const taken = [...waiting.values()].filter((key) => !keys.has(key.externalId));
    waiting = new Map();
    for (const { signature, columns, hasContainer, keys: told } of groupByWhatIsTold(taken)) {
      const group = groups.get(signature) ?? { columns, hasContainer, number: groups.size };
      groups.set(signature, group);
      await stageGroup(db, readId, group, told);
      for (const key of told) keys.set(key.externalId, key);
    }
  }
  function plan(): void {
    if (isEnded || timer || flushing || waiting.size < KEYS_A_FLUSH) return;
    timer = setTimeout(() => {
      timer = undefined;
      flushing = flush()
        .catch((error: unknown) => {
          isEnded = true;
          log.warn(
            { err: error, readId },
            'The keys of a read could not be put aside; they are stored at its end',
          );
        })
        .finally(() => {
          flushing = undefined;
          plan();
        });
    }, QUIET_MS);
  }
  return {
    offer(told) {
      if (isEnded) return;
      for (const key of told) waiting.set(key.externalId, key);
      plan();
    },
    async settle() {
      isEnded = true;
      clearTimeout(timer);
      await flushing;
      return { readId, keys, groups: [...groups.values()] };
    },
  };
}

/** Whether all that was put aside is still there: a crash of the database empties the table. */
export async function isStageWhole(tx: Transaction, staged: StagedKeys): Promise<boolean> {
  if (staged.keys.size === 0) return false;
  const { rows } = await tx.execute<{ count: number }>(
    // The statement that takes them over keeps them all at hand.
    sql`select count(*) as count, set_config('work_mem', '32MB', true) as memory
      from key_stage where read_id = ${staged.readId}`,
  );
  return rows[0]?.count === staged.keys.size;
}
