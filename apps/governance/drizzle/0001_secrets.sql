CREATE TABLE "governance"."secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"sealed_value" text NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"rotate_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "governance"."secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "secrets_by_project" ON "governance"."secrets" USING btree ("project_id","id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "governance"."secrets" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));