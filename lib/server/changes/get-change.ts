import 'server-only';
import { and, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { changes, connections, incidents, keys } from '@/lib/db/schema';
import { type ChangeView, phaseOf, sayChange } from '@/lib/domain/changes/change-view';
import type { ServerContext } from '../context';
import { requirePermission } from '../context';
import { notFound } from '../errors';
import { loadKey } from '../keys/load-key';
import { type ChangeRow, keyNameOf } from './change-row';

type Joined = {
  readonly row: ChangeRow;
  readonly keyName: string | null;
  readonly connectionName: string;
  readonly incidentId: string | null;
};

function select(context: ServerContext) {
  return context.db
    .select({
      row: changes,
      keyName: keys.name,
      connectionName: connections.name,
      incidentId: incidents.id,
    })
    .from(changes)
    .innerJoin(connections, eq(connections.id, changes.connectionId))
    .leftJoin(keys, eq(keys.id, changes.keyId))
    .leftJoin(incidents, and(eq(incidents.changeId, changes.id), isNull(incidents.resolvedAt)));
}

function viewOf({ row, keyName, connectionName, incidentId }: Joined): ChangeView {
  const name = keyNameOf(row, keyName === null ? null : { name: keyName });
  const phase = phaseOf(row.state, incidentId !== null && row.lookAt === null);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    phase,
    sentence: sayChange({ kind: row.kind, phase, keyName: name, settlement: row.settlement }),
    keyId: row.keyId,
    keyName: name,
    connectionName,
    actorName: row.actorName,
    plannedAt: row.plannedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    checks: row.checks,
    incidentId,
  };
}

/** One change, for the page that waits for its outcome. Throws `not_found` for one out of reach. */
export async function getChange(
  context: ServerContext,
  input: { readonly changeId: string },
): Promise<ChangeView> {
  const { actor } = context;
  const [found] = await select(context).where(eq(changes.id, input.changeId)).limit(1);
  if (!found) throw notFound('change');
  const isOwn = actor.kind === 'user' && found.row.requestedBy === actor.id;
  if (!isOwn && found.row.keyId !== null) await loadKey(context, 'keys.read', found.row.keyId);
  else if (!isOwn) requirePermission(context, 'keys.create');
  return viewOf(found);
}

/** Every change without a certain outcome, and every key of a lost create that is still being removed. Newest first. */
export async function listOpenChanges(
  context: ServerContext,
  input: { readonly keyId?: number | undefined } = {},
): Promise<readonly ChangeView[]> {
  if (input.keyId === undefined) requirePermission(context, 'audit.read');
  else await loadKey(context, 'keys.read', input.keyId);
  const rows = await select(context)
    .where(
      and(
        or(
          inArray(changes.state, ['planned', 'sent', 'unknown']),
          and(eq(changes.state, 'settled_applied'), isNotNull(changes.lookAt)),
        ),
        input.keyId === undefined ? undefined : eq(changes.keyId, input.keyId),
      ),
    )
    .orderBy(desc(changes.plannedAt))
    .limit(200);
  return rows.map(viewOf);
}
