import { EmbedKind } from '@llmops/contracts/inference/v1/inference';
import type { Database } from '@llmops/db';
import { DATABASE, ServiceCaller } from '@llmops/platform';
import { type AppError, isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import { embeddingModelChanged } from '../../errors.ts';
import { INFERENCE, type Inference } from '../../peers.ts';
import { type IndexModel, modelDigestOf } from '../index-version/index.ts';
import { Coalescer } from './coalescer.ts';
import { EmbeddingCacheRepository } from './embedding-cache.repository.ts';
import { embeddedTexts, embedSeconds } from './ingest.metrics.ts';
import { throughAbsence } from './retry.ts';
import type { WorkTenant } from './tokenizer.ts';

export interface Passage {
  hash: Buffer;
  text: string;
}

/** Texts of one call: enough for an engine to fill its batches, few enough that a busy one answers in time. */
const batchTexts = 64;
/** Of one document that wait at once, twice: others' texts come between. */
const sliceTexts = 128;
const answerMs = 300_000;
const patienceMs = 60_000;
const never = new AbortController().signal;

/** Sees to it that texts are in the cache of embeddings; texts of all documents go to inference together. */
@Injectable()
export class Embedder {
  readonly #known = new Coalescer<Buffer, boolean>({
    maxItems: 2_000,
    maxInFlight: 2,
    run: (key, hashes) => throughAbsence(() => this.#lookUp(key, hashes), patienceMs, never),
  });
  readonly #texts = new Coalescer<Passage, unknown>({
    maxItems: batchTexts,
    maxWeight: 1 << 20,
    weigh: ({ text }) => text.length,
    // One is computed, one waits there, so that the engine never waits for us.
    maxInFlight: 2,
    run: (key, passages) => throughAbsence(() => this.#embed(key, passages), patienceMs, never),
  });

  constructor(
    @Inject(INFERENCE) private readonly inference: Inference,
    @Inject(DATABASE) private readonly database: Database,
    private readonly caller: ServiceCaller,
    private readonly cache: EmbeddingCacheRepository,
  ) {}

  /** Texts that wait to be embedded. */
  get depth(): number {
    return this.#texts.depth;
  }

  /**
   * Returns how many embeddings had to be computed.
   * @throws AppError `retrieval.embedding_model_changed` when inference serves another build of the model
   */
  async ensure(
    tenant: WorkTenant,
    model: IndexModel,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<number> {
    const key = JSON.stringify([tenant.organizationId, tenant.projectId, model.name, model.digest]);
    const unique = [...new Map(passages.map((passage) => [passage.hash.toString('hex'), passage])).values()];
    let next = 0;
    let embedded = 0;
    const work = async () => {
      while (next < unique.length) {
        signal.throwIfAborted();
        const slice = unique.slice(next, next + sliceTexts);
        next += slice.length;
        const known = await Promise.all(slice.map(({ hash }) => this.#known.add(key, hash)));
        const missing = slice.filter((_passage, i) => !known[i]);
        const failures = await Promise.all(missing.map((passage) => this.#texts.add(key, passage)));
        const failure = failures.find((each) => each !== undefined);
        if (failure) throw failure;
        embedded += missing.length;
      }
    };
    await Promise.all([work(), work()]);
    return embedded;
  }

  async #lookUp(key: string, hashes: Buffer[]): Promise<boolean[]> {
    const { tenant, model } = parseKey(key);
    const known = await this.database.tx(tenant, (tx) => this.cache.known(tx, tenant.projectId, model.digest, hashes));
    return hashes.map((hash) => known.has(hash.toString('hex')));
  }

  /** For each passage undefined, or why inference refuses it. */
  async #embed(key: string, passages: Passage[]): Promise<unknown[]> {
    const { tenant, model } = parseKey(key);
    const ctx = { ...(await this.caller.contextFor(tenant)), deadlineMs: Date.now() + answerMs };
    const inputs = passages.map(({ text }) => ({ input: { case: 'text' as const, value: text } }));
    const end = embedSeconds.startTimer({ model: model.name });
    try {
      const { vectors, modelDigest } = await this.inference.embed(ctx, {
        model: model.name,
        kind: EmbedKind.PASSAGE,
        inputs,
      });
      end();
      if (modelDigestOf(model.name, modelDigest) !== model.digest) throw embeddingModelChanged(model.name);
      embeddedTexts.inc({ model: model.name }, passages.length);
      const place = { projectId: tenant.projectId, modelDigest: model.digest };
      const rows = passages.map(({ hash }, i) => ({ ...place, hash, embedding: vectorText(vectors[i]!) }));
      await this.database.tx(tenant, (tx) => this.cache.insert(tx, rows));
      return passages.map(() => undefined);
    } catch (error) {
      if (!isAppError(error) || !isOfItsTexts(error)) throw error;
      if (passages.length === 1) return [error];
      // A text that inference refuses fails its own document, not those that it shares a batch with.
      const middle = passages.length >> 1;
      return [
        ...(await this.#embed(key, passages.slice(0, middle))),
        ...(await this.#embed(key, passages.slice(middle))),
      ];
    }
  }
}

/** One of them is refused, or they are too much for one call. */
const isOfItsTexts = ({ category, code }: AppError): boolean =>
  category === 'invalid' || code === 'platform.deadline_exceeded';

function parseKey(key: string): { tenant: WorkTenant; model: { name: string; digest: string } } {
  const [organizationId, projectId, name, digest] = JSON.parse(key) as [string, string, string, string];
  return { tenant: { organizationId, projectId }, model: { name, digest } };
}

/** Little-endian float32, as pgvector reads it; half precision keeps four digits. */
function vectorText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Array<string>(bytes.byteLength / 4);
  for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat32(i * 4, true).toPrecision(5);
  return `[${values.join(',')}]`;
}
