CREATE TABLE "observability"."calls" (
	"id" text NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"start_time" timestamp (3) with time zone NOT NULL,
	"trace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"operation" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"release_id" text NOT NULL,
	"actor" text NOT NULL,
	"session_id" text NOT NULL,
	"end_user" text NOT NULL,
	"duration_ms" double precision NOT NULL,
	"time_to_first_token_ms" double precision NOT NULL,
	"status" smallint NOT NULL,
	"error_code" text NOT NULL,
	"input_tokens" bigint NOT NULL,
	"cached_input_tokens" bigint NOT NULL,
	"cache_write_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"reasoning_tokens" bigint NOT NULL,
	"input_audio_tokens" bigint NOT NULL,
	"output_audio_tokens" bigint NOT NULL,
	"usage_estimated" boolean NOT NULL,
	"price_state" smallint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	"price_key" text NOT NULL,
	"price_version" text NOT NULL,
	"span_count" integer NOT NULL,
	"input_preview" text NOT NULL,
	"output_preview" text NOT NULL,
	"terms" integer[] NOT NULL,
	CONSTRAINT "calls_id_start_time_pk" PRIMARY KEY("id","start_time")
) PARTITION BY RANGE ("start_time");
--> statement-breakpoint
ALTER TABLE "observability"."calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "observability"."inbox" (
	"durable" text NOT NULL,
	"message_id" text NOT NULL,
	"receive_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_durable_message_id_pk" PRIMARY KEY("durable","message_id")
);
--> statement-breakpoint
CREATE TABLE "observability"."metrics" (
	"project_id" text NOT NULL,
	"width_s" integer NOT NULL,
	"time" timestamp (0) with time zone NOT NULL,
	"model" text NOT NULL,
	"requests" bigint NOT NULL,
	"errors" bigint NOT NULL,
	"cancelled" bigint NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"duration_counts" integer[] NOT NULL,
	"time_to_first_token_counts" integer[] NOT NULL,
	CONSTRAINT "metrics_project_id_width_s_time_model_pk" PRIMARY KEY("project_id","width_s","time","model")
);
--> statement-breakpoint
ALTER TABLE "observability"."metrics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "observability"."sessions" (
	"project_id" text NOT NULL,
	"id" text NOT NULL,
	"start_time" timestamp (3) with time zone NOT NULL,
	"last_time" timestamp (3) with time zone NOT NULL,
	"trace_count" bigint NOT NULL,
	"error_count" bigint NOT NULL,
	"total_tokens" bigint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	"end_user" text NOT NULL,
	CONSTRAINT "sessions_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "observability"."sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "observability"."spans" (
	"project_id" text NOT NULL,
	"call_id" text NOT NULL,
	"trace_id" uuid NOT NULL,
	"span_id" text NOT NULL,
	"parent_span_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" smallint NOT NULL,
	"start_time" timestamp (3) with time zone NOT NULL,
	"duration_ms" double precision NOT NULL,
	"status" smallint NOT NULL,
	"status_message" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"input_json" text,
	"output_json" text
) PARTITION BY RANGE ("start_time");
--> statement-breakpoint
ALTER TABLE "observability"."spans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "calls_by_project" ON "observability"."calls" USING btree ("project_id","start_time","id");--> statement-breakpoint
CREATE INDEX "calls_by_trace" ON "observability"."calls" USING btree ("trace_id");--> statement-breakpoint
CREATE INDEX "calls_by_session" ON "observability"."calls" USING btree ("project_id","session_id","start_time") WHERE session_id <> '';--> statement-breakpoint
CREATE INDEX "calls_by_end_user" ON "observability"."calls" USING btree ("project_id","end_user","start_time") WHERE end_user <> '';--> statement-breakpoint
CREATE INDEX "calls_failed" ON "observability"."calls" USING btree ("project_id","start_time","id") WHERE status <> 1;--> statement-breakpoint
CREATE INDEX "calls_by_terms" ON "observability"."calls" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "sessions_by_time" ON "observability"."sessions" USING btree ("project_id","last_time","id");--> statement-breakpoint
CREATE INDEX "spans_by_trace" ON "observability"."spans" USING btree ("trace_id");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "observability"."calls" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "observability"."metrics" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "observability"."sessions" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "observability"."spans" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE TABLE "observability"."calls_default" PARTITION OF "observability"."calls" DEFAULT;--> statement-breakpoint
CREATE TABLE "observability"."spans_default" PARTITION OF "observability"."spans" DEFAULT;--> statement-breakpoint
-- Policies hold for rows reached through the parent; a partition itself is nobody's but the owner's.
REVOKE ALL ON "observability"."calls_default", "observability"."spans_default" FROM "observability_app";--> statement-breakpoint
-- Makes the partitions of a day (UTC). Owner's rights, because the app may not make tables. False when they cannot be made:
-- the day is out of reach (a wrong clock must not make a table a day), or the default partition already has rows of it.
CREATE FUNCTION "observability"."ensure_partition"(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = observability, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  parent text;
  part text;
BEGIN
  IF day < current_date - 3650 OR day > current_date + 7 THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('observability.partitions'));
  FOREACH parent IN ARRAY ARRAY['calls', 'spans'] LOOP
    part := format('%s_%s', parent, to_char(day, 'YYYYMMDD'));
    IF to_regclass(format('observability.%I', part)) IS NULL THEN
      EXECUTE format('CREATE TABLE observability.%I PARTITION OF observability.%I FOR VALUES FROM (%L) TO (%L)',
        part, parent, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
      EXECUTE format('REVOKE ALL ON observability.%I FROM observability_app', part);
    END IF;
  END LOOP;
  RETURN true;
EXCEPTION WHEN check_violation THEN
  RETURN false;
END
$$;--> statement-breakpoint
-- Drops the partitions of days before this one; returns how many.
CREATE FUNCTION "observability"."drop_partitions"(before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = observability, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  part text;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('observability.partitions'));
  FOR part IN
    SELECT child.relname FROM pg_inherits
    JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent IN ('observability.calls'::regclass, 'observability.spans'::regclass)
      AND child.relname ~ '_\d{8}$' AND to_date(right(child.relname, 8), 'YYYYMMDD') < before
  LOOP
    EXECUTE format('DROP TABLE observability.%I', part);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;--> statement-breakpoint
-- Adds two histograms, bucket by bucket; the shorter one counts 0 beyond its end.
CREATE FUNCTION "observability"."add_counts"(a integer[], b integer[]) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY i), '{}')
  FROM unnest(a, b) WITH ORDINALITY AS u(x, y, i)
