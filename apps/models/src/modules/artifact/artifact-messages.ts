import { create, toJsonString } from '@bufbuild/protobuf';
import { ModelArtifactSchema } from '@llmops/contracts/models/v1/model';
import { deleteKey, type OutboxMessage, putKey } from '@llmops/db';
import { type CatalogueEntry, digestOf } from '../catalogue/index.ts';
import { everyProject, localRoute, routeKey, routesBucket } from '../route/index.ts';
import { artifactPath } from './artifact-files.ts';

/** Watched by every inference: model id → what it needs to serve it. */
export const artifactsBucket = 'artifacts';

/** The entry of a ready model in the bucket `artifacts`: key and value. */
export function artifactEntry(entry: CatalogueEntry): [string, string] {
  const digest = digestOf(entry.files);
  const message = create(ModelArtifactSchema, {
    model: entry.id,
    task: entry.task,
    engine: entry.engine,
    digest,
    path: artifactPath(digest),
    files: entry.files.map((file) => ({ ...file, sizeBytes: BigInt(file.sizeBytes) })),
    contextTokens: entry.contextTokens,
    embeddingDimensions: entry.embeddingDimensions ?? 0,
    queryPrefix: entry.prefixes?.query ?? '',
    passagePrefix: entry.prefixes?.passage ?? '',
  });
  return [entry.id, toJsonString(ModelArtifactSchema, message)];
}

export const routeEntry = (entry: CatalogueEntry, readyTime: Date): [string, string] =>
  localRoute({ model: entry.id, digest: digestOf(entry.files), task: entry.task, readyTime });

/** Tells inference and the gateways that a model can be served. */
export const publishArtifact = (entry: CatalogueEntry, readyTime: Date): OutboxMessage[] => [
  putKey(artifactsBucket, ...artifactEntry(entry)),
  putKey(routesBucket, ...routeEntry(entry, readyTime)),
];

/** The name goes before the files: no gateway shall send to what inference has dropped. */
export const withdrawArtifact = (model: string): OutboxMessage[] => [
  deleteKey(routesBucket, routeKey(everyProject, model)),
  deleteKey(artifactsBucket, model),
];
