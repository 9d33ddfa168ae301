import { ChatAccumulator, type ChatCompletionChunk, type Completion, readUsage } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

/** What a stream said, gathered while it passes: the record of a call that ends in the middle shows what was sent. */
export class StreamRecord {
  readonly #chat = new ChatAccumulator();
  #text = '';
  #textReason: string | null = null;
  #usage: unknown;
  #model = '';
  #isText = false;

  push(chunk: ChatCompletionChunk | Completion): void {
    if (this.#model === '') this.#model = chunk.model ?? '';
    if (chunk.usage) this.#usage = chunk.usage;
    if (chunk.object === 'text_completion') this.#pushText(chunk);
    else this.#chat.push(chunk);
  }

  describe(call: Call): void {
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
