CREATE TABLE "governance"."api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"prefix" text NOT NULL,
	"role" integer NOT NULL,
	"organization_role" integer NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"expire_time" timestamp with time zone,
	"revoke_time" timestamp with time zone,
	CONSTRAINT "api_keys_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "governance"."api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "governance"."organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "governance"."organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "governance"."outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"payload" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."projects" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"display_name" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "governance"."projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "governance"."sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"expire_time" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "governance"."sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "governance"."users" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"organization_role" integer NOT NULL,
	"project_roles" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "governance"."users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "governance"."projects" ADD CONSTRAINT "projects_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "governance"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_by_project" ON "governance"."api_keys" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "projects_by_organization" ON "governance"."projects" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "governance"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "governance"."api_keys" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "organization_isolation" ON "governance"."organizations" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.organization_id', true) in (id, '*')) WITH CHECK (current_setting('app.organization_id', true) in (id, '*'));--> statement-breakpoint
CREATE POLICY "organization_isolation" ON "governance"."projects" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.organization_id', true) in (organization_id, '*')) WITH CHECK (current_setting('app.organization_id', true) in (organization_id, '*'));--> statement-breakpoint
CREATE POLICY "organization_isolation" ON "governance"."sessions" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.organization_id', true) in (organization_id, '*')) WITH CHECK (current_setting('app.organization_id', true) in (organization_id, '*'));--> statement-breakpoint
CREATE POLICY "organization_isolation" ON "governance"."users" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.organization_id', true) in (organization_id, '*')) WITH CHECK (current_setting('app.organization_id', true) in (organization_id, '*'));