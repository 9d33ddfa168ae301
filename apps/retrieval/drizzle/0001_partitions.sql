-- What the service itself may not do: tables and indexes made at run time. Each function checks its arguments and that the
-- index version is the caller's. They run as the owner, whom row-level security does not bind.

-- Segments are packed and read whole; large documents' files are bytes of all kinds.
ALTER TABLE "retrieval"."lexical_segments" ALTER COLUMN "data" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE FUNCTION retrieval.check_index_version(version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
BEGIN
  IF version !~ '^ix_[0-9a-z]{26}$' THEN RAISE EXCEPTION 'not an index version: %', version; END IF;
  PERFORM 1 FROM index_versions
    WHERE id = version AND current_setting('app.project_id', true) IN (project_id, '*');
  IF NOT FOUND THEN RAISE EXCEPTION 'no such index version: %', version; END IF;
END $$;
--> statement-breakpoint
-- Made apart and attached: unlike CREATE TABLE … PARTITION OF that does not wait for the readers of other versions, nor
-- hold them up.
CREATE FUNCTION retrieval.attach_partition(parent regclass, partition text, value text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
BEGIN
  EXECUTE format(
    'CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE)', partition, parent);
  -- Rows are reached through the parent and its policy, never by the partition's own name.
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
  EXECUTE format('REVOKE ALL ON %I FROM retrieval_app', partition);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES IN (%L)', parent, partition, value);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION retrieval.attach_partition(regclass, text, text) FROM retrieval_app;
--> statement-breakpoint
CREATE FUNCTION retrieval.create_index_partitions(version text, slots integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
BEGIN
  PERFORM check_index_version(version);
  IF slots NOT BETWEEN 0 AND 8 THEN RAISE EXCEPTION 'too many slots: %', slots; END IF;
  PERFORM attach_partition('retrieval.chunks', 'chunks_' || substr(version, 4), version);
  FOR slot IN 0 .. slots - 1 LOOP
    PERFORM attach_partition('retrieval.vectors', 'vectors_' || substr(version, 4) || '_' || slot, version || ':' || slot);
  END LOOP;
END $$;
--> statement-breakpoint
-- Holds up readers of every version for a moment, and waits for those that read: the caller sets lock_timeout and tries
-- again later.
CREATE FUNCTION retrieval.drop_index_partitions(version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  PERFORM check_index_version(version);
  FOR partition IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'retrieval' AND c.relkind = 'r'
      AND c.relname ~ ('^(chunks_' || substr(version, 4) || '|vectors_' || substr(version, 4) || '_[0-9])$')
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
  END LOOP;
END $$;
--> statement-breakpoint
-- The partition can be read while its index is made, not written.
CREATE FUNCTION retrieval.build_vector_index(
  version text, slot integer, dimensions integer, m integer, ef_construction integer, memory_mb integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
DECLARE
  partition text := 'vectors_' || substr(version, 4) || '_' || slot;
BEGIN
  PERFORM check_index_version(version);
  IF slot NOT BETWEEN 0 AND 7 OR dimensions NOT BETWEEN 1 AND 4000 OR m NOT BETWEEN 2 AND 100
    OR ef_construction NOT BETWEEN 4 AND 1000 OR memory_mb NOT BETWEEN 1 AND 65536 THEN
    RAISE EXCEPTION 'out of range';
  END IF;
  PERFORM set_config('maintenance_work_mem', memory_mb || 'MB', true);
  EXECUTE format('DROP INDEX IF EXISTS %I', partition || '_hnsw');
  EXECUTE format(
    'CREATE INDEX %I ON %I USING hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops) WITH (m = %s, ef_construction = %s)',
    partition || '_hnsw', partition, dimensions, m, ef_construction);
END $$;
--> statement-breakpoint
CREATE FUNCTION retrieval.index_size_bytes(version text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = retrieval, extensions, pg_temp AS $$
BEGIN
  PERFORM check_index_version(version);
  RETURN (
    SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'retrieval' AND c.relkind = 'r'
      AND c.relname ~ ('^(chunks_' || substr(version, 4) || '|vectors_' || substr(version, 4) || '_[0-9])$')
  ) + (SELECT coalesce(sum(size_bytes), 0) FROM lexical_segments WHERE index_version_id = version);
END $$;
