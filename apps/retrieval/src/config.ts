import { databaseConfig, loadConfig, ownerConfig, peerAddress, serviceTokenConfig } from '@llmops/platform';
import { objectsConfig } from '@llmops/platform/objects';
import { z } from 'zod';

const words = z.string().transform((value) => value.split(/[\s,]+/).filter((word) => word !== ''));
const count = z.coerce.number().int().min(1);

const serve = databaseConfig.extend({
  ...serviceTokenConfig,
  ...objectsConfig,
  INFERENCE_ADDR: peerAddress,
  DATA_ADDR: peerAddress,
  /** What an index is embedded with unless it says so itself; of these, the ones that inference serves. */
  RETRIEVAL_EMBEDDING_MODELS: words.default(['all-minilm-l6-v2', 'multilingual-e5-small']),
  RETRIEVAL_MAX_DOCUMENT_BYTES: count.default(128 * 2 ** 20),
  RETRIEVAL_MAX_CHUNKS_PER_DOCUMENT: count.default(20_000),
  RETRIEVAL_MAX_DOCUMENTS: count.default(200_000),
  /** Kept at once in one knowledge base, the live one among them. */
  RETRIEVAL_MAX_INDEX_VERSIONS: count.default(5),
  /** Processes that read documents; they start when needed and end when idle. */
  RETRIEVAL_PARSER_WORKERS: count.max(32).default(2),
  /** Vectors of one model in an index from which on they get an HNSW index; fewer are searched exactly. */
  RETRIEVAL_HNSW_MIN_VECTORS: count.default(5_000),
  /** For building one; Postgres takes it out of shared memory (`/dev/shm`). A graph that does not fit is built more slowly. */
  RETRIEVAL_HNSW_MEMORY_MB: count.max(65_536).default(192),
  /** An embedding that nothing used for so long is dropped. */
  RETRIEVAL_EMBEDDING_CACHE_DAYS: count.default(30),
  /** A document that waited so long for an embedder fails. */
  RETRIEVAL_EMBEDDING_PATIENCE_HOURS: count.default(24),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
