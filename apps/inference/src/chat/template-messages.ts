import type { Message, Tool } from '@llmops/contracts/inference/v1/inference';
import { invalid } from '../errors.ts';
import { parseSchema } from '../grammar/compile-schema.ts';
import type { TemplateMessage, TemplateTool } from '../replica/protocol.ts';

const ROLES = new Set(['system', 'user', 'assistant', 'tool']);

/** Our messages as chat templates take them; `developer` is what OpenAI now calls `system`. */
export function templateMessages(messages: readonly Message[]): TemplateMessage[] {
  return messages.map((message, i) => {
    const role = message.role === 'developer' ? 'system' : message.role;
    if (!ROLES.has(role))
      throw invalid('role_unknown', `messages[${i}].role "${role}" is not known.`, `messages[${i}].role`);
    return {
      role,
      content: message.content,
      ...(message.name ? { name: message.name } : {}),
      ...(message.toolCallId ? { tool_call_id: message.toolCallId } : {}),
      ...(message.toolCalls.length > 0 ? { tool_calls: message.toolCalls.map(templateCall) } : {}),
    };
  });
}

function templateCall({ id, name, arguments: text }: Message['toolCalls'][number]) {
  return { type: 'function' as const, id, function: { name, arguments: parsed(text) } };
}

/** Templates write arguments with `tojson`: they want the object, not its text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return text;
  }
}

export interface ParsedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: unknown;
}

/** @throws AppError `inference.schema_invalid` */
export function parseTools(tools: readonly Tool[]): ParsedTool[] {
  return tools.map(({ name, description, parametersJson }) => ({
    name,
    description,
    parameters: parametersJson ? parseSchema(parametersJson) : { type: 'object', properties: {} },
  }));
}

export const templateTools = (tools: readonly ParsedTool[]): TemplateTool[] =>
  tools.map((tool) => ({ type: 'function', function: tool }));
