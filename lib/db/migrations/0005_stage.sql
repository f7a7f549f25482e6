-- What a read of keys was told so far, in the types of "keys". Unlogged: it may be lost at any time, and no backup
-- holds it. Not in the schema of drizzle, which knows no unlogged tables.
CREATE UNLOGGED TABLE "key_stage" (
	"read_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"group_number" integer NOT NULL,
	"container_external_id" text,
	"name" text,
	"masked_label" text,
	"is_disabled" boolean,
	"limit_kind" text,
	"limit_amount" numeric,
	"limit_period" text,
	"limit_remaining" numeric,
	"include_byok_in_limit" boolean,
	"spend_daily" numeric,
	"spend_weekly" numeric,
	"spend_monthly" numeric,
	"spend_lifetime" numeric,
	"byok_daily" numeric,
	"byok_weekly" numeric,
	"byok_monthly" numeric,
	"byok_lifetime" numeric,
	"expires_at" timestamp with time zone,
	"provider_created_at" timestamp with time zone,
	"provider_updated_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"creator_external_id" text,
	"creator_email" text,
	"labels" jsonb,
	"permissions" jsonb,
	PRIMARY KEY("read_id","external_id")
);
--> statement-breakpoint
-- Every read of usage writes the running month of many keys: with room in each page no index is touched.
ALTER TABLE "usage_by_key_month" SET (fillfactor = 50);
