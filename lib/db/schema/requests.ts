import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { RequestEventKind, RequestKind, RequestState } from '@/lib/domain/requests/request';
import { changes } from './changes';
import { instant } from './columns';
import { connections } from './connections';
import { keys } from './keys';
import { users } from './people';
import { teams } from './teams';

/** What someone asks for, and how far it came. What happened on the way stands in its events. */
export const requests = pgTable(
  'requests',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind').$type<RequestKind>().notNull(),
    state: text('state').$type<RequestState>().notNull(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    /** Null while a new key is asked for and not yet made. */
    keyId: integer('key_id').references(() => keys.id),
    teamId: integer('team_id').references(() => teams.id),
    requesterId: uuid('requester_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason').notNull(),
    wish: jsonb('wish').notNull(),
    /** What an approver approves: the limit, the key and the rules as they were shown. */
    basis: jsonb('basis').notNull(),
    /** Counts up with every new basis; an approval is for one of them. */
    basisNumber: integer('basis_number').notNull().default(1),
    approvalsNeeded: integer('approvals_needed').notNull(),
    /** What was approved, which may be smaller or shorter than the wish. */
    granted: jsonb('granted'),
    /** The write at the provider that carries it out. */
    changeId: uuid('change_id').references(() => changes.id),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    lapsesAt: instant('lapses_at').notNull(),
    decidedAt: instant('decided_at'),
    settledAt: instant('settled_at'),
    /** Until then one process carries it out; others keep away. */
    workedUntil: instant('worked_until'),
  },
  (table) => [
    index('requests_state').on(table.state, table.createdAt),
    index('requests_key').on(table.keyId, table.createdAt),
    index('requests_requester').on(table.requesterId, table.createdAt),
    index('requests_team').on(table.teamId, table.createdAt),
    index('requests_change').on(table.changeId),
  ],
);

/** Every step of a request, only ever added. */
export const requestEvents = pgTable(
  'request_events',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    kind: text('kind').$type<RequestEventKind>().notNull(),
    at: instant('at').notNull(),
    /** Null when Keyward itself did it. */
    actorId: uuid('actor_id').references(() => users.id),
    basisNumber: integer('basis_number').notNull(),
    words: text('words').notNull().default(''),
    facts: jsonb('facts').notNull().default({}),
  },
  (table) => [index('request_events_request').on(table.requestId, table.id)],
);

/** A higher limit until a date, over a base limit that nobody touched. */
export const raises = pgTable(
  'raises',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    keyId: integer('key_id')
      .notNull()
      .references(() => keys.id),
    requestId: uuid('request_id').references(() => requests.id),
    state: text('state').$type<'planned' | 'active' | 'ended' | 'drifted' | 'cancelled'>().notNull(),
    baseLimit: jsonb('base_limit').notNull(),
    raisedLimit: jsonb('raised_limit').notNull(),
    reason: text('reason').notNull(),
    startedBy: uuid('started_by').references(() => users.id),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by').references(() => users.id),
    /** How often the end was tried, when it is tried next, and why the last try failed. */
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: instant('next_try_at'),
    failure: text('failure'),
    toldOverdueAt: instant('told_overdue_at'),
    workedUntil: instant('worked_until'),
  },
  (table) => [
    index('raises_key').on(table.keyId, table.startsAt),
    index('raises_open').on(table.endsAt).where(sql`ended_at is null`),
  ],
);

/** Which team and owner a key that nobody assigned gets; the first that matches. */
export const assignmentRules = pgTable(
  'assignment_rules',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    position: integer('position').notNull(),
    match: jsonb('match').notNull(),
    teamId: integer('team_id').references(() => teams.id),
    ownerId: uuid('owner_id').references(() => users.id),
    isEnabled: boolean('is_enabled').notNull().default(true),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('assignment_rules_position').on(table.position)],
);
