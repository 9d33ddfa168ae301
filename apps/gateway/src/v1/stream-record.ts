import { ChatAccumulator, type ChatCompletionChunk, type Completion, readUsage } from '@llmops/llm-protocol';
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
  }

  #pushText(chunk: Completion): void {
    this.#isText = true;
    const [choice] = chunk.choices ?? [];
    this.#text += choice?.text ?? '';
    this.#textReason = choice?.finish_reason ?? this.#textReason;
  }
}

/** A frame that is not JSON is passed on all the same: it is the upstream's answer, not ours. */
function parseChunk(json: string): Chunk | undefined {
  try {
    return JSON.parse(json) as Chunk;
  } catch {
    return undefined;
  }
}
