import { SourceService, UploadService } from '@llmops/contracts/data/v1/source';
import { InferenceService } from '@llmops/contracts/inference/v1/inference';
import { ServiceCaller } from '@llmops/platform';
import { type Client, createClient } from '@llmops/platform/grpc';
import type { Provider } from '@nestjs/common';
import type { ServeConfig } from './config.ts';

export const INFERENCE = Symbol('INFERENCE');
export const SOURCES = Symbol('SOURCES');
export const UPLOADS = Symbol('UPLOADS');

export type Inference = Client<typeof InferenceService>;
export type Sources = Client<typeof SourceService>;
export type Uploads = Client<typeof UploadService>;

export interface Peers {
  providers: Provider[];
  close(): void;
}

/** The services that this one calls, and how it signs for work that no caller waits for. */
export function connectPeers(config: ServeConfig): Peers {
  const inference = createClient(InferenceService, {
    address: config.INFERENCE_ADDR,
    peer: 'inference',
    timeoutMs: 120_000,
  });
  const sources = createClient(SourceService, { address: config.DATA_ADDR, peer: 'data', timeoutMs: 30_000 });
  const uploads = createClient(UploadService, { address: config.DATA_ADDR, peer: 'data', timeoutMs: 30_000 });
  return {
    providers: [
      { provide: INFERENCE, useValue: inference },
      { provide: SOURCES, useValue: sources },
      { provide: UPLOADS, useValue: uploads },
      { provide: ServiceCaller, useValue: new ServiceCaller('retrieval', config.SERVICE_TOKEN_PRIVATE_KEY) },
    ],
    close: () => {
      for (const client of [inference, sources, uploads]) client.close();
    },
  };
}
