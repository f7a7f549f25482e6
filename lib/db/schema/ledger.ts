import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { changes } from './changes';
import { bytea, instant } from './columns';
import { connections } from './connections';
import { keys } from './keys';
import { users } from './people';

/** What a machine could not settle and a person must look at. */
export const incidents = pgTable(
  'incidents',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').notNull(),
    connectionId: integer('connection_id').references(() => connections.id),
    keyId: integer('key_id').references(() => keys.id),
    changeId: uuid('change_id').references(() => changes.id),
    title: text('title').notNull(),
    facts: jsonb('facts').notNull().default({}),
    openedAt: instant('opened_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
    resolution: text('resolution'),
  },
  (table) => [index('incidents_open').on(table.openedAt).where(sql`resolved_at is null`)],
);

/** A set of the same change on many keys. */
export const bulkRuns = pgTable('bulk_runs', {
  id: uuid('id').primaryKey().defaultRandom(),
  kind: text('kind').notNull(),
  state: text('state').$type<'running' | 'paused' | 'cancelled' | 'finished'>().notNull(),
  wish: jsonb('wish').notNull(),
  reason: text('reason').notNull().default(''),
  /** The run whose applied changes this one puts back. */
  undoesRunId: uuid('undoes_run_id'),
  /** The run whose refused or cancelled items this one tries again. */
  retriesRunId: uuid('retries_run_id'),
  createdBy: uuid('created_by')
    .notNull()
    .references(() => users.id),
  createdAt: instant('created_at').notNull(),
  finishedAt: instant('finished_at'),
  /** Until then one process works on it; others keep away. */
  workedUntil: instant('worked_until'),
});

export const bulkItems = pgTable(
  'bulk_items',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => bulkRuns.id),
    position: integer('position').notNull(),
    keyId: integer('key_id')
      .notNull()
      .references(() => keys.id),
    state: text('state')
      .$type<'waiting' | 'sent' | 'applied' | 'refused' | 'unknown' | 'skipped' | 'cancelled'>()
      .notNull(),
    before: jsonb('before').notNull(),
    wish: jsonb('wish').notNull(),
    message: text('message'),
    changeId: uuid('change_id').references(() => changes.id),
    /** How often the provider asked for patience, and until when the next try waits. */
    attempts: integer('attempts').notNull().default(0),
    notBefore: instant('not_before'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.position] }),
    index('bulk_items_waiting').on(table.runId, table.state, table.position),
  ],
);

/** A new secret on its way to someone else. The link's fragment holds the key that opens it; no column does. */
export const handOvers = pgTable(
  'hand_overs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    keyId: integer('key_id')
      .notNull()
      .references(() => keys.id),
    /** Null once it was collected, revoked or expired. */
    sealed: bytea('sealed'),
    /** SHA-256 of a token derived from the key in the link's fragment. */
    tokenHash: text('token_hash').notNull(),
    senderId: uuid('sender_id').references(() => users.id),
    recipientId: uuid('recipient_id').references(() => users.id),
    isSignInNeeded: boolean('is_sign_in_needed').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    collectedAt: instant('collected_at'),
    collectedBy: uuid('collected_by').references(() => users.id),
    revokedAt: instant('revoked_at'),
    /** Unused until its end or withdrawn, and its key was stopped since. */
    expiredAt: instant('expired_at'),
  },
  (table) => [
    uniqueIndex('hand_overs_token').on(table.tokenHash),
    index('hand_overs_open').on(table.expiresAt).where(sql`sealed is not null`),
  ],
);

/** A new key taking an old one's place; the old one goes only when nothing uses it any more. */
export const rotations = pgTable(
  'rotations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    oldKeyId: integer('old_key_id')
      .notNull()
      .references(() => keys.id),
    newKeyId: integer('new_key_id').references(() => keys.id),
    state: text('state')
      .$type<'creating' | 'watching' | 'retiring' | 'done' | 'cancelled' | 'failed'>()
      .notNull(),
    /** Hours without a request before the old key is retired. */
    quietHours: integer('quiet_hours').notNull(),
    /** A person asked to wait at least until then. */
    waitUntil: instant('wait_until'),
    quietSince: instant('quiet_since'),
    lastRequests: bigint('last_requests', { mode: 'number' }),
    lastCheckedAt: instant('last_checked_at'),
    startedBy: uuid('started_by').references(() => users.id),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    failure: text('failure'),
  },
  (table) => [
    index('rotations_open').on(table.state).where(sql`finished_at is null`),
    uniqueIndex('rotations_old_key').on(table.oldKeyId).where(sql`finished_at is null`),
  ],
);

/** A difference between what Keyward last knew of a key and what a read found. */
export const driftItems = pgTable(
  'drift_items',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    keyId: integer('key_id')
      .notNull()
      .references(() => keys.id),
    kind: text('kind').$type<'created' | 'gone' | 'name' | 'limit' | 'state'>().notNull(),
    lastSeen: jsonb('last_seen'),
    lastSet: jsonb('last_set'),
    found: jsonb('found'),
    foundAt: instant('found_at').notNull(),
    decision: text('decision').$type<'adopted' | 'put_back' | 'resolved_itself'>(),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by').references(() => users.id),
    ignoredUntil: instant('ignored_until'),
  },
  (table) => [
    uniqueIndex('drift_items_open').on(table.keyId, table.kind).where(sql`decided_at is null`),
    index('drift_items_found').on(table.foundAt),
  ],
);

/** Where the audit chain stood when it was anchored outside of the database. */
export const auditAnchors = pgTable('audit_anchors', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  hash: bytea('hash').notNull(),
  anchoredAt: instant('anchored_at').notNull(),
});

/** What admins set for the whole installation, one row a topic. */
export const settings = pgTable('settings', {
  topic: text('topic').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: instant('updated_at').notNull(),
  updatedBy: uuid('updated_by').references(() => users.id),
});
