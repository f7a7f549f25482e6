ALTER TABLE "reads" ADD COLUMN "alive_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "reads" ALTER COLUMN "alive_at" DROP DEFAULT;--> statement-breakpoint
CREATE UNIQUE INDEX "reads_running" ON "reads" USING btree ("connection_id","kind") WHERE state = 'running';
