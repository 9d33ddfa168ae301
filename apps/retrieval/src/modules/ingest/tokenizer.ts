import { ServiceCaller } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { INFERENCE, type Inference } from '../../peers.ts';
import { Coalescer } from './coalescer.ts';
import { throughAbsence } from './retry.ts';

export interface WorkTenant {
  organizationId: string;
  projectId: string;
}

const patienceMs = 60_000;
const never = new AbortController().signal;

/** Where tokens end, by the embedding model's own tokenizer; texts of all documents that are being cut go together. */
@Injectable()
export class Tokenizer {
  readonly #texts = new Coalescer<string, Uint32Array>({
    maxItems: 1024,
    maxWeight: 1 << 20,
    weigh: (text) => text.length,
    maxInFlight: 2,
    run: (key, texts) => throughAbsence(() => this.#ask(key, texts), patienceMs, never),
  });

  constructor(
    @Inject(INFERENCE) private readonly inference: Inference,
    private readonly caller: ServiceCaller,
  ) {}

  ends({ organizationId, projectId }: WorkTenant, model: string, texts: string[]): Promise<Uint32Array[]> {
    const key = JSON.stringify([organizationId, projectId, model]);
    return Promise.all(texts.map((text) => this.#texts.add(key, text)));
  }

  async #ask(key: string, texts: string[]): Promise<Uint32Array[]> {
    const [organizationId, projectId, model] = JSON.parse(key) as [string, string, string];
    const ctx = await this.caller.contextFor({ organizationId, projectId });
    const response = await this.inference.tokenize(ctx, { model, texts });
    return response.texts.map(({ ends }) => Uint32Array.from(ends));
  }
}
