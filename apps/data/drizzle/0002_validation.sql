CREATE TABLE "data"."version_comparisons" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"kind" text NOT NULL,
	"first_version" text NOT NULL,
	"second_version" text NOT NULL,
	"columns" jsonb NOT NULL,
	"embeddings" boolean NOT NULL,
	"model" text NOT NULL,
	"job_id" text NOT NULL,
	"result" jsonb,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."version_comparisons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."source_items" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"source_id" text NOT NULL,
	"path" text NOT NULL,
	"state" text NOT NULL,
	"error" text DEFAULT '' NOT NULL,
	"sha256" text,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"media_type" text DEFAULT '' NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"acl" text[] DEFAULT '{}' NOT NULL,
	"modify_time" timestamp with time zone,
	"version" text DEFAULT '' NOT NULL,
	"seen_sync" text NOT NULL,
	"change_sync" text NOT NULL,
	"change" text
);
--> statement-breakpoint
ALTER TABLE "data"."source_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."source_syncs" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"source_id" text NOT NULL,
	"job_id" text NOT NULL,
	"added" bigint DEFAULT 0 NOT NULL,
	"changed" bigint DEFAULT 0 NOT NULL,
	"removed" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"failed" bigint DEFAULT 0 NOT NULL,
	"read_bytes" bigint DEFAULT 0 NOT NULL,
	"revision" text DEFAULT '' NOT NULL,
	"start_time" timestamp with time zone DEFAULT now() NOT NULL,
	"end_time" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "data"."source_syncs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."sources" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"config" jsonb NOT NULL,
	"sync_interval_minutes" integer NOT NULL,
	"next_sync_time" timestamp with time zone,
	"last_sync" text,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."sources" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."validation_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"version_id" text NOT NULL,
	"suite_id" text NOT NULL,
	"checks" jsonb NOT NULL,
	"job_id" text NOT NULL,
	"rows_total" bigint NOT NULL,
	"verdict" text,
	"results" jsonb,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"end_time" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "data"."validation_reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."validation_suites" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"description" text NOT NULL,
	"checks" jsonb NOT NULL,
	"datasets" jsonb NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."validation_suites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."version_profiles" (
	"version_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"job_id" text NOT NULL,
	"profile" jsonb,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."version_profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "version_comparisons_by_project" ON "data"."version_comparisons" USING btree ("project_id","kind","id");--> statement-breakpoint
CREATE UNIQUE INDEX "source_items_by_path" ON "data"."source_items" USING btree ("source_id","path");--> statement-breakpoint
CREATE INDEX "source_items_by_change" ON "data"."source_items" USING btree ("source_id","change_sync","id");--> statement-breakpoint
CREATE INDEX "source_items_by_source" ON "data"."source_items" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "source_syncs_by_source" ON "data"."source_syncs" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "sources_by_project" ON "data"."sources" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "sources_due" ON "data"."sources" USING btree ("next_sync_time");--> statement-breakpoint
CREATE INDEX "validation_reports_by_dataset" ON "data"."validation_reports" USING btree ("project_id","dataset_id","id");--> statement-breakpoint
CREATE INDEX "validation_reports_by_version" ON "data"."validation_reports" USING btree ("version_id","suite_id","id");--> statement-breakpoint
CREATE INDEX "validation_suites_by_project" ON "data"."validation_suites" USING btree ("project_id","id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."version_comparisons" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."source_items" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."source_syncs" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."sources" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."validation_reports" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."validation_suites" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."version_profiles" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
-- Reports and profiles go with their version; drizzle would have to import the datasets' tables to say so.
ALTER TABLE "data"."validation_reports" ADD CONSTRAINT "validation_reports_version" FOREIGN KEY ("version_id") REFERENCES "data"."dataset_versions"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "data"."version_profiles" ADD CONSTRAINT "version_profiles_version" FOREIGN KEY ("version_id") REFERENCES "data"."dataset_versions"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "data"."version_comparisons" ADD CONSTRAINT "version_comparisons_first" FOREIGN KEY ("first_version") REFERENCES "data"."dataset_versions"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "data"."version_comparisons" ADD CONSTRAINT "version_comparisons_second" FOREIGN KEY ("second_version") REFERENCES "data"."dataset_versions"("id") ON DELETE CASCADE;
