import type { Trace } from '@llmops/contracts/observability/v1/trace';

/** What was asked and answered in a traced call. */
export interface TraceContent {
  /** Messages, a prompt, or whatever was sent. */
  input: unknown;
  /** The answer's text, where it has one: what people read and correct. */
  output: unknown;
  model: string;
}

export function traceContent({ spans, summary }: Trace): TraceContent {
  // The model call; steps before it (a retrieval) have payloads of their own.
  const span = spans.find(({ kind }) => kind === 'client') ?? spans.find(({ inputJson }) => inputJson !== '');
  return {
    input: parsed(span?.inputJson ?? ''),
    output: answerIn(parsed(span?.outputJson ?? '')),
    model: summary?.model ?? '',
  };
}

/** A payload that was cut is no JSON any more; then it is the text it is. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function answerIn(output: unknown): unknown {
  const [choice] = Array.isArray(output) ? (output as unknown[]) : [];
  const text = (choice as { message?: { content?: unknown } } | undefined)?.message?.content;
  return typeof text === 'string' ? text : output;
}
