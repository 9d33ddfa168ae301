import { databaseConfig, loadConfig, ownerConfig, peerAddress, serviceTokenConfig } from '@llmops/platform';
import { objectsConfig } from '@llmops/platform/objects';
import { z } from 'zod';

const serve = databaseConfig.extend({
  ...serviceTokenConfig,
  ...objectsConfig,
  GOVERNANCE_ADDR: peerAddress,
  INFERENCE_ADDR: peerAddress,
  OBSERVABILITY_ADDR: peerAddress,
  /** What texts are compared with by meaning, unless a caller names a model. */
  DATA_EMBEDDING_MODEL: z.string().min(1).default('all-minilm-l6-v2'),
  /** Folders below which sources may lie, separated by `:`; none unless set. */
  DATA_FOLDERS: z
    .string()
    .default('')
    .transform((paths) => paths.split(':').filter((path) => path !== '')),
  /** Sources may lead to loopback and private addresses (a wiki, a database beside us). Off where tenants are strangers. */
  DATA_ALLOW_PRIVATE_NETWORKS: z.stringbool().default(true),
  /** Larger files come through a source. */
  DATA_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * 1024 ** 3),
  /** How long an upload is kept for what is made of it. */
  DATA_UPLOAD_DAYS: z.coerce.number().positive().default(7),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
