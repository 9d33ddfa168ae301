CREATE TABLE "models"."artifacts" (
	"model" text PRIMARY KEY NOT NULL,
	"job_id" text,
	"digest" text,
	"source" text,
	"failures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"ready_time" timestamp with time zone,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models"."jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_expire_time" timestamp with time zone,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"input" jsonb NOT NULL,
	"progress" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"result" jsonb,
	"error" text,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models"."outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"payload" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models"."providers" (
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"id" text NOT NULL,
	"base_url" text NOT NULL,
	"models" jsonb NOT NULL,
	"sealed_api_key" text,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "providers_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "models"."providers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "project_isolation" ON "models"."providers" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));