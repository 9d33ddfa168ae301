CREATE TABLE "cost"."inbox" (
	"durable" text NOT NULL,
	"message_id" text NOT NULL,
	"receive_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_durable_message_id_pk" PRIMARY KEY("durable","message_id")
);
--> statement-breakpoint
CREATE TABLE "cost"."usage" (
	"call_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"trace_id" text NOT NULL,
	"time" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"operation" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"release_id" text NOT NULL,
	"status" smallint NOT NULL,
	"input_tokens" bigint NOT NULL,
	"cached_input_tokens" bigint NOT NULL,
	"cache_write_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"reasoning_tokens" bigint NOT NULL,
	"input_audio_tokens" bigint NOT NULL,
	"output_audio_tokens" bigint NOT NULL,
	"estimated" boolean NOT NULL,
	"price_state" smallint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	"price_key" text NOT NULL,
	"price_version" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cost"."usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cost"."usage_sums" (
	"project_id" text NOT NULL,
	"width_s" integer NOT NULL,
	"time" timestamp (0) with time zone NOT NULL,
	"model" text NOT NULL,
	"actor" text NOT NULL,
	"calls" bigint NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	"unpriced_calls" bigint NOT NULL,
	CONSTRAINT "usage_sums_project_id_width_s_time_model_actor_pk" PRIMARY KEY("project_id","width_s","time","model","actor")
);
--> statement-breakpoint
ALTER TABLE "cost"."usage_sums" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "usage_by_project" ON "cost"."usage" USING btree ("project_id","time","call_id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "cost"."usage" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "cost"."usage_sums" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));