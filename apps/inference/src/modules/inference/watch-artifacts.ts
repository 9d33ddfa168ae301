import { fromJsonString } from '@bufbuild/protobuf';
import { type ModelArtifact, ModelArtifactSchema } from '@llmops/contracts/models/v1/model';
import type { Logger, Nats } from '@llmops/platform';
import { type WatchedBucket, watchBucket } from '@llmops/platform/kv';
import type { EngineRegistry } from './engine-registry.ts';

/** Runs what the bucket `artifacts` says: `models` writes an entry when the files of a model are complete. */
export const watchArtifacts = (nats: Nats, log: Logger, registry: EngineRegistry): WatchedBucket<ModelArtifact> =>
  watchBucket({
    nats,
    log,
    bucket: 'artifacts',
    decode: (text) => fromJsonString(ModelArtifactSchema, text, { ignoreUnknownFields: true }),
    changed: (model, artifact) => registry.apply(model, artifact),
  });
