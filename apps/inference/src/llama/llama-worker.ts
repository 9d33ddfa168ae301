import type { Token } from 'node-llama-cpp';
import type { ErrorRecord } from '../errors.ts';
import type { GenerateRequest, LlamaReplicaOptions, Prompt, ReplicaEvent, ReplicaInfo } from '../replica/protocol.ts';
import { TemplateError } from './chat-template.ts';
import { Gate } from './gate.ts';
import { type Engine, generate } from './generate.ts';
import { GrammarCache } from './grammar-cache.ts';
import { loadModel, tokenize } from './llama-model.ts';
import { SequenceSlot } from './sequence-slot.ts';
import { SlotPool } from './slots.ts';
import { tokenEnds } from './token-ends.ts';

/** One loaded model that answers many requests at once in one batch. */
export class LlamaWorker {
  private readonly running = new Map<number, { aborted: boolean }>();

  private constructor(
    readonly info: ReplicaInfo,
    private readonly engine: Engine,
    private readonly slots: SlotPool<SequenceSlot>,
    private readonly emit: (event: ReplicaEvent) => void,
  ) {}

  static async load(options: LlamaReplicaOptions, emit: (event: ReplicaEvent) => void): Promise<LlamaWorker> {
    const loaded = await loadModel(options);
    const { llama, model, context, template } = loaded;
    const gate = new Gate();
    const slots = Array.from({ length: options.slots }, () => {
      return new SequenceSlot(context.getSequence(), gate, context.batchSize);
    });
    const info: ReplicaInfo = {
      device: llama.gpu === false ? 'cpu' : llama.gpu,
      slots: options.slots,
      contextTokens: context.contextSize,
      memoryBytes: process.memoryUsage.rss(),
      tools: template?.tools ?? 'none',
    };
    const engine = { loaded, gate, grammars: new GrammarCache(llama, model), prefilling: 0 };
    return new LlamaWorker(info, engine, new SlotPool(slots), emit);
  }

  async generate(id: number, request: GenerateRequest): Promise<void> {
    const state = { aborted: false };
    this.running.set(id, state);
    try {
      const end = await this.answer(id, request, () => state.aborted);
      if (end) this.emit({ id, kind: 'end', end });
    } catch (error) {
      this.emit({ id, kind: 'error', error: describe(error) });
    } finally {
      this.running.delete(id);
    }
  }

  count(id: number, prompt: Prompt): void {
    try {
      this.emit({ id, kind: 'count', tokens: tokenize(this.engine.loaded, prompt).length });
    } catch (error) {
      this.emit({ id, kind: 'error', error: describe(error) });
    }
  }

  tokenize(id: number, texts: readonly string[]): void {
    const { model, bytes } = this.engine.loaded;
    const tokensOf = (text: string) => model.tokenize(text, false, 'trimLeadingSpace').map((token) => bytes.of(token));
    this.emit({ id, kind: 'ends', texts: texts.map((text) => tokenEnds(text, tokensOf(text))) });
  }

  abort(id: number): void {
    const state = this.running.get(id);
    if (state) state.aborted = true;
  }

  private async answer(id: number, request: GenerateRequest, aborted: () => boolean) {
    const tokens = tokenize(this.engine.loaded, request.prompt);
    const { contextTokens } = this.info;
    if (tokens.length === 0) throw problem('prompt_empty', 'The prompt is empty.');
    if (tokens.length >= contextTokens) throw tooLong(tokens, contextTokens);
    const slot = await this.slots.acquire(tokens);
    try {
      if (aborted()) return undefined;
      return await generate(this.engine, { id, request, tokens, slot, aborted, emit: this.emit });
    } catch (error) {
      // The state of a sequence that failed half-way is unknown.
      await slot.clear();
      throw error;
    } finally {
      this.slots.release(slot);
    }
  }
}

class RequestProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const problem = (code: string, message: string) => new RequestProblem(`inference.${code}`, message);

const tooLong = (tokens: readonly Token[], limit: number) =>
  problem(
    'context_length_exceeded',
    `The prompt has ${tokens.length} tokens; with one token of an answer the context of ${limit} tokens is exceeded.`,
  );

function describe(error: unknown): ErrorRecord {
  if (error instanceof RequestProblem) return { code: error.code, category: 'invalid', message: error.message };
  if (error instanceof TemplateError) {
    const message = `The chat template of the model refused the messages: ${error.message}.`;
    return { code: 'inference.template_failed', category: 'invalid', message };
  }
  console.error(error);
  const message = 'The engine failed on this request.';
  return { code: 'inference.engine_failed', category: 'internal', message };
}
