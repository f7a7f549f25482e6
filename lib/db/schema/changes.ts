import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ChangeKind, ChangeState } from '@/lib/domain/changes/change';
import { bytea, instant } from './columns';
import { connections } from './connections';
import { keys } from './keys';
import { users } from './people';

/** The ledger of every write at a provider. No secret ever stands in it. */
export const changes = pgTable(
  'changes',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ChangeKind>().notNull(),
    state: text('state').$type<ChangeState>().notNull(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    /** Null for a create until the key is known. */
    keyId: integer('key_id').references(() => keys.id),
    /** A bulk run, a rotation or a request that this write is a step of. */
    parentId: uuid('parent_id'),
    requestedBy: uuid('requested_by').references(() => users.id),
    actorName: text('actor_name').notNull(),
    wish: jsonb('wish').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    reason: text('reason').notNull(),
    /** Kind, status and the provider's own sentence of a refusal or an unknown outcome. */
    failure: jsonb('failure'),
    requestId: text('request_id').notNull(),
    plannedAt: instant('planned_at').notNull(),
    sentAt: instant('sent_at'),
    answeredAt: instant('answered_at'),
    settledAt: instant('settled_at'),
    /** How an unknown outcome was settled, in words for people. */
    settlement: text('settlement'),
    checks: integer('checks').notNull().default(0),
    checkedAt: instant('checked_at'),
    /**
     * From then on anyone may take the change up: recover it, look again, or finish what its settlement asked
     * for. Moved ahead while a process is at it; null when nothing is left to do.
     */
    lookAt: instant('look_at'),
  },
  (table) => [
    index('changes_look').on(table.lookAt).where(sql`look_at is not null`),
    index('changes_key').on(table.keyId, table.plannedAt),
    index('changes_open').on(table.state, table.plannedAt),
    index('changes_parent').on(table.parentId),
  ],
);

/** Who did what, when, and how it ended. Rows are chained by hash and only ever added. */
export const auditEvents = pgTable(
  'audit_events',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').$type<'user' | 'system'>().notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name').notNull(),
    actorRole: text('actor_role'),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id'),
    subjectName: text('subject_name'),
    connectionId: integer('connection_id'),
    keyId: integer('key_id'),
    changeId: uuid('change_id'),
    before: jsonb('before'),
    after: jsonb('after'),
    reason: text('reason').notNull().default(''),
    outcome: text('outcome').notNull(),
    requestId: text('request_id').notNull(),
    prevHash: bytea('prev_hash').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    index('audit_events_key').on(table.keyId, table.seq),
    index('audit_events_actor').on(table.actorId, table.seq),
    index('audit_events_action').on(table.action, table.seq),
    index('audit_events_at').on(table.at),
  ],
);

/** The newest row of the chain; locked by every append, so that rows stand in one order. */
export const auditHead = pgTable('audit_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
});
