import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { TeamPlace } from '@/lib/domain/people/one-time-link';
import type { Role } from '@/lib/domain/people/role';
import { instant } from './columns';

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    passwordHash: text('password_hash'),
    oidcIssuer: text('oidc_issuer'),
    oidcSubject: text('oidc_subject'),
    isDisabled: boolean('is_disabled').notNull().default(false),
    preferences: jsonb('preferences').notNull().default({}),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at'),
  },
  (table) => [
    uniqueIndex('users_email').on(sql`lower(${table.email})`),
    uniqueIndex('users_oidc').on(table.oidcIssuer, table.oidcSubject),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    userAgent: text('user_agent'),
    address: text('address'),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** One-time links: the first admin's set-up, invitations and new passwords. Only the token's hash is kept. */
export const oneTimeLinks = pgTable(
  'one_time_links',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    purpose: text('purpose').$type<'setup' | 'invitation' | 'password'>().notNull(),
    tokenHash: text('token_hash').notNull(),
    email: text('email'),
    role: text('role').$type<Role>(),
    /** The teams that an invited person joins. */
    teams: jsonb('team_ids').$type<TeamPlace[]>().notNull().default([]),
    /** Whose new password it is for. */
    userId: uuid('user_id').references(() => users.id),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [uniqueIndex('one_time_links_token').on(table.tokenHash)],
);

/** Failed sign-ins per account and per address. */
export const signInThrottles = pgTable('sign_in_throttles', {
  subject: text('subject').primaryKey(),
  failures: integer('failures').notNull(),
  windowStartedAt: instant('window_started_at').notNull(),
  blockedUntil: instant('blocked_until'),
});

export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    page: text('page').notNull(),
    name: text('name').notNull(),
    query: text('query').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('saved_views_name').on(table.userId, table.page, table.name)],
);
