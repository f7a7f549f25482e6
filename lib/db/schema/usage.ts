import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { UsageSource } from '@/lib/domain/usage/usage-fact';
import { instant, usdColumn, utcDayColumn } from './columns';
import { connections } from './connections';
import { users } from './people';

/** Model names, once each. Model 0 is "not told by the provider". */
export const models = pgTable(
  'models',
  { id: integer('id').primaryKey().generatedByDefaultAsIdentity(), name: text('name').notNull() },
  (table) => [uniqueIndex('models_name').on(table.name)],
);

const counters = {
  requests: bigint('requests', { mode: 'number' }).notNull(),
  promptTokens: bigint('prompt_tokens', { mode: 'number' }).notNull(),
  completionTokens: bigint('completion_tokens', { mode: 'number' }).notNull(),
  reasoningTokens: bigint('reasoning_tokens', { mode: 'number' }).notNull(),
  spend: usdColumn('spend').notNull(),
  byokSpend: usdColumn('byok_spend').notNull(),
};

/** What a key did on a UTC day with a model. Foreign keys are left out on purpose: millions of rows. */
export const usageFacts = pgTable(
  'usage_facts',
  {
    connectionId: integer('connection_id').notNull(),
    day: utcDayColumn('day').notNull(),
    keyId: integer('key_id').notNull(),
    modelId: integer('model_id').notNull(),
    /** The team that owned the key on that day; 0 for none. */
    teamId: integer('team_id').notNull(),
    ...counters,
    source: text('source').$type<UsageSource>().notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.day, table.keyId, table.modelId] }),
    index('usage_facts_key').on(table.keyId, table.day),
  ],
);

/** What is known of each day: a day without a complete row is missing, never zero. */
export const usageDays = pgTable(
  'usage_days',
  {
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    day: utcDayColumn('day').notNull(),
    /** `open` while the day still runs, or was last read before it ended. */
    state: text('state').$type<'complete' | 'open' | 'missing'>().notNull(),
    source: text('source').$type<UsageSource>(),
    fetchedAt: instant('fetched_at').notNull(),
    reason: text('reason'),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.day] })],
);

/** The roll-up that charts read; refreshed for the touched days in the transaction of the read. */
export const usageByDay = pgTable(
  'usage_by_day',
  {
    day: utcDayColumn('day').notNull(),
    connectionId: integer('connection_id').notNull(),
    teamId: integer('team_id').notNull(),
    modelId: integer('model_id').notNull(),
    ...counters,
  },
  (table) => [primaryKey({ columns: [table.day, table.connectionId, table.teamId, table.modelId] })],
);

/** One row a day and connection, a day and team, a day and model: what the common charts read. */
export const usageByDimension = pgTable(
  'usage_by_dimension',
  {
    dimension: text('dimension').$type<'connection' | 'team' | 'model'>().notNull(),
    memberId: integer('member_id').notNull(),
    day: utcDayColumn('day').notNull(),
    connectionId: integer('connection_id').notNull(),
    ...counters,
  },
  (table) => [primaryKey({ columns: [table.dimension, table.day, table.connectionId, table.memberId] })],
);

/** One row a key and month. */
export const usageByKeyMonth = pgTable(
  'usage_by_key_month',
  {
    month: utcDayColumn('month').notNull(),
    keyId: integer('key_id').notNull(),
    teamId: integer('team_id').notNull(),
    connectionId: integer('connection_id').notNull(),
    ...counters,
  },
  (table) => [primaryKey({ columns: [table.month, table.connectionId, table.keyId, table.teamId] })],
);

/** Every read of a provider: what it did, how far it came, and why it stopped. */
export const reads = pgTable(
  'reads',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    kind: text('kind').$type<'keys' | 'usage'>().notNull(),
    state: text('state').$type<'running' | 'complete' | 'partial' | 'failed' | 'cancelled'>().notNull(),
    startedAt: instant('started_at').notNull(),
    /** The last sign of life of the process that reads; an old one means that it is gone. */
    aliveAt: instant('alive_at').notNull(),
    finishedAt: instant('finished_at'),
    done: integer('done').notNull().default(0),
    total: integer('total'),
    isCancelAsked: boolean('is_cancel_asked').notNull().default(false),
    failure: text('failure'),
    requestedBy: uuid('requested_by').references(() => users.id),
  },
  (table) => [
    index('reads_connection').on(table.connectionId, table.kind, table.startedAt),
    uniqueIndex('reads_running').on(table.connectionId, table.kind).where(sql`state = 'running'`),
  ],
);
