CREATE TABLE "data"."annotation_claims" (
	"item_id" text NOT NULL,
	"annotator" text NOT NULL,
	"project_id" text NOT NULL,
	"expire_time" timestamp with time zone NOT NULL,
	CONSTRAINT "annotation_claims_item_id_annotator_pk" PRIMARY KEY("item_id","annotator")
);
--> statement-breakpoint
ALTER TABLE "data"."annotation_claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."annotation_items" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"origin" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"content" text NOT NULL,
	"dataset_version" text DEFAULT '' NOT NULL,
	"row_id" text DEFAULT '' NOT NULL,
	"trace_id" text DEFAULT '' NOT NULL,
	"assignees" text[] DEFAULT '{}' NOT NULL,
	"result" jsonb,
	"adjudicated_by" text DEFAULT '' NOT NULL,
	"swapped" boolean NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."annotation_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."annotation_queues" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"instructions" text NOT NULL,
	"schema" jsonb NOT NULL,
	"annotators_per_item" integer NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."annotation_queues" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."annotations" (
	"item_id" text NOT NULL,
	"annotator" text NOT NULL,
	"project_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"label" jsonb NOT NULL,
	"duration_ms" bigint NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "annotations_item_id_annotator_pk" PRIMARY KEY("item_id","annotator")
);
--> statement-breakpoint
ALTER TABLE "data"."annotations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_items_by_origin" ON "data"."annotation_items" USING btree ("queue_id","origin");--> statement-breakpoint
CREATE INDEX "annotation_items_by_state" ON "data"."annotation_items" USING btree ("queue_id","state","id");--> statement-breakpoint
CREATE INDEX "annotation_queues_by_project" ON "data"."annotation_queues" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "annotations_by_queue" ON "data"."annotations" USING btree ("queue_id","item_id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."annotation_claims" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."annotation_items" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."annotation_queues" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "data"."annotations" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));