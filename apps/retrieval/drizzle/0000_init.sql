CREATE SEQUENCE "retrieval"."chunk_ordinals" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "retrieval"."chunks" (
	"index_version_id" text NOT NULL,
	"ordinal" bigint NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"document_id" text NOT NULL,
	"document_ordinal" bigint NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"prefix" text NOT NULL,
	"heading_path" text[] NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"parent_start" integer NOT NULL,
	"parent_end" integer NOT NULL,
	"page" integer NOT NULL,
	"page_end" integer NOT NULL,
	"regions" jsonb NOT NULL,
	"tokens" integer NOT NULL,
	"kind" text NOT NULL,
	"text_hash" "bytea" NOT NULL,
	CONSTRAINT "chunks_index_version_id_ordinal_pk" PRIMARY KEY("index_version_id","ordinal")
) PARTITION BY LIST ("index_version_id");
--> statement-breakpoint
ALTER TABLE "retrieval"."chunks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."documents" (
	"id" text PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "retrieval"."documents_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"knowledge_base_id" text NOT NULL,
	"uri" text NOT NULL,
	"display_name" text NOT NULL,
	"declared_media_type" text DEFAULT '' NOT NULL,
	"media_type" text DEFAULT '' NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea",
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"acl" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"source_item" text,
	"title" text DEFAULT '' NOT NULL,
	"language" text DEFAULT '' NOT NULL,
	"page_count" integer DEFAULT 0 NOT NULL,
	"warnings" text[] DEFAULT '{}' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "retrieval"."documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."embedding_cache" (
	"project_id" text NOT NULL,
	"model_digest" text NOT NULL,
	"text_hash" "bytea" NOT NULL,
	"embedding" halfvec NOT NULL,
	"use_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "embedding_cache_project_id_model_digest_text_hash_pk" PRIMARY KEY("project_id","model_digest","text_hash")
);
--> statement-breakpoint
ALTER TABLE "retrieval"."embedding_cache" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."inbox" (
	"durable" text NOT NULL,
	"message_id" text NOT NULL,
	"receive_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_durable_message_id_pk" PRIMARY KEY("durable","message_id")
);
--> statement-breakpoint
CREATE TABLE "retrieval"."index_documents" (
	"index_version_id" text NOT NULL,
	"document_id" text NOT NULL,
	"document_ordinal" bigint NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"knowledge_base_id" text NOT NULL,
	"generation" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"lane" smallint DEFAULT 0 NOT NULL,
	"crashes" smallint DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_expire_time" timestamp with time zone,
	"next_attempt_time" timestamp with time zone DEFAULT now() NOT NULL,
	"start_time" timestamp with time zone,
	"error_code" text DEFAULT '' NOT NULL,
	"error_message" text DEFAULT '' NOT NULL,
	"indexed_sha256" text,
	"chunk_count" integer DEFAULT 0 NOT NULL,
	"index_time" timestamp with time zone,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "index_documents_index_version_id_document_id_pk" PRIMARY KEY("index_version_id","document_id")
);
--> statement-breakpoint
ALTER TABLE "retrieval"."index_documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."index_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"knowledge_base_id" text NOT NULL,
	"number" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"models" jsonb NOT NULL,
	"parser_version" text NOT NULL,
	"chunker_version" text NOT NULL,
	"analyzer_version" text NOT NULL,
	"state" text NOT NULL,
	"error" text DEFAULT '' NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"document_set" "bytea" NOT NULL,
	"digest" text NOT NULL,
	"chunk_count" bigint DEFAULT 0 NOT NULL,
	"embedded_chunks" bigint DEFAULT 0 NOT NULL,
	"reused_chunks" bigint DEFAULT 0 NOT NULL,
	"hnsw_slots" integer[] DEFAULT '{}' NOT NULL,
	"last_ordinal" bigint NOT NULL,
	"probe" jsonb,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"ready_time" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "retrieval"."index_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."jobs" (
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
CREATE TABLE "retrieval"."knowledge_bases" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"project_id" text NOT NULL,
	"display_name" text NOT NULL,
	"description" text NOT NULL,
	"search_settings" jsonb NOT NULL,
	"live_index_version" text NOT NULL,
	"previous_index_version" text,
	"sources" text[] DEFAULT '{}' NOT NULL,
	"alarm" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp with time zone DEFAULT now() NOT NULL,
	"delete_time" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "retrieval"."knowledge_bases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."lexical_segments" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"index_version_id" text NOT NULL,
	"project_id" text NOT NULL,
	"level" smallint NOT NULL,
	"doc_count" integer NOT NULL,
	"size_bytes" integer NOT NULL,
	"data" "bytea" NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "retrieval"."lexical_segments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retrieval"."outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"payload" text NOT NULL,
	"create_time" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retrieval"."vectors" (
	"partition" text NOT NULL,
	"chunk_ordinal" bigint NOT NULL,
	"project_id" text NOT NULL,
	"document_ordinal" bigint NOT NULL,
	"embedding" halfvec NOT NULL,
	CONSTRAINT "vectors_partition_chunk_ordinal_pk" PRIMARY KEY("partition","chunk_ordinal")
) PARTITION BY LIST ("partition");
--> statement-breakpoint
ALTER TABLE "retrieval"."vectors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "chunks_by_id" ON "retrieval"."chunks" USING btree ("index_version_id","id");--> statement-breakpoint
CREATE INDEX "chunks_by_document" ON "retrieval"."chunks" USING btree ("index_version_id","document_ordinal","position");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_by_uri" ON "retrieval"."documents" USING btree ("knowledge_base_id",md5("uri"));--> statement-breakpoint
CREATE UNIQUE INDEX "documents_by_ordinal" ON "retrieval"."documents" USING btree ("ordinal");--> statement-breakpoint
CREATE INDEX "documents_by_knowledge_base" ON "retrieval"."documents" USING btree ("knowledge_base_id","id");--> statement-breakpoint
CREATE INDEX "documents_by_source" ON "retrieval"."documents" USING btree ("knowledge_base_id","source",md5("source_item"));--> statement-breakpoint
CREATE INDEX "documents_by_content" ON "retrieval"."documents" USING btree ("project_id","sha256");--> statement-breakpoint
CREATE INDEX "documents_by_metadata" ON "retrieval"."documents" USING gin ("metadata" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "documents_by_acl" ON "retrieval"."documents" USING gin ("acl");--> statement-breakpoint
CREATE INDEX "embedding_cache_by_use" ON "retrieval"."embedding_cache" USING btree ("use_time");--> statement-breakpoint
CREATE INDEX "index_documents_to_do" ON "retrieval"."index_documents" USING btree ("index_version_id","lane","document_ordinal") WHERE state not in ('indexed', 'failed');--> statement-breakpoint
CREATE INDEX "index_documents_by_state" ON "retrieval"."index_documents" USING btree ("index_version_id","state","document_id");--> statement-breakpoint
CREATE INDEX "index_documents_by_document" ON "retrieval"."index_documents" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "index_versions_by_number" ON "retrieval"."index_versions" USING btree ("knowledge_base_id","number");--> statement-breakpoint
CREATE INDEX "knowledge_bases_by_project" ON "retrieval"."knowledge_bases" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "knowledge_bases_by_source" ON "retrieval"."knowledge_bases" USING gin ("sources");--> statement-breakpoint
CREATE INDEX "lexical_segments_by_version" ON "retrieval"."lexical_segments" USING btree ("index_version_id","level");--> statement-breakpoint
CREATE INDEX "vectors_by_document" ON "retrieval"."vectors" USING btree ("partition","document_ordinal");--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."chunks" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."documents" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."embedding_cache" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."index_documents" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."index_versions" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."knowledge_bases" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."lexical_segments" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));--> statement-breakpoint
CREATE POLICY "project_isolation" ON "retrieval"."vectors" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.project_id', true) in (project_id, '*')) WITH CHECK (current_setting('app.project_id', true) in (project_id, '*'));