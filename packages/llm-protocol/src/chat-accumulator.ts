import type {
  ChatChoice,
  ChatChunkChoice,
  ChatCompletion,
  ChatCompletionChunk,
  ChatLogprobs,
  FinishReason,
  TokenLogprob,
} from './chat-completion.ts';
import type { CompletionUsage } from './completion-usage.ts';
import { ToolCallAccumulator } from './tool-call-accumulator.ts';

/**
 * Folds the chunks of a stream into the answer that would have come without streaming. Works at any point, so an
 * aborted stream leaves what was sent. Unreadable chunks add nothing; it never throws.
 */
export class ChatAccumulator {
  #first: ChatCompletionChunk | undefined;
  #usage: CompletionUsage | undefined;
  readonly #choices = new Map<number, ChoiceAccumulator>();

  push(chunk: ChatCompletionChunk): void {
    this.#first ??= chunk;
    if (chunk.usage) this.#usage = chunk.usage;
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices) {
      if (!choice) continue;
      const index = choice.index ?? 0;
      const accumulator = this.#choices.get(index) ?? new ChoiceAccumulator();
      this.#choices.set(index, accumulator);
      accumulator.push(choice);
    }
  }

  /** The provider's own figures; undefined until it sent them. */
  get usage(): CompletionUsage | undefined {
    return this.#usage;
  }

  /** Everything the model wrote so far, all choices, thoughts and arguments: what to count when `usage` never came. */
  text(): string {
    return Array.from(this.#choices.values(), (choice) => choice.text()).join('');
  }

  result(): ChatCompletion {
    const first = this.#first;
    return {
      id: first?.id ?? '',
      object: 'chat.completion',
      created: first?.created ?? 0,
      model: first?.model ?? '',
      choices: [...this.#choices].sort(([a], [b]) => a - b).map(([index, choice]) => choice.result(index)),
      ...(first?.system_fingerprint ? { system_fingerprint: first.system_fingerprint } : {}),
      ...(first?.service_tier ? { service_tier: first.service_tier } : {}),
      ...(this.#usage ? { usage: this.#usage } : {}),
    };
  }
}

class ChoiceAccumulator {
  #content: string | null = null;
  #refusal: string | null = null;
  #reasoning: string | null = null;
  #functionCall: { name: string; arguments: string } | undefined;
  #finishReason: FinishReason | null = null;
  #logprobs: TokenLogprob[] | undefined;
  #refusalLogprobs: TokenLogprob[] | undefined;
  readonly #tools = new ToolCallAccumulator();

  push(choice: ChatChunkChoice): void {
    if (choice.finish_reason) this.#finishReason = choice.finish_reason;
    if (choice.logprobs) this.#addLogprobs(choice.logprobs);
    const { delta } = choice;
    if (!delta) return;
    this.#content = append(this.#content, delta.content);
    this.#refusal = append(this.#refusal, delta.refusal);
    // OpenRouter and newer vLLM say `reasoning`.
    this.#reasoning = append(this.#reasoning, delta.reasoning_content ?? (delta as { reasoning?: unknown }).reasoning);
    if (Array.isArray(delta.tool_calls)) this.#tools.push(delta.tool_calls);
    if (delta.function_call) {
      this.#functionCall ??= { name: '', arguments: '' };
      this.#functionCall.name += delta.function_call.name ?? '';
      this.#functionCall.arguments += delta.function_call.arguments ?? '';
    }
  }

  text(): string {
    const calls = this.#tools.toolCalls().map((call) => call.function.name + call.function.arguments);
    const legacy = this.#functionCall ? this.#functionCall.name + this.#functionCall.arguments : '';
    return [this.#reasoning, this.#content, this.#refusal, ...calls, legacy].join('');
  }

  result(index: number): ChatChoice {
    return {
      index,
      message: {
        role: 'assistant',
        content: this.#content,
        ...(this.#reasoning === null ? {} : { reasoning_content: this.#reasoning }),
        ...(this.#tools.size === 0 ? {} : { tool_calls: this.#tools.toolCalls() }),
        ...(this.#functionCall === undefined ? {} : { function_call: this.#functionCall }),
        refusal: this.#refusal,
      },
      finish_reason: this.#finishReason,
      logprobs:
        this.#logprobs === undefined && this.#refusalLogprobs === undefined
          ? null
          : { content: this.#logprobs ?? null, refusal: this.#refusalLogprobs ?? null },
    };
  }

  #addLogprobs(logprobs: ChatLogprobs): void {
    this.#logprobs = extend(this.#logprobs, logprobs.content);
    this.#refusalLogprobs = extend(this.#refusalLogprobs, logprobs.refusal);
  }
}

function extend(list: TokenLogprob[] | undefined, more: TokenLogprob[] | null | undefined) {
  if (!Array.isArray(more)) return list;
  if (list === undefined) return [...more];
  list.push(...more);
  return list;
}

function append(text: string | null, piece: unknown): string | null {
  return typeof piece === 'string' ? (text ?? '') + piece : text;
}
