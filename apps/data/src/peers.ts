import { SecretService } from '@llmops/contracts/governance/v1/secret';
import { InferenceService } from '@llmops/contracts/inference/v1/inference';
import { TraceService } from '@llmops/contracts/observability/v1/trace';
import { ServiceCaller } from '@llmops/platform';
import { type Client, createClient } from '@llmops/platform/grpc';
import type { Provider } from '@nestjs/common';
import type { ServeConfig } from './config.ts';

export const INFERENCE = Symbol('INFERENCE');
export const SECRETS = Symbol('SECRETS');
export const TRACES = Symbol('TRACES');

export type Inference = Client<typeof InferenceService>;
export type Traces = Client<typeof TraceService>;
export type Secrets = Client<typeof SecretService>;

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
  const secrets = createClient(SecretService, { address: config.GOVERNANCE_ADDR, peer: 'governance' });
  const traces = createClient(TraceService, { address: config.OBSERVABILITY_ADDR, peer: 'observability' });
  return {
    providers: [
      { provide: INFERENCE, useValue: inference },
      { provide: TRACES, useValue: traces },
      { provide: SECRETS, useValue: secrets },
      { provide: ServiceCaller, useValue: new ServiceCaller('data', config.SERVICE_TOKEN_PRIVATE_KEY) },
    ],
    close: () => {
      inference.close();
      secrets.close();
      traces.close();
    },
  };
}
