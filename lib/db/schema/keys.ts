import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { KeyLabels, KeyPermissions } from '@/lib/domain/keys/key-input';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { instant, usdColumn, utcDayColumn } from './columns';
import { connections, containers } from './connections';
import { users } from './people';
import { teams } from './teams';

/** The mirror of every key held at a provider. Rows are never removed: history hangs on them. */
export const keys = pgTable(
  'keys',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    connectionId: integer('connection_id')
      .notNull()
      .references(() => connections.id),
    externalId: text('external_id').notNull(),
    containerId: integer('container_id').references(() => containers.id),
    name: text('name').notNull(),
    maskedLabel: text('masked_label'),
    isDisabled: boolean('is_disabled').notNull().default(false),
    limitKind: text('limit_kind').$type<'unlimited' | 'blocked' | 'capped'>().notNull(),
    limitAmount: usdColumn('limit_amount'),
    limitPeriod: text('limit_period').$type<LimitPeriod>(),
    limitRemaining: usdColumn('limit_remaining'),
    includeByokInLimit: boolean('include_byok_in_limit'),
    spendDaily: usdColumn('spend_daily'),
    spendWeekly: usdColumn('spend_weekly'),
    spendMonthly: usdColumn('spend_monthly'),
    spendLifetime: usdColumn('spend_lifetime'),
    byokDaily: usdColumn('byok_daily'),
    byokWeekly: usdColumn('byok_weekly'),
    byokMonthly: usdColumn('byok_monthly'),
    byokLifetime: usdColumn('byok_lifetime'),
    expiresAt: instant('expires_at'),
    providerCreatedAt: instant('provider_created_at'),
    providerUpdatedAt: instant('provider_updated_at'),
    lastUsedAt: instant('last_used_at'),
    creatorExternalId: text('creator_external_id'),
    creatorEmail: text('creator_email'),
    labels: jsonb('labels').$type<KeyLabels>().notNull().default({}),
    permissions: jsonb('permissions').$type<KeyPermissions>(),
    teamId: integer('team_id').references(() => teams.id),
    ownerId: uuid('owner_id').references(() => users.id),
    firstSeenAt: instant('first_seen_at').notNull(),
    /** When a read last brought news; a live key is as fresh as this or its connection's last complete read. */
    lastSeenAt: instant('last_seen_at').notNull(),
    /** Set when a complete read did not find it any more. */
    goneAt: instant('gone_at'),
    /** Set when Keyward deleted it. */
    deletedAt: instant('deleted_at'),
    /** Disabled now, deleted then: until that moment the deletion can be undone. */
    deleteAfter: instant('delete_after'),
    deleteAskedBy: uuid('delete_asked_by').references(() => users.id),
    /** The key that this one took over from in a rotation. */
    succeedsKeyId: integer('succeeds_key_id'),
    /** The moment of Keyward's last own write: a read that began earlier must not undo it. */
    writtenAt: instant('written_at'),
  },
  (table) => [
    uniqueIndex('keys_external').on(table.connectionId, table.externalId),
    index('keys_team').on(table.teamId),
    index('keys_delete_after').on(table.deleteAfter).where(sql`delete_after is not null`),
    index('keys_succeeds').on(table.succeedsKeyId).where(sql`succeeds_key_id is not null`),
    index('keys_live_name').on(table.name, table.id).where(sql`gone_at is null and deleted_at is null`),
  ],
);

/** Who a key belonged to, by UTC day: spend stays with the team that owned it then. */
export const keyAssignments = pgTable(
  'key_assignments',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    keyId: integer('key_id')
      .notNull()
      .references(() => keys.id),
    teamId: integer('team_id').references(() => teams.id),
    ownerId: uuid('owner_id').references(() => users.id),
    fromDay: utcDayColumn('from_day').notNull(),
    /** The last day, included; null while it lasts. */
    toDay: utcDayColumn('to_day'),
  },
  (table) => [index('key_assignments_key').on(table.keyId, table.fromDay)],
);