$$;--> statement-breakpoint
-- A page of the calls that hold all terms, newest first. Owner's rights: under row-level security Postgres uses no GIN
-- index, because @> is not leakproof, and would read every row. The tenant is checked here instead, by the same setting.
CREATE FUNCTION "observability"."search_calls"(
  all_terms integer[], since timestamptz, until timestamptz, by_model text, by_status integer, by_session text,
  by_end_user text, by_actor text, min_duration double precision, before_time timestamptz, before_id text, page integer
) RETURNS TABLE (found_time timestamptz, found_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = observability, pg_temp SET plan_cache_mode = force_custom_plan AS $$
  SELECT start_time, id FROM observability.calls
  WHERE project_id = current_setting('app.project_id', true)
    AND terms @> all_terms
    AND (since IS NULL OR start_time >= since)
    AND (until IS NULL OR start_time < until)
    AND (by_model IS NULL OR model = by_model)
    AND (by_status IS NULL OR status = by_status)
    AND (by_session IS NULL OR session_id = by_session)
    AND (by_end_user IS NULL OR end_user = by_end_user)
    AND (by_actor IS NULL OR actor = by_actor)
    AND (min_duration IS NULL OR duration_ms >= min_duration)
    AND (before_time IS NULL OR (start_time, id) < (before_time, before_id))
  ORDER BY start_time DESC, id DESC
  LIMIT page
$$;
