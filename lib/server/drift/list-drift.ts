import 'server-only';
import { and, count, desc, eq, gt, isNull, lte, or, type SQL } from 'drizzle-orm';
import { connections, driftItems, keys, teams } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { DriftList, DriftView, PutBack } from '@/lib/domain/drift/drift-view';
import { limitFault } from '@/lib/domain/limits/decide-limit';
import { reachOf } from '@/lib/domain/people/permission';
import { capabilitiesOf } from '@/lib/providers/registry';
import { requirePermission, type ServerContext } from '../context';
import { loadKey } from '../keys/load-key';
import { listHeldRaises } from '../raises/list-held-raises';
import { keysUnderRotation } from '../rotation/keys-under-rotation';
import { findDecidingRuns } from './deciding-runs';
import { type DriftRow, driftDigest, toDriftRow } from './drift-row';
import { limitToPutBack } from './limit-to-put-back';

const MOST_SHOWN = 500;

const isWaiting = (now: Date) =>
  and(isNull(driftItems.decidedAt), or(isNull(driftItems.ignoredUntil), lte(driftItems.ignoredUntil, now)));
const isPutOff = (now: Date) => and(isNull(driftItems.decidedAt), gt(driftItems.ignoredUntil, now));

/** How many differences wait for a decision. */
export async function countDrift(context: ServerContext): Promise<number> {
  requirePermission(context, 'audit.read');
  return context.db.$count(driftItems, isWaiting(context.now()));
}

/** What was changed outside of Keyward and waits for a decision, or was put off; newest first. */
export async function listDrift(
  context: ServerContext,
  { isIgnored }: { readonly isIgnored: boolean },
): Promise<DriftList> {
  requirePermission(context, 'audit.read');
  const now = context.now();
  const items = await select(context, isIgnored ? isPutOff(now) : isWaiting(now));
  const [ignored] = await context.db.select({ count: count() }).from(driftItems).where(isPutOff(now));
  const open = await countDrift(context);
  return { items, open, ignored: ignored?.count ?? 0, canDecide: mayDecide(context) };
}

/** What waits about one key, for its page. */
export async function listKeyDrift(
  context: ServerContext,
  input: { readonly keyId: number },
): Promise<DriftList> {
  await loadKey(context, 'keys.read', input.keyId);
  const now = context.now();
  const items = await select(context, and(eq(driftItems.keyId, input.keyId), isWaiting(now)));
  return { items, open: items.length, ignored: 0, canDecide: mayDecide(context) };
}

function mayDecide({ actor }: ServerContext): boolean {
  return actor.kind === 'system' || reachOf(actor.role, 'keys.update') !== null;
}

async function select(context: ServerContext, where: SQL | undefined): Promise<readonly DriftView[]> {
  const rows = await context.db
    .select({ item: driftItems, key: keys, connection: connections, teamName: teams.name })
    .from(driftItems)
    .innerJoin(keys, eq(keys.id, driftItems.keyId))
    .innerJoin(connections, eq(connections.id, driftItems.connectionId))
    .leftJoin(teams, eq(teams.id, keys.teamId))
    .where(where)
    .orderBy(desc(driftItems.foundAt), driftItems.keyId)
    .limit(MOST_SHOWN);
  const keyIds = rows.map(({ key }) => key.id);
  const held = await listHeldRaises(context.db, keyIds);
  const rotating = await keysUnderRotation(context.db, keyIds);
  const deciding = await findDecidingRuns(
    context.db,
    rows.map(({ item }) => item.id),
  );
  return rows.map(({ item, key, connection, teamName }): DriftView => {
    const row = toDriftRow(item);
    const raise = held.get(key.id) ?? null;
    const capabilities = capabilitiesOf(connection.provider, connection.generation);
    const isActive = connection.state === 'active';
    const putBack: PutBack = isActive
      ? putBackOf(row, capabilities, raise?.held ?? null)
      : { can: false, reason: `${connection.name} is ${connection.state}.` };
    return {
      id: row.id,
      digest: driftDigest(row),
      kind: row.kind,
      keyId: key.id,
      keyName: key.name,
      connectionId: connection.id,
      connectionName: connection.name,
      teamName,
      lastSeen: row.lastSeen,
      lastSet: row.lastSet,
      found: row.found,
      foundAt: row.foundAt.toISOString(),
      ignoredUntil: row.ignoredUntil?.toISOString() ?? null,
      putBack,
      ways: row.kind === 'created' && isActive ? waysOf(capabilities, key.isDisabled) : [],
      raise: raise && { ...raise, endsAt: raise.endsAt.toISOString() },
      isUnderRotation: rotating.has(key.id),
      runId: deciding.get(row.id) ?? null,
    };
  });
}

function waysOf({ disable }: Capabilities, isDisabled: boolean): readonly ('disable' | 'delete')[] {
  return disable.can && !isDisabled ? ['disable', 'delete'] : ['delete'];
}

/** What a person can put back, and to which value. */
export function putBackOf(
  row: DriftRow,
  capabilities: Capabilities,
  held: Parameters<typeof limitToPutBack>[1],
): PutBack {
  const { name, isDisabled } = row.lastSeen ?? {};
  switch (row.kind) {
    case 'created':
      return { can: false, reason: 'It was not there before: adopt it, or stop it.' };
    case 'gone':
      return { can: false, reason: 'A deleted key cannot be brought back.' };
    case 'name':
      if (!capabilities.rename.can) return capabilities.rename;
      return name === undefined
        ? { can: false, reason: 'Its earlier name is not known.' }
        : { can: true, to: { name } };
    case 'state':
      if (!capabilities.disable.can) return capabilities.disable;
      return isDisabled === undefined
        ? { can: false, reason: 'Its earlier state is not known.' }
        : { can: true, to: { isDisabled } };
    case 'limit': {
      const limit = limitToPutBack(row, held);
      if (limit === null) return { can: false, reason: 'Its earlier limit is not known.' };
      const reason = limitFault(capabilities, limit);
      return reason ? { can: false, reason } : { can: true, to: { limit } };
    }
  }
}
