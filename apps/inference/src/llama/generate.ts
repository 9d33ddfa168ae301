import type { LlamaGrammarEvaluationState, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { GenerateEnd, GenerateRequest, ReplicaEvent } from '../replica/protocol.ts';
import { AnswerStream } from './answer-stream.ts';
import { evaluateOptions } from './evaluate-options.ts';
import type { Gate } from './gate.ts';
import type { GrammarCache } from './grammar-cache.ts';
import type { LoadedModel } from './llama-model.ts';
import type { SequenceSlot } from './sequence-slot.ts';

export interface Generation {
  readonly id: number;
  readonly request: GenerateRequest;
  readonly tokens: readonly Token[];
  readonly slot: SequenceSlot;
  readonly aborted: () => boolean;
  readonly emit: (event: ReplicaEvent) => void;
}

export interface Engine {
  readonly loaded: LoadedModel;
  readonly gate: Gate;
  readonly grammars: GrammarCache;
  /** Answers whose prompt is being read. */
  prefilling: number;
}

/** Writes one answer; resolves with its figures, or undefined when it was aborted. */
export async function generate(engine: Engine, job: Generation): Promise<GenerateEnd | undefined> {
  const { slot, tokens, aborted, emit, id } = job;
  const started = performance.now();
  engine.prefilling++;
  let rest: Token[] | undefined;
  let cachedTokens: number;
  try {
    cachedTokens = await slot.keepPrefix(tokens);
    const progress = (count: number) => emit({ id, kind: 'prefill', tokens: count });
    rest = await slot.prefill(tokens.slice(cachedTokens), () => engine.prefilling, aborted, progress);
  } finally {
    engine.prefilling--;
  }
  if (!rest || aborted()) return undefined;
  const output = await sample(engine, job, rest);
  if (!output) return undefined;
  const prefillMs = output.firstTokenAt - started;
  const decodeMs = performance.now() - output.firstTokenAt;
  const { reason, outputTokens } = output;
  return { reason, inputTokens: tokens.length, cachedTokens, outputTokens, prefillMs, decodeMs };
}

async function sample(engine: Engine, job: Generation, rest: Token[]) {
  const { request, slot, aborted, emit, id } = job;
  const { sampling } = request;
  const { model, bytes } = engine.loaded;
  const room = slot.sequence.contextSize - job.tokens.length;
  const most = Math.min(sampling.maxTokens ?? room, room);
  const answer = new AnswerStream(id, bytes, sampling, emit);
  const generated: Token[] = [];
  const options = evaluateOptions(model, sampling, generated);
  await addGrammar(engine, request, answer, options);
  // Half the speed: only when asked for. The engine leaves the map out otherwise, whatever the type says.
  const metadata = { probabilities: sampling.topLogprobs !== undefined } as { probabilities: true };
  const iterator = slot.sequence.evaluateWithMetadata(rest, metadata, options);
  let firstTokenAt = 0;
  let reason: GenerateEnd['reason'] = 'stop';
  try {
    while (!answer.stopped) {
      if (generated.length >= most) {
        reason = 'length';
        break;
      }
      if (engine.gate.pending) await engine.gate.pending;
      const { value, done } = await iterator.next();
      firstTokenAt ||= performance.now();
      if (aborted()) return undefined;
      if (done) break;
      generated.push(value.token);
      answer.push(value.token, value.probabilities);
    }
  } finally {
    await iterator.return();
  }
  answer.end();
  return { reason, outputTokens: generated.length, firstTokenAt };
}

/** The grammar holds from the start, or from where the answer comes to the text that switches it on. */
async function addGrammar(
  { grammars }: Engine,
  { grammar, grammarAfter }: GenerateRequest,
  answer: AnswerStream,
  options: SequenceEvaluateOptions,
): Promise<void> {
  if (grammar !== undefined) options.grammarEvaluationState = await grammars.start(grammar);
  else if (grammarAfter) {
    const waiting = await grammars.start(grammarAfter.grammar);
    let active: LlamaGrammarEvaluationState | undefined;
    options.grammarEvaluationState = () => {
      if (!active && answer.text.endsWith(grammarAfter.text)) active = waiting;
      return active;
    };
  }
}
