import { randomBytes } from 'node:crypto';
import { overlap } from '../llama/stop-scanner.ts';
import { CALL_END, CALL_START } from './tool-grammar.ts';

export interface ParsedCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

export type AnswerPart = { readonly text: string } | { readonly call: ParsedCall };

/**
 * Finds tool calls in an answer as it streams: `<tool_call>{…}</tool_call>` anywhere, or an answer that is nothing but
 * the JSON of calls, which some models write instead. What turns out to be no call comes out as text.
 */
export class ToolCallParser {
  private buffer = '';
  private mode: 'start' | 'text' | 'call' | 'json' = 'start';

  constructor(private readonly names: ReadonlySet<string>) {}

  push(text: string): AnswerPart[] {
    this.buffer += text;
    const parts: AnswerPart[] = [];
    while (this.step(parts));
    return parts;
  }

  /** What is left at the end of the answer. */
  end(): AnswerPart[] {
    const { buffer, mode } = this;
    this.buffer = '';
    if (mode === 'json') return this.calls(buffer) ?? asText(buffer);
    if (mode === 'call') return this.calls(buffer) ?? asText(CALL_START + buffer);
    return asText(buffer);
  }

  /** Moves on by one piece; false when more text is needed. */
  private step(parts: AnswerPart[]): boolean {
    switch (this.mode) {
      case 'start': {
        const first = this.buffer.trimStart();
        if (first === '' || '```json'.startsWith(first)) return false;
        this.mode = first.startsWith('{') || first.startsWith('[') || first.startsWith('```') ? 'json' : 'text';
        return true;
      }
      case 'json':
        return false;
      case 'text': {
        const at = this.buffer.indexOf(CALL_START);
        const end = at >= 0 ? at : this.buffer.length - overlap(this.buffer, CALL_START);
        // White space before a call belongs to the call: it waits until more text comes.
        const text = this.buffer.slice(0, end).trimEnd();
        this.buffer = this.buffer.slice(at >= 0 ? at + CALL_START.length : text.length);
        if (at >= 0) this.mode = 'call';
        if (text !== '') parts.push({ text });
        return at >= 0;
      }
      case 'call': {
        const at = this.buffer.indexOf(CALL_END);
        if (at < 0) return false;
        const inner = this.buffer.slice(0, at);
        this.buffer = this.buffer.slice(at + CALL_END.length);
        this.mode = 'text';
        parts.push(...(this.calls(inner) ?? asText(CALL_START + inner + CALL_END)));
        return true;
      }
    }
  }

  /** The calls that `text` consists of, or undefined when it is something else. */
  private calls(text: string): AnswerPart[] | undefined {
    const json = parse(text.trim().replace(/^```(?:json)?\s*|\s*```$/g, ''));
    if (json === undefined) return undefined;
    const calls = [json].flat().map((value) => this.call(value));
    return calls.length > 0 && calls.every((call) => call !== undefined) ? calls.map((call) => ({ call })) : undefined;
  }

  private call(value: unknown): ParsedCall | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { name, arguments: args, parameters } = value as Record<string, unknown>;
    if (typeof name !== 'string' || !this.names.has(name)) return undefined;
    const given = args ?? parameters ?? {};
    const object = typeof given === 'string' ? parse(given) : given;
    if (typeof object !== 'object' || object === null) return undefined;
    return { id: `call_${randomBytes(12).toString('hex')}`, name, arguments: JSON.stringify(object) };
  }
}

const asText = (text: string): AnswerPart[] => (text === '' ? [] : [{ text }]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
