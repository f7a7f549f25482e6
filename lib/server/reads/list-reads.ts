import 'server-only';
import { sql } from 'drizzle-orm';
import type { ReadState, ReadView } from '@/lib/domain/connections/connection-view';
import { requirePermission, type ServerContext } from '../context';

export type ConnectionReads = { readonly keys: ReadView; readonly usage: ReadView };

type Row = {
  readonly connection_id: number;
  readonly kind: 'keys' | 'usage';
  readonly id: string;
  readonly state: Exclude<ReadState, 'never'>;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  readonly last_complete_at: Date | null;
};

export const NEVER_READ: ReadView = {
  id: null,
  state: 'never',
  startedAt: null,
  finishedAt: null,
  done: 0,
  total: null,
  failure: null,
  lastCompleteAt: null,
};

function toView(row: Row): ReadView {
  return {
    id: row.id,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    done: row.done,
    total: row.total,
    failure: row.failure,
    lastCompleteAt: row.last_complete_at?.toISOString() ?? null,
  };
}

/** How the latest read of keys and of usage stands, for each connection that was ever read. */
export async function listReads(context: ServerContext): Promise<ReadonlyMap<number, ConnectionReads>> {
  requirePermission(context, 'overview.read');
  const { rows } = await context.db.execute<Row>(sql`
    select r.connection_id, r.kind, r.id, r.state, r.started_at, r.finished_at, r.done, r.total, r.failure,
      (
        select c.finished_at from reads c
        where c.connection_id = r.connection_id and c.kind = r.kind and c.state = 'complete'
        order by c.started_at desc limit 1
      ) as last_complete_at
    from connections
    cross join (values ('keys'), ('usage')) as kinds (kind)
    cross join lateral (
      select * from reads
      where reads.connection_id = connections.id and reads.kind = kinds.kind
      order by started_at desc limit 1
    ) r
    where connections.state <> 'removed'`);
  const views = new Map<number, ConnectionReads>();
  for (const row of rows) {
    const known = views.get(row.connection_id) ?? { keys: NEVER_READ, usage: NEVER_READ };
    views.set(row.connection_id, { ...known, [row.kind]: toView(row) });
  }
  return views;
}
