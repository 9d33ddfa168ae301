import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import type { ErrorRecord } from '../errors.ts';
import type { OnnxReplicaOptions, ReplicaEvent, ReplicaInfo } from '../replica/protocol.ts';
import { EmbeddingTokenizer, TokenUnknownError } from './embedding-tokenizer.ts';
import { batchesByLength, meanPool, normalise } from './pool.ts';

/** Requests worked on at once: their batches take turns. */
const SLOTS = 4;

/** An encoder in onnxruntime: texts to vectors. */
export class OnnxWorker {
  private readonly aborted = new Set<number>();
  private readonly running = new Set<number>();

  private constructor(
    readonly info: ReplicaInfo,
    private readonly session: ort.InferenceSession,
    private readonly tokenizer: EmbeddingTokenizer,
    private readonly batchSize: number,
    private readonly emit: (event: ReplicaEvent) => void,
  ) {}

  static async load(options: OnnxReplicaOptions, emit: (event: ReplicaEvent) => void): Promise<OnnxWorker> {
    const definition = JSON.parse(await readFile(options.tokenizerPath, 'utf8'));
    const tokenizer = new EmbeddingTokenizer(definition, options.maxTokens);
    const session = await ort.InferenceSession.create(options.modelPath, {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
    });
    const info = { device: 'cpu', slots: SLOTS, contextTokens: options.maxTokens, tools: 'none' as const };
    const probe = new OnnxWorker({ ...info, memoryBytes: 0 }, session, tokenizer, options.batchSize, emit);
    const [vector] = await probe.run([tokenizer.encode('a')]);
    const full = { ...info, memoryBytes: process.memoryUsage.rss(), dimensions: vector!.length };
    return new OnnxWorker(full, session, tokenizer, options.batchSize, emit);
  }

  async embed(id: number, inputs: readonly (string | number[])[]): Promise<void> {
    this.running.add(id);
    const started = performance.now();
    try {
      const rows = inputs.map((input) => this.tokenizer.encode(input));
      const vectors: Float32Array[] = new Array(rows.length);
      const lengths = rows.map((row) => row.length);
      for (const batch of batchesByLength(lengths, this.batchSize)) {
        if (this.aborted.has(id)) return;
        const found = await this.run(batch.map((i) => rows[i]!));
        for (const [at, i] of batch.entries()) vectors[i] = found[at]!;
        this.emit({ id, kind: 'prefill', tokens: batch.reduce((sum, i) => sum + lengths[i]!, 0) });
      }
      const tokens = lengths.reduce((sum, length) => sum + length, 0);
      this.emit({ id, kind: 'vectors', vectors, tokens, computeMs: performance.now() - started });
    } catch (error) {
      this.emit({ id, kind: 'error', error: describe(error) });
    } finally {
      this.running.delete(id);
      this.aborted.delete(id);
    }
  }

  count(id: number, text: string): void {
    this.emit({ id, kind: 'count', tokens: this.tokenizer.encode(text).length });
  }

  abort(id: number): void {
    if (this.running.has(id)) this.aborted.add(id);
  }

  private async run(rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const width = Math.max(1, ...rows.map((row) => row.length));
    const shape = [rows.length, width];
    const ids = new BigInt64Array(rows.length * width);
    const mask = new BigInt64Array(rows.length * width);
    for (const [r, row] of rows.entries()) {
      for (const [i, id] of row.entries()) {
        ids[r * width + i] = BigInt(id);
        mask[r * width + i] = 1n;
      }
    }
    const all: Record<string, BigInt64Array> = {
      input_ids: ids,
      attention_mask: mask,
      token_type_ids: new BigInt64Array(ids.length),
    };
    const feeds = Object.fromEntries(
      this.session.inputNames.map((name) => [
        name,
        new ort.Tensor('int64', all[name] ?? all['token_type_ids']!, shape),
      ]),
    );
    const output = await this.session.run(feeds);
    const pooled = output['sentence_embedding'];
    if (pooled) return slices(pooled.data as Float32Array, rows.length).map(normalise);
    const hidden = (output['last_hidden_state'] ?? Object.values(output)[0]!) as ort.Tensor;
    const lengths = rows.map((row) => row.length);
    return meanPool(hidden.data as Float32Array, lengths, width, hidden.dims.at(-1)!);
  }
}

function describe(error: unknown): ErrorRecord {
  if (error instanceof TokenUnknownError) {
    return { code: 'inference.token_unknown', category: 'invalid', message: error.message };
  }
  console.error(error);
  return { code: 'inference.engine_failed', category: 'internal', message: 'The engine failed on this request.' };
}

function slices(data: Float32Array, rows: number): Float32Array[] {
  const width = data.length / rows;
  return Array.from({ length: rows }, (_, i) => data.slice(i * width, (i + 1) * width));
}
