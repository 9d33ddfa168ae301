import {
  ChatAccumulator,
  type ChatCompletionChunk,
  type Completion,
  parseErrorBody,
  readUsage,
} from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

type Chunk = ChatCompletionChunk | Completion;

/** JSON that waits to be read, in characters. */
const maxUnread = 64 << 10;

/** What a stream said, gathered while it passes: the record of a call that ends in the middle shows what was sent. */
export class StreamRecord {
  readonly #chat = new ChatAccumulator();
  #text = '';
  #textReason: string | null = null;
  #usage: unknown;
  #error: unknown;
  #model = '';
  #isText = false;
  #unread: string[] = [];
  #unreadLength = 0;

  /** JSON is read later, many at once: between two frames, with everything cold, it costs several times as much. */
  push(says: Chunk | string): void {
    if (typeof says !== 'string') {
      this.#add(says);
      return;
    }
    this.#unread.push(says);
    this.#unreadLength += says.length;
    if (this.#unreadLength > maxUnread) this.#readAll();
  }

  #readAll(): void {
    for (const json of this.#unread) {
      const chunk = parseChunk(json);
      if (chunk) this.#add(chunk);
    }
    this.#unread = [];
    this.#unreadLength = 0;
  }

  #add(chunk: Chunk): void {
    if (this.#model === '') this.#model = chunk.model ?? '';
    if (chunk.usage) this.#usage = chunk.usage;
    if ('error' in chunk) this.#error = chunk.error;
    if (chunk.object === 'text_completion') this.#pushText(chunk);
    else this.#chat.push(chunk);
  }

  describe(call: Call): void {
    this.#readAll();
    call.responseModel = this.#model;
    call.usage = readUsage(this.#usage);
    if (this.#isText) {
      call.output = [{ index: 0, text: this.#text, finish_reason: this.#textReason }];
      call.finishReason = this.#textReason ?? '';
    } else {
      const { choices } = this.#chat.result();
      call.output = choices;
      call.finishReason = choices[0]?.finish_reason ?? '';
    }
    call.outputText = this.#isText ? this.#text : this.#chat.text();
    if (this.#error !== undefined) failed(call, this.#error);
  }

  #pushText(chunk: Completion): void {
    this.#isText = true;
    const [choice] = Array.isArray(chunk.choices) ? chunk.choices : [];
    this.#text += choice?.text ?? '';
    this.#textReason = choice?.finish_reason ?? this.#textReason;
  }
}

/** A frame that is not JSON is passed on all the same: it is the upstream's answer, not ours. */
function parseChunk(json: string): Chunk | undefined {
  try {
    const chunk: unknown = JSON.parse(json);
    return typeof chunk === 'object' && chunk !== null ? (chunk as Chunk) : undefined;
  } catch {
    return undefined;
  }
}

/** The status line has long left when an upstream reports an error inside its stream; the record tells of it. */
function failed(call: Call, error: unknown): void {
  const { message, code } = parseErrorBody(500, JSON.stringify({ error })).error;
  call.status = 'STATUS_ERROR';
  call.errorCode = code ?? 'gateway.upstream_failed';
  call.errorMessage = message;
}
