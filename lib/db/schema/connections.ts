import { boolean, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ContainerKind } from '@/lib/domain/connections/capabilities';
import type { Generation, ProviderKind } from '@/lib/domain/connections/provider-kind';
import { instant, usdColumn } from './columns';
import { users } from './people';

export const connections = pgTable('connections', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  provider: text('provider').$type<ProviderKind>().notNull(),
  name: text('name').notNull(),
  baseUrl: text('base_url').notNull(),
  generation: text('generation').$type<Generation>().notNull(),
  state: text('state').$type<'active' | 'paused' | 'removed'>().notNull().default('active'),
  accountName: text('account_name'),
  /** The last characters of the management key, for people to tell keys apart. */
  keyTail: text('key_tail').notNull(),
  keySetAt: instant('key_set_at').notNull(),
  /** The management key itself, where the provider lists it among the keys and says which it is. */
  ownKeyExternalId: text('own_key_external_id'),
  balance: usdColumn('balance'),
  balanceAt: instant('balance_at'),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
});

/** The management key, sealed; see SECURITY.md for what is encrypted with what. */
export const connectionSecrets = pgTable('connection_secrets', {
  connectionId: integer('connection_id')
    .primaryKey()
    .references(() => connections.id),
  sealed: jsonb('sealed').notNull(),
});

/** A provider's workspaces and groups. */
export const containers = pgTable(
  'containers',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    externalId: text('external_id').notNull(),
    kind: text('kind').$type<ContainerKind>().notNull(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    lastSeenAt: instant('last_seen_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (table) => [uniqueIndex('containers_external').on(table.connectionId, table.externalId)],
);

/** The people of a provider's account. */
export const providerMembers = pgTable(
  'provider_members',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    externalId: text('external_id').notNull(),
    email: text('email'),
    name: text('name'),
    role: text('role'),
    lastSeenAt: instant('last_seen_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (table) => [uniqueIndex('provider_members_external').on(table.connectionId, table.externalId)],
);
