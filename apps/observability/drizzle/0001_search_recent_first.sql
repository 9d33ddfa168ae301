CREATE INDEX "calls_by_model" ON "observability"."calls" USING btree ("project_id","model","start_time");--> statement-breakpoint
-- A page of the calls that hold all terms, newest first. The newest 5,000 that the other filters let through are read
-- first: frequent words fill the page from them. Words that do not are rare, so the index finds them all cheaply; left to
-- itself Postgres walks the whole list for them, because it cannot estimate how rare. Owner's rights: under row-level
-- security Postgres uses no GIN index (@> is not leakproof). The tenant is checked here, by the same setting.
CREATE OR REPLACE FUNCTION "observability"."search_calls"(
  all_terms integer[], since timestamptz, until timestamptz, by_model text, by_status integer, by_session text,
  by_end_user text, by_actor text, min_duration double precision, before_time timestamptz, before_id text, page integer
) RETURNS TABLE (found_time timestamptz, found_id text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = observability, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  project CONSTANT text := current_setting('app.project_id', true);
  times timestamptz[];
  ids text[];
BEGIN
  SELECT array_agg(start_time), array_agg(id) INTO times, ids FROM (
    SELECT start_time, id FROM (
      SELECT start_time, id, terms FROM observability.calls
      WHERE project_id = project
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
      LIMIT 5000
    ) AS recent
    WHERE terms @> all_terms
    LIMIT page
  ) AS hits;
  IF cardinality(ids) = page THEN
    RETURN QUERY SELECT * FROM unnest(times, ids);
    RETURN;
  END IF;
  RETURN QUERY
    WITH hits AS MATERIALIZED (
      SELECT start_time, id FROM observability.calls
      WHERE project_id = project
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
    )
    SELECT start_time, id FROM hits ORDER BY start_time DESC, id DESC LIMIT page;
END
$$;
