import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DescMessage, fromJson, type JsonValue, toJson } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { PriceCatalogueSchema } from '../gen/llmops/cost/v1/cost_pb.js';
import { DatasetVersionCreatedSchema } from '../gen/llmops/data/v1/dataset_pb.js';
import { SourceDeletedSchema, SourceSyncedSchema } from '../gen/llmops/data/v1/source_pb.js';
import { DatasetVersionValidatedSchema } from '../gen/llmops/data/v1/validation_pb.js';
import { CallsCompletedSchema } from '../gen/llmops/gateway/v1/call_pb.js';
import { CredentialSchema } from '../gen/llmops/governance/v1/credential_pb.js';
import { ModelArtifactSchema } from '../gen/llmops/models/v1/model_pb.js';
import { RouteSchema } from '../gen/llmops/models/v1/provider_pb.js';

const folder = join(import.meta.dirname, '../samples');
const published: DescMessage[] = [
  CallsCompletedSchema,
  CredentialSchema,
  DatasetVersionCreatedSchema,
  DatasetVersionValidatedSchema,
  ModelArtifactSchema,
  PriceCatalogueSchema,
  RouteSchema,
  SourceDeletedSchema,
  SourceSyncedSchema,
];
const samples = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('every message that is published has a sample', () => {
  const named = new Set(samples.map((name) => name.replace(/(-\d+)?\.json$/, '')));
  for (const { typeName } of published) expect(named).toContain(typeName);
});

test.each(samples)('%s parses, and nothing of it is lost', (name) => {
  const desc = published.find(({ typeName }) => name.startsWith(`${typeName}.`) || name.startsWith(`${typeName}-`))!;
  const sample = JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonValue;
  const again = toJson(desc, fromJson(desc, sample), { alwaysEmitImplicit: true });
  expect(again).toMatchObject(sample as object);
});
