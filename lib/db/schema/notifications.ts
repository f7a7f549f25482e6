import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { users } from './people';

/** What someone is told, in the console's bell and, where they want it, by email. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    topic: text('topic').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull().default(''),
    /** A path of the console; links lead there and never act by themselves. */
    href: text('href').notNull(),
    /** What it is about and which step of it: the same is told once. */
    dedupeKey: text('dedupe_key').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
  },
  (table) => [
    uniqueIndex('notifications_once').on(table.userId, table.dedupeKey),
    index('notifications_user').on(table.userId, table.createdAt),
    index('notifications_unread').on(table.userId).where(sql`read_at is null`),
  ],
);

/** Where events go by HTTP: generic JSON with a signature, or what Slack understands. */
export const webhooks = pgTable('webhooks', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  format: text('format').$type<'json' | 'slack'>().notNull(),
  /** Sealed: an address of Slack's is a secret itself. */
  sealedUrl: jsonb('sealed_url').notNull(),
  host: text('host').notNull(),
  sealedSecret: jsonb('sealed_secret'),
  topics: jsonb('topics').$type<readonly string[]>().notNull(),
  isEnabled: boolean('is_enabled').notNull().default(true),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: instant('created_at').notNull(),
  removedAt: instant('removed_at'),
});

/** Every email and webhook call that went out or is still to go. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    channel: text('channel').$type<'email' | 'webhook'>().notNull(),
    webhookId: uuid('webhook_id').references(() => webhooks.id),
    userId: uuid('user_id').references(() => users.id),
    topic: text('topic').notNull(),
    payload: jsonb('payload').notNull(),
    state: text('state').$type<'waiting' | 'delivered' | 'failed'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: instant('next_try_at'),
    /** The answer's status, and what went wrong, in words for people. */
    status: integer('status'),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    deliveredAt: instant('delivered_at'),
    /** The delivery that this one sends again. */
    repeatsId: uuid('repeats_id'),
  },
  (table) => [
    index('deliveries_due').on(table.nextTryAt).where(sql`state = 'waiting'`),
    index('deliveries_newest').on(table.createdAt),
  ],
);
