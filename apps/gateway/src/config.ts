import { baseConfig, loadConfig, peerAddress } from '@llmops/platform';
import { z } from 'zod';

const schema = baseConfig.extend({
  HTTP_LISTEN: peerAddress.default('127.0.0.1:7070'),
  INTERNAL_TOKEN_PRIVATE_KEY: z.string().min(1),
  MASTER_KEY: z.string().min(1),
  GOVERNANCE_ADDR: peerAddress,
  DATA_ADDR: peerAddress,
  MODELS_ADDR: peerAddress,
  RETRIEVAL_ADDR: peerAddress,
  INFERENCE_ADDR: peerAddress,
  OBSERVABILITY_ADDR: peerAddress,
  COST_ADDR: peerAddress,
  /** Folder of the built console; nothing is served at / without it. */
  CONSOLE_DIR: z.string().optional(),
  GATEWAY_MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(8 << 20),
  /** From a request's arrival to its last byte. */
  GATEWAY_TIMEOUT_MS: z.coerce.number().int().positive().default(600_000),
  /** What is kept of a call's messages: `full` (cut at 64 KiB a side) or `none`. */
  GATEWAY_CAPTURE: z.enum(['full', 'none']).default('full'),
  /** How long an answer may wait for its record's acknowledgement. */
  GATEWAY_RECORD_TIMEOUT_MS: z.coerce.number().int().positive().default(10_000),
  /** Providers may lead to loopback and private addresses, as `MODELS_ALLOW_PRIVATE_UPSTREAMS` has it when they are made. */
  GATEWAY_ALLOW_PRIVATE_UPSTREAMS: z.stringbool().default(true),
  /** Set behind TLS: the session cookie is then sent over HTTPS only. */
  GATEWAY_SECURE_COOKIES: z.stringbool().default(false),
});

export type Config = z.infer<typeof schema>;

export const serveConfig = (): Config => loadConfig(schema, process.env);
