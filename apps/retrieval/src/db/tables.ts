export { documents } from '../modules/document/document.table.ts';
export { chunkOrdinals, chunks } from '../modules/index-version/chunk.table.ts';
export { indexDocuments } from '../modules/index-version/index-document.table.ts';
export { indexVersions } from '../modules/index-version/index-version.table.ts';
export { lexicalSegments } from '../modules/index-version/lexical-segment.table.ts';
export { vectors } from '../modules/index-version/vector.table.ts';
export { embeddingCache } from '../modules/ingest/embedding-cache.table.ts';
export { knowledgeBases } from '../modules/knowledge-base/knowledge-base.table.ts';
export { inbox, jobs, outbox, retrievalSchema } from './schema.ts';
