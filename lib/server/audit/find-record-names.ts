import 'server-only';
import { inArray } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { containers, teams, users } from '@/lib/db/schema';
import { idsOf, type RecordNames } from '@/lib/domain/audit/name-ids';

/** The names, as they are today, of all that recorded values name by id. */
export async function findRecordNames(db: Queryable, values: readonly unknown[]): Promise<RecordNames> {
  const ids = idsOf(values);
  const read = async <Id>(
    wanted: ReadonlySet<Id>,
    find: (ids: Id[]) => Promise<{ id: Id; name: string }[]>,
  ) => new Map((wanted.size === 0 ? [] : await find([...wanted])).map(({ id, name }) => [id, name]));
  return {
    teams: await read(ids.teams, (wanted) =>
      db.select({ id: teams.id, name: teams.name }).from(teams).where(inArray(teams.id, wanted)),
    ),
    people: await read(ids.people, (wanted) =>
      db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, wanted)),
    ),
    containers: await read(ids.containers, (wanted) =>
      db
        .select({ id: containers.id, name: containers.name })
        .from(containers)
        .where(inArray(containers.id, wanted)),
    ),
  };
}
