import { readFile } from 'node:fs/promises';
import type { ErrorRecord } from '../errors.ts';
import type { EmbedKind, OnnxReplicaOptions, ReplicaEvent, ReplicaInfo, ReplicaRequest } from '../replica/protocol.ts';
import { EncoderTokenizer, TokenUnknownError } from '../tokens/encoder-tokenizer.ts';
import type { FrameParts } from '../tokens/frame.ts';
import { type Encoded, EncoderSession } from './encoder-session.ts';
import { lateInteraction, tokenVectorsOf } from './late-interaction.ts';
import { batchesByLength } from './pool.ts';
import { logitsOf, vectorsOf } from './read-outputs.ts';
import { Turns } from './turns.ts';

/** Requests in this process at once; those of queries are kept free for them, see OnnxEngine. */
const SLOTS = 8;
/** Texts made to tokens in one step. */
const TOKENIZED_AT_ONCE = 16;

type Emit = (event: ReplicaEvent) => void;

/** An encoder in onnxruntime: texts to vectors, or queries and documents to scores. Requests take turns by batches. */
export class OnnxWorker {
  readonly info: ReplicaInfo;
  private readonly aborted = new Set<number>();
  private readonly running = new Set<number>();
  private readonly turns = new Turns();

  private constructor(
    private readonly session: EncoderSession,
    private readonly tokenizer: EncoderTokenizer,
    private readonly options: OnnxReplicaOptions,
    private readonly emit: Emit,
    dimensions: number | undefined,
  ) {
    const overhead = (kind: EmbedKind) => tokenizer.encode(this.prefixed('', kind)).length;
    this.info = {
      device: 'cpu',
      slots: SLOTS,
      contextTokens: options.maxTokens,
      memoryBytes: process.memoryUsage.rss(),
      tools: 'none',
      overheadTokens: { query: overhead('query'), passage: overhead('passage') },
      ...(dimensions === undefined ? {} : { dimensions }),
    };
  }

  static async load(options: OnnxReplicaOptions, emit: Emit): Promise<OnnxWorker> {
    const tokenizer = new EncoderTokenizer(
      JSON.parse(await readFile(options.tokenizerPath, 'utf8')),
      options.maxTokens,
    );
    const session = await EncoderSession.load({ ...options, padId: tokenizer.padId });
    // Also says early what the graph cannot do.
    const probe = await session.run([tokenizer.pairs('a')('b')]);
    const dimensions = options.task === 'embed' ? vectorsOf(probe)[0]!.length : undefined;
    if (options.task === 'rerank') logitsOf(probe);
    return new OnnxWorker(session, tokenizer, options, emit, dimensions);
  }

  handle(request: ReplicaRequest): void {
    if (request.type === 'abort') {
      if (this.running.has(request.id)) this.aborted.add(request.id);
    } else if (request.type === 'embed') this.add(request.id, this.embed(request), request.urgent);
    else if (request.type === 'rerank') this.add(request.id, this.rerank(request), true);
    else if (request.type === 'tokenize') this.add(request.id, this.tokenize(request), false);
    else if (request.type === 'count') this.count(request);
  }

  private count({ id, prompt }: Extract<ReplicaRequest, { type: 'count' }>): void {
    const text = prompt.kind === 'text' ? prompt.text : '';
    this.emit({ id, kind: 'count', tokens: this.tokenizer.encode(text).length });
  }

  private add(id: number, steps: AsyncGenerator<void>, urgent: boolean): void {
    this.running.add(id);
    this.turns.add(this.watched(id, steps), urgent);
  }

  /** Drops what is left of an aborted request, and tells a failed one. */
  private async *watched(id: number, steps: AsyncGenerator<void>): AsyncGenerator<void> {
    try {
      for await (const _ of steps) {
        if (this.aborted.has(id)) return;
        // A sign of life: making tokens of many texts takes a while too.
        this.emit({ id, kind: 'prefill', tokens: 0 });
        yield;
        if (this.aborted.has(id)) return;
      }
    } catch (error) {
      this.emit({ id, kind: 'error', error: describe(error) });
    } finally {
      this.running.delete(id);
      this.aborted.delete(id);
    }
  }

