import { type ChatRequest, ResponseFormat_Type, ToolChoice_Mode } from '@llmops/contracts/inference/v1/inference';
import { invalid } from '../errors.ts';
import { jsonObjectGrammar } from '../grammar/compile-schema.ts';
import type { GenerateRequest, ReplicaInfo, TemplateMessage } from '../replica/protocol.ts';
import { samplingOf } from './sampling.ts';
import { type PreparedSchema, prepareSchema } from './schema-cache.ts';
import { type ParsedTool, parseTools, templateMessages, templateTools } from './template-messages.ts';
import { CALL_START, toolGrammar } from './tool-grammar.ts';

export interface ChatPlan {
  readonly generate: GenerateRequest;
  /** Names to look for in the answer; empty when there are no tools to call. */
  readonly tools: ReadonlySet<string>;
  readonly schema: PreparedSchema | undefined;
  /** The whole answer must be valid. */
  readonly strict: boolean;
}

/** Decides what the engine is asked for: prompt, grammar, and how to read the answer. */
export function planChat(request: ChatRequest, info: Pick<ReplicaInfo, 'tools'>): ChatPlan {
  const sampling = samplingOf(request.sampling);
  const messages = templateMessages(request.messages);
  const format = request.responseFormat;
  const isSchema = format?.type === ResponseFormat_Type.JSON_SCHEMA;
  const schema = isSchema ? prepareSchema(format.schemaJson, format.strict) : undefined;
  const strict = isSchema && format.strict;
  const mode = request.toolChoice?.mode ?? ToolChoice_Mode.AUTO;
  const forced = mode === ToolChoice_Mode.REQUIRED || mode === ToolChoice_Mode.FUNCTION;
  if (forced) return forcedCall(request, info, { sampling, messages });
  const offered = mode === ToolChoice_Mode.NONE ? [] : parseTools(request.tools);
  if (offered.length > 0 && info.tools === 'none') throw toolsUnsupported(request.model);
  const answerGrammar =
    schema?.gbnf ?? (format?.type === ResponseFormat_Type.JSON_OBJECT ? jsonObjectGrammar() : undefined);
  const prompt = { kind: 'chat' as const, messages, ...(offered.length > 0 ? { tools: templateTools(offered) } : {}) };
  const grammars =
    offered.length > 0 ? withTools(offered, info, request, schema, answerGrammar) : { grammar: answerGrammar };
  return {
    generate: { prompt, sampling, ...grammars },
    tools: new Set(offered.map(({ name }) => name)),
    schema,
    strict,
  };
}

/** The model may call or answer: a call, once begun, is held to the schemas; an answer to the response format. */
function withTools(
  tools: readonly ParsedTool[],
  info: Pick<ReplicaInfo, 'tools'>,
  request: ChatRequest,
  schema: PreparedSchema | undefined,
  answerGrammar: string | undefined,
): Pick<GenerateRequest, 'grammar' | 'grammarAfter'> {
  const parallel = request.parallelToolCalls;
  const format = info.tools === 'tagged' ? 'tagged' : 'bare';
  if (answerGrammar !== undefined) {
    const orSchema = schema?.schema ?? { type: 'object' };
    return { grammar: toolGrammar({ tools, format, parallel, orSchema }) };
  }
  if (format === 'bare') return {};
  return { grammarAfter: { text: CALL_START, grammar: toolGrammar({ tools, format, parallel, started: true }) } };
}

function forcedCall(
  request: ChatRequest,
  info: Pick<ReplicaInfo, 'tools'>,
  { sampling, messages }: Pick<GenerateRequest, 'sampling'> & { messages: TemplateMessage[] },
): ChatPlan {
  const wanted = request.toolChoice?.mode === ToolChoice_Mode.FUNCTION ? request.toolChoice.name : undefined;
  const all = parseTools(request.tools);
  const tools = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
  if (tools.length === 0) {
    const message =
      wanted === undefined ? 'tool_choice asks for a call, but there are no tools.' : `There is no tool "${wanted}".`;
    throw invalid('tool_unknown', message, 'tool_choice');
  }
  const format = info.tools === 'tagged' ? 'tagged' : 'bare';
  const grammar = toolGrammar({ tools, format, parallel: request.parallelToolCalls && wanted === undefined });
  const prompt =
    info.tools === 'none'
      ? { kind: 'chat' as const, messages: withPreamble(messages, tools) }
      : { kind: 'chat' as const, messages, tools: templateTools(tools) };
  const names = new Set(tools.map(({ name }) => name));
  return { generate: { prompt, sampling, grammar }, tools: names, schema: undefined, strict: false };
}

/** For a template without a place for tools, when a call is asked for: documented in this app's README. */
function withPreamble(messages: readonly TemplateMessage[], tools: readonly ParsedTool[]): TemplateMessage[] {
  const lines = tools.map((tool) => JSON.stringify(tool));
  const preamble = `Answer with the JSON of one function call: {"name": …, "arguments": {…}}. The functions:\n${lines.join('\n')}`;
  const [first, ...rest] = messages;
  if (first?.role === 'system') return [{ ...first, content: `${first.content}\n\n${preamble}` }, ...rest];
  return [{ role: 'system', content: preamble }, ...messages];
}

function toolsUnsupported(model: string) {
  const message = `The chat template of "${model}" has no place for tools, so it cannot decide to call one. Name a tool or "required" in tool_choice, which is enforced, or use another model.`;
  return invalid('tools_unsupported', message, 'tools');
}
