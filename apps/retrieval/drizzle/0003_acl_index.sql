DROP INDEX "retrieval"."documents_by_metadata";--> statement-breakpoint
DROP INDEX "retrieval"."documents_by_acl";--> statement-breakpoint
CREATE INDEX "documents_with_acl" ON "retrieval"."documents" USING btree ("knowledge_base_id") WHERE acl <> '{}';