  private async *embed({ id, inputs, kind }: Extract<ReplicaRequest, { type: 'embed' }>): AsyncGenerator<void> {
    const started = performance.now();
    const rows: FrameParts[] = [];
    for (const input of inputs) {
      if (rows.length % TOKENIZED_AT_ONCE === TOKENIZED_AT_ONCE - 1) yield;
      const ids =
        typeof input === 'string' ? this.tokenizer.encode(this.prefixed(input, kind)) : this.tokenizer.frame(input);
      rows.push({ ids, types: [] });
    }
    const vectors: Float32Array[] = new Array(rows.length);
    for await (const { batch, encoded } of this.batches(rows)) {
      for (const [at, vector] of vectorsOf(encoded).entries()) vectors[batch[at]!] = vector;
      yield;
    }
    this.emit({ id, kind: 'vectors', vectors, tokens: total(rows), computeMs: performance.now() - started });
  }

  private async *rerank({ id, query, documents }: Extract<ReplicaRequest, { type: 'rerank' }>): AsyncGenerator<void> {
    const started = performance.now();
    const { rowOf, scoresOf } = await this.scorer(query);
    const rows: FrameParts[] = [];
    for (const document of documents) {
      if (rows.length % TOKENIZED_AT_ONCE === TOKENIZED_AT_ONCE - 1) yield;
      rows.push(rowOf(document));
    }
    const logits = new Float64Array(rows.length);
    for await (const { batch, encoded } of this.batches(rows)) {
      for (const [at, logit] of scoresOf(encoded).entries()) logits[batch[at]!] = logit;
      yield;
    }
    this.emit({ id, kind: 'scores', logits, tokens: total(rows), computeMs: performance.now() - started });
  }

  /** A cross-encoder reads query and document together; an embedding model lets the tokens of both meet afterwards. */
  private async scorer(query: string): Promise<Scorer> {
    if (this.options.task === 'rerank') return { rowOf: this.tokenizer.pairs(query), scoresOf: logitsOf };
    const rowOf = (text: string, kind: EmbedKind) => ({
      ids: this.tokenizer.encode(this.prefixed(text, kind)),
      types: [],
    });
    const [asked] = tokenVectorsOf(await this.session.run([rowOf(query, 'query')]));
    return {
      rowOf: (document) => rowOf(document, 'passage'),
      scoresOf: (encoded) => tokenVectorsOf(encoded).map((document) => lateInteraction(asked!, document)),
    };
  }

  private async *tokenize({ id, texts }: Extract<ReplicaRequest, { type: 'tokenize' }>): AsyncGenerator<void> {
    const found: Int32Array[] = [];
    let read = 0;
    for (const text of texts) {
      const ends: number[] = [];
      for (const _ of this.tokenizer.ends(text, ends)) yield;
      found.push(Int32Array.from(ends));
      read += text.length;
      if (read < TOKENIZED_AT_ONCE * 1024) continue;
      read = 0;
      yield;
    }
    this.emit({ id, kind: 'ends', texts: found });
  }

  private async *batches(rows: readonly FrameParts[]): AsyncGenerator<{ batch: readonly number[]; encoded: Encoded }> {
    const lengths = rows.map(({ ids }) => ids.length);
    for (const batch of batchesByLength(lengths, this.options)) {
      const encoded = await this.session.run(batch.map((i) => rows[i]!));
      yield { batch, encoded };
    }
  }

  private prefixed(text: string, kind: EmbedKind): string {
    return kind === 'plain' ? text : this.options.prefixes[kind] + text;
  }
}

interface Scorer {
  rowOf(document: string): FrameParts;
  scoresOf(encoded: Encoded): number[];
}

const total = (rows: readonly FrameParts[]) => rows.reduce((sum, { ids }) => sum + ids.length, 0);

function describe(error: unknown): ErrorRecord {
  if (error instanceof TokenUnknownError) {
    return { code: 'inference.token_unknown', category: 'invalid', message: error.message };
  }
  console.error(error);
  return { code: 'inference.engine_failed', category: 'internal', message: 'The engine failed on this request.' };
}
