import { randomUUID } from 'node:crypto';
import { Template } from '@huggingface/jinja';
import type { Prompt } from '../replica/protocol.ts';

export class TemplateError extends Error {}

/** A part of a prompt; `special` says whether texts of control tokens in it mean those tokens. */
export interface PromptPart {
  readonly text: string;
  readonly special: boolean;
}

/** The model's own chat template, from its file. */
export class ChatTemplate {
  private readonly template: Template;
  private readonly controls: RegExp | undefined;
  /** How the template has tool calls written. */
  readonly tools: 'tagged' | 'bare' | 'none';

  constructor(
    source: string,
    private readonly tokens: { readonly bos: string; readonly eos: string },
    controlTexts: readonly string[],
  ) {
    this.template = new Template(source);
    this.tools = !/\btools\b/.test(source) ? 'none' : source.includes('<tool_call>') ? 'tagged' : 'bare';
    const longestFirst = [...controlTexts].sort((a, b) => b.length - a.length).map(escapeRegex);
    this.controls = longestFirst.length > 0 ? new RegExp(longestFirst.join('|'), 'g') : undefined;
  }

  /**
   * The prompt for an answer. Texts like `<|im_end|>` inside messages and tools stay text: a message, a name or the
   * answer of a tool must not be able to end itself and speak for another role.
   * @throws TemplateError when the template refuses the messages.
   */
  render({ messages, tools }: Extract<Prompt, { kind: 'chat' }>): PromptPart[] {
    const mark = randomUUID();
    const found: string[] = [];
    const hide = (text: string) =>
      this.controls ? text.replace(this.controls, (control) => `${mark}:${found.push(control) - 1};`) : text;
    const rendered = this.fill({
      // The role is one of a few known words; everything else is the caller's text.
      messages: messages.map(({ role, ...rest }) => ({ role, ...(inAllTexts(rest, hide) as object) })),
      tools: tools && tools.length > 0 ? inAllTexts(tools, hide) : undefined,
    });
    if (found.length === 0) return [{ text: rendered, special: true }];
    const pieces = rendered.split(new RegExp(`${mark}:(\\d+);`));
    return pieces
      .map((text, i) => (i % 2 === 0 ? { text, special: true } : { text: found[Number(text)]!, special: false }))
      .filter(({ text }) => text !== '');
  }

  private fill(values: Record<string, unknown>): string {
    try {
      return this.template.render({
        ...values,
        add_generation_prompt: true,
        bos_token: this.tokens.bos,
        eos_token: this.tokens.eos,
      });
    } catch (error) {
      throw new TemplateError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The same value with every text in it, keys too, put through `change`. */
function inAllTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => inAllTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), inAllTexts(item, change)]));
}

const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
