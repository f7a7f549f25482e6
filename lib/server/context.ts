import 'server-only';
import type { Database, Transaction } from '@/lib/db/client';
import type { SettleTiming } from '@/lib/domain/changes/settle-timing';
import type { Actor, UserActor } from '@/lib/domain/people/actor';
import { type Permission, type Reach, reachOf } from '@/lib/domain/people/permission';
import type { ProviderGateway } from './connections/provider-gateway';
import { AppError } from './errors';
import type { Messaging } from './notifications/messaging';

/** All that a verb needs to know of the world. The same verb runs from a page, an action, a job, a test and a script. */
export type ServerContext = {
  readonly actor: Actor;
  readonly db: Database;
  readonly now: () => Date;
  readonly requestId: string;
  readonly providers: ProviderGateway;
  /** How long a person waits while an unknown outcome is looked at; `inCallTiming` unless given. */
  readonly settling?: SettleTiming | undefined;
  /** Not given: nothing is told outside the console. */
  readonly messaging?: Messaging | undefined;
};

/**
 * How far the actor may use `permission`. Jobs reach everything. Throws `forbidden` when it is not granted.
 */
export function requirePermission(context: ServerContext, permission: Permission): Reach {
  if (context.actor.kind === 'system') return 'all';
  const reach = reachOf(context.actor.role, permission);
  if (reach === null) throw new AppError('forbidden', 'Your role does not allow this.');
  return reach;
}

/** The teams whose keys the actor may see with `permission`; null means every key. */
export function teamsWithinReach(context: ServerContext, permission: Permission): readonly number[] | null {
  const reach = requirePermission(context, permission);
  return reach === 'all' || context.actor.kind === 'system' ? null : context.actor.teamIds;
}

/** The person acting; throws `forbidden` for a job. */
export function requireUser(context: ServerContext): UserActor {
  if (context.actor.kind !== 'user') throw new AppError('forbidden', 'Only a person can do this.');
  return context.actor;
}

export function withTransaction<T>(
  context: ServerContext,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return context.db.transaction(work);
}
