CREATE TABLE "data"."dataset_tags" (
	"project_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"name" text NOT NULL,
	"version_id" text NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_tags_dataset_id_name_pk" PRIMARY KEY("dataset_id","name")
);
--> statement-breakpoint
ALTER TABLE "data"."dataset_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."dataset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"number" integer NOT NULL,
	"digest" text NOT NULL,
	"manifest_object" text NOT NULL,
	"row_count" bigint NOT NULL,
	"size_bytes" bigint NOT NULL,
	"added_bytes" bigint NOT NULL,
	"shape" text NOT NULL,
	"format" text NOT NULL,
	"schema" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"key_columns" jsonb NOT NULL,
	"splits" jsonb NOT NULL,
	"split_object" text,
	"split_plan" jsonb,
	"lineage" jsonb NOT NULL,
	"verdict" text DEFAULT '' NOT NULL,
	"message" text NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."dataset_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."datasets" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."datasets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "dataset_tags_by_version" ON "data"."dataset_tags" USING btree ("version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_versions_by_number" ON "data"."dataset_versions" USING btree ("dataset_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_versions_by_digest" ON "data"."dataset_versions" USING btree ("dataset_id","digest");--> statement-breakpoint
CREATE INDEX "dataset_versions_by_project" ON "data"."dataset_versions" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "datasets_by_project" ON "data"."datasets" USING btree ("project_id","update_time");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."dataset_tags" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."dataset_versions" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."datasets" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));