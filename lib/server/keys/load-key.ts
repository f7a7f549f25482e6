import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { connections, keys } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { LimitSetting } from '@/lib/domain/limits/decide-limit';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import type { Permission } from '@/lib/domain/people/permission';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ConnectionRow } from '../connections/provider-gateway';
import { type ServerContext, teamsWithinReach } from '../context';
import { AppError, notFound } from '../errors';

export type KeyDbRow = typeof keys.$inferSelect;

export type LoadedKey = {
  readonly key: KeyDbRow;
  readonly connection: ConnectionRow;
  readonly capabilities: Capabilities;
};

/** The key, when the actor's reach under `permission` holds it; throws `not_found` otherwise, never "forbidden". */
export async function loadKey(
  context: ServerContext,
  permission: Permission,
  keyId: number,
  db: Queryable = context.db,
): Promise<LoadedKey> {
  const teams = teamsWithinReach(context, permission);
  const [row] = await db
    .select({ key: keys, connection: connections })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .where(eq(keys.id, keyId));
  if (!row) throw notFound('key');
  if (teams !== null && (row.key.teamId === null || !teams.includes(row.key.teamId))) throw notFound('key');
  return { ...row, capabilities: capabilitiesOf(row.connection.provider, row.connection.generation) };
}

/** The key, ready to be changed at its provider; throws `conflict` when it or its connection is not there any more. */
export async function loadChangeableKey(
  context: ServerContext,
  permission: Permission,
  keyId: number,
): Promise<LoadedKey> {
  const loaded = await loadKey(context, permission, keyId);
  const { key, connection } = loaded;
  if (key.deletedAt)
    throw new AppError('conflict', `${key.name} was deleted. Nothing can be changed any more.`);
  if (key.goneAt) {
    throw new AppError(
      'conflict',
      `${key.name} is no longer found at ${connection.name}. Nothing was changed.`,
    );
  }
  requireActive(connection);
  return loaded;
}

export function requireActive(connection: ConnectionRow): void {
  if (connection.state === 'paused') {
    throw new AppError('conflict', `${connection.name} is paused. Resume it to make changes.`);
  }
  if (connection.state === 'removed') throw new AppError('conflict', `${connection.name} was removed.`);
}

export function limitOf(row: Pick<KeyDbRow, 'limitKind' | 'limitAmount' | 'limitPeriod'>): Limit {
  if (row.limitKind !== 'capped') return { kind: row.limitKind };
  if (row.limitAmount === null || row.limitPeriod === null) throw new Error('a cap without amount or period');
  return capped(row.limitAmount, row.limitPeriod);
}

export function limitSettingOf(row: KeyDbRow): LimitSetting {
  return { limit: limitOf(row), includeByokInLimit: row.includeByokInLimit };
}

/** The columns that hold a limit. */
export function limitColumns(limit: Limit): Pick<KeyDbRow, 'limitKind' | 'limitAmount' | 'limitPeriod'> {
  return limit.kind === 'capped'
    ? { limitKind: 'capped', limitAmount: limit.amount, limitPeriod: limit.period }
    : { limitKind: limit.kind, limitAmount: null, limitPeriod: null };
}
