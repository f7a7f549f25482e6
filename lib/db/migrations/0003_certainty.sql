ALTER TABLE "changes" ADD COLUMN "look_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD COLUMN "not_before" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD COLUMN "retries_run_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD COLUMN "worked_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "changes_look" ON "changes" USING btree ("look_at") WHERE look_at is not null;--> statement-breakpoint
UPDATE "changes" SET "look_at" = now() WHERE "state" IN ('planned', 'sent', 'unknown');